"""HTTP: the three ways to bring a file. On KIE they live on a second host, here on the same one."""

import asyncio
import base64
import re
import secrets
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlsplit

import aiohttp
from aiohttp import web
from attrs import frozen

from .account import KieAccount
from .answers import KieRefusal
from .mime import SNIFFED_BYTES, sniff
from .own_files import UPLOADS
from .requests import SESSION, json_object, origin_of
from .shelf import FileShelf

MAX_BASE64_BYTES: Final = 10 * 1024 * 1024
MAX_FETCHED_BYTES: Final = 100 * 1024 * 1024
FETCH_TIMEOUT_S: Final = 30.0
_CHUNK: Final = 65_536
_DATA_URL: Final = re.compile(r"data:[\w/+.-]*;base64,")


@frozen(kw_only=True)
class UploadRoutes:
    """Uploads of one account. The same path and name overwrite."""

    account: KieAccount
    uploads: FileShelf

    def routes(self) -> list[web.RouteDef]:
        """Return what the application serves."""
        return [
            web.post("/api/file-base64-upload", self.base64_upload),
            web.post("/api/file-stream-upload", self.stream_upload),
            web.post("/api/file-url-upload", self.url_upload),
        ]

    async def base64_upload(self, request: web.Request) -> web.Response:
        """Take a file as base64 text or as a data URL."""
        body = await json_object(request)
        try:
            text = _DATA_URL.sub("", str(body["base64Data"]), count=1)
            data = base64.b64decode(text, validate=True)
        except (KeyError, ValueError) as error:
            raise KieRefusal(400, "base64Data is missing or wrong") from error
        if len(data) > MAX_BASE64_BYTES:
            raise KieRefusal(413, "The file is too large for this upload")
        return await self._store(request, _one(data), body, "file")

    async def stream_upload(self, request: web.Request) -> web.Response:
        """Take a file as multipart form data; it is written as it comes."""
        with self._arrival() as arrived:
            try:
                fields = await _read_form(request, arrived)
            except (AssertionError, ValueError) as error:
                raise KieRefusal(400, "The body is not multipart form data") from error
            if not arrived.exists():
                raise KieRefusal(400, "file is missing")
            return self._keep(request, arrived, fields, fields["file"])

    async def url_upload(self, request: web.Request) -> web.Response:
        """Fetch a file from a public URL."""
        body = await json_object(request)
        url = body.get("fileUrl")
        if not isinstance(url, str) or urlsplit(url).scheme not in ("http", "https"):
            raise KieRefusal(422, "url is wrong")
        timeout = aiohttp.ClientTimeout(FETCH_TIMEOUT_S)
        try:
            async with request.app[SESSION].get(url, timeout=timeout) as response:
                response.raise_for_status()
                chunks = _limited(response.content.iter_chunked(_CHUNK), MAX_FETCHED_BYTES)
                return await self._store(request, chunks, body, urlsplit(url).path.rpartition("/")[2] or "file")
        except (aiohttp.ClientError, TimeoutError) as error:
            raise KieRefusal(451, "Could not fetch the file") from error

    async def _store(
        self, request: web.Request, chunks: AsyncIterator[bytes], fields: dict[str, Any], sent_name: str
    ) -> web.Response:
        with self._arrival() as arrived:
            await _write(arrived, chunks)
            return self._keep(request, arrived, fields, sent_name)

    @contextmanager
    def _arrival(self) -> Iterator[Path]:
        """A place for a file that is still coming; nothing stays there when it is refused."""
        path = self.uploads.draft(secrets.token_hex(8))
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)

    def _keep(self, request: web.Request, arrived: Path, fields: dict[str, Any], sent_name: str) -> web.Response:
        key = _key(fields, sent_name)
        with arrived.open("rb") as file:
            mime = sniff(file.read(SNIFFED_BYTES))
        arrived.replace(self.uploads.draft(key))
        stored = self.uploads.keep(key, mime)
        data = {
            "success": True,
            "fileName": key.rpartition("/")[2],
            "filePath": key,
            "downloadUrl": f"{origin_of(request)}{UPLOADS}{quote(key)}",
            "fileSize": stored.size_bytes,
            "mimeType": mime,
            "uploadedAt": datetime.fromtimestamp(self.account.clock(), UTC).isoformat(),
        }
        return web.json_response({"success": True, "code": 200, "msg": "File uploaded successfully", "data": data})


def _key(fields: dict[str, Any], sent_name: str) -> str:
    path, name = fields.get("uploadPath"), fields.get("fileName") or sent_name
    if not isinstance(path, str) or not path or path != path.strip("/"):
        raise KieRefusal(400, "uploadPath is required, without a slash at either end")
    if not isinstance(name, str) or "/" in name or ".." in path.split("/"):
        raise KieRefusal(400, "fileName is wrong")
    return f"{path}/{name}"


async def _read_form(request: web.Request, arrived: Path) -> dict[str, Any]:
    """Write the part `file` to `arrived`, and return its name with the texts of the other parts."""
    fields: dict[str, Any] = {}
    async for part in await request.multipart():
        if not isinstance(part, aiohttp.BodyPartReader):
            raise KieRefusal(400, "Nested multipart is not taken")
        if part.name == "file":
            fields["file"] = part.filename or "file"
            await _write(arrived, _chunks(part))
        elif part.name is not None:
            fields[part.name] = await part.text()
    return fields


async def _write(path: Path, chunks: AsyncIterator[bytes]) -> None:
    with path.open("wb") as file:
        async for chunk in chunks:
            await asyncio.to_thread(file.write, chunk)


async def _one(data: bytes) -> AsyncIterator[bytes]:
    yield data


async def _chunks(part: aiohttp.BodyPartReader) -> AsyncIterator[bytes]:
    while chunk := await part.read_chunk(_CHUNK):
        yield bytes(chunk)


async def _limited(chunks: AsyncIterator[bytes], limit: int) -> AsyncIterator[bytes]:
    size = 0
    async for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise KieRefusal(413, "The file is too large for this upload")
        yield chunk
