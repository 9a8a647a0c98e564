# The HTTP API and MCP

api-invalid-input = The model does not take this input. The violations say what to change.
api-not-authenticated = A valid API key is needed in the header Authorization: Bearer <key>.
api-costs-more =
    This can cost up to { NUMBER($most, maximumFractionDigits: 2) } credits, and { NUMBER($agreed, maximumFractionDigits: 2) } were agreed. Nothing was started.
api-upload-refused-too_large = The file is larger than 100 MB.
api-upload-refused-empty = The file is empty.
api-upload-refused-wrong_kind = Only pictures, video and sound are taken. The file's first bytes decide, not its name.
api-upload-refused-too_many_pixels = The picture has too many pixels.
api-preset-name = A preset needs a name of at most { $most } characters.
api-model-gone = There is no such model. GET /api/v1/models lists those that there are; agents ask find_models. Nothing was started.
api-request-key-reused = This idempotency key was used for another request, generation { $id }. Nothing was started. Use a new key.
