"""The parameters of a call, however they were sent: query string, JSON, form or multipart."""

import json
from collections.abc import AsyncIterator, Mapping
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, web

from simulators.telegram.errors import EntityTooLarge, bad_request
from simulators.telegram.files import MAX_UPLOAD_BYTES, FileStore, StoredFile

_MAX_BODY_BYTES = MAX_UPLOAD_BYTES + 1024 * 1024


class Parameters:
    """Parameters by name. Absent and empty are the same, as they are to Telegram."""

    def __init__(self, values: Mapping[str, object], uploads: Mapping[str, StoredFile] | None = None) -> None:
        self._values = values
        self._uploads = uploads or {}

    def recorded(self) -> dict[str, object]:
        """For the record of calls: uploads by name and size, without their bytes."""
        files = {name: f"<{file.name}, {file.size_bytes} bytes>" for name, file in self._uploads.items()}
        return {**self._values, **files}

    def text(self, name: str) -> str:
        """A string; numbers and objects sent in JSON come as their JSON text."""
        value = self._values.get(name)
        if value is None:
            return ""
        if isinstance(value, str):
            return value
        return json.dumps(value)

    def integer(self, name: str, default: int = 0) -> int:
        """A whole number; ``default`` where it is absent or no number."""
        try:
            return int(self.text(name))
        except ValueError:
            return default

    def boolean(self, name: str) -> bool:
        """True for ``true``, ``yes`` and numbers but zero."""
        return self.text(name).strip().lower() in {"true", "yes", "1"}

    def json(self, name: str, what: str) -> object:
        """A JSON value, sent as such or as text; None where absent. ``what`` names it in the error."""
        value = self._values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            parsed: object = json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {what} JSON object") from None
        return parsed

    def upload(self, name: str) -> StoredFile | None:
        """The file sent in this field, or in the field an ``attach://`` value names."""
        if name in self._uploads:
            return self._uploads[name]
        return self.attached(self.text(name))

    def attached(self, reference: str) -> StoredFile | None:
        """The file an ``attach://<field>`` reference names."""
        return self._uploads.get(reference.removeprefix("attach://")) if reference.startswith("attach://") else None


async def read_parameters(request: web.Request, files: FileStore) -> Parameters:
    """Read a call to its end. Raises EntityTooLarge, and ApiError 400 for a body that is no JSON."""
    values: dict[str, object] = dict(request.query)
    if request.content_length is not None and request.content_length > _MAX_BODY_BYTES:
        await _drain(request)
        raise EntityTooLarge
    if request.content_type == "multipart/form-data":
        uploads = await _read_multipart(request, files, values)
        return Parameters(values, uploads)
    if request.can_read_body:
        values |= _parse_body(await request.read(), request)
    return Parameters(values)


def _parse_body(body: bytes, request: web.Request) -> dict[str, object]:
    if request.content_type == "application/json":
        try:
            parsed = json.loads(body or b"{}")
        except ValueError:
            raise bad_request("can't parse request JSON object") from None
        return parsed if isinstance(parsed, dict) else {}
    return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))


async def _read_multipart(request: web.Request, files: FileStore, values: dict[str, object]) -> dict[str, StoredFile]:
    uploads: dict[str, StoredFile] = {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        if part.filename is None:
            values[part.name] = await part.text()
            continue
        mime = part.headers.get("Content-Type")
        try:
            uploads[part.name] = await files.receive(_chunks(part), name=part.filename, mime=mime)
        except EntityTooLarge:
            await _drain(request)
            raise
    return uploads


async def _chunks(part: BodyPartReader) -> AsyncIterator[bytes]:
    """The bytes of a part, up to what may be uploaded: senders of streams do not say how long they are."""
    size_bytes = 0
    while chunk := await part.read_chunk(256 * 1024):
        size_bytes += len(chunk)
        if size_bytes > MAX_UPLOAD_BYTES:
            raise EntityTooLarge
        yield chunk


async def _drain(request: web.Request) -> None:
    """Read and forget: answering before the body has come looks like a broken connection to the sender."""
    async for _ in request.content.iter_chunked(1024 * 1024):
        pass
