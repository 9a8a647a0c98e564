# HTTP API и MCP

api-invalid-input = Модель не примет такие данные. В violations сказано, что исправить.
api-not-authenticated = Нужен действующий ключ API в заголовке Authorization: Bearer <ключ>.
api-costs-more =
    Это может стоить до { NUMBER($most, maximumFractionDigits: 2) } кр., а согласовано { NUMBER($agreed, maximumFractionDigits: 2) }. Ничего не запущено.
api-upload-refused-too_large = Файл больше 100 МБ.
api-upload-refused-empty = Файл пустой.
api-upload-refused-wrong_kind = Принимаются только картинки, видео и звук. Тип определяется по первым байтам, а не по имени.
api-upload-refused-too_many_pixels = В картинке слишком много пикселей.
api-preset-name = Пресету нужно название не длиннее { $most } знаков.
api-model-gone = Такой модели нет. Все модели: GET /api/v1/models, для агентов — find_models. Ничего не запущено.
api-request-key-reused = Этот ключ идемпотентности уже использован для другого запроса: генерация { $id }. Ничего не запущено. Возьмите новый ключ.
