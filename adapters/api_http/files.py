"""Uploads, and the bytes of kept files."""

import tempfile
from pathlib import Path
from typing import Final
from urllib.parse import quote

from aiohttp import web

from adapters.api_http.call import ApiCall, answer
from adapters.api_http.presenters import upload_out
from application.errors import UploadRefused
from application.results.keep_upload import LARGEST_BYTES
from domain.file_signatures import HEAD_BYTES, mime_of
from domain.kept_media import MediaId
from domain.media import MediaFile

NAME_LIMIT: Final = 200


async def upload(call: ApiCall) -> web.Response:
    """Keep the body as a file. What it is, its first bytes say."""
    if (call.request.content_length or 0) > LARGEST_BYTES:
        raise UploadRefused("too_large")
    with tempfile.TemporaryDirectory(prefix="mediabot-") as folder:
        path, size, head = Path(folder) / "upload", 0, b""
        with path.open("wb") as file:
            async for chunk in call.request.content.iter_chunked(1 << 16):
                size += len(chunk)
                if size > LARGEST_BYTES:
                    raise UploadRefused("too_large")
                head += chunk[: HEAD_BYTES - len(head)]
                file.write(chunk)
        name = call.request.query.get("name", "upload")[:NAME_LIMIT]
        media = await call.services.keep_upload(
            call.user, MediaFile(path=path, name=name, mime=mime_of(head), size_bytes=size)
        )
    return answer(upload_out(media), status=201)


async def read(call: ApiCall) -> web.StreamResponse:
    """The bytes of a kept file of the person."""
    media = await call.services.open_media(MediaId(call.request.match_info["id"]), call.user)
    async with call.services.media_store.read(media.key) as pieces:
        response = web.StreamResponse(
            headers={
                "Content-Type": media.mime,
                "Content-Length": str(media.size_bytes),
                "Content-Disposition": f"attachment; filename*=UTF-8''{quote(media.name)}",
                "X-Content-Type-Options": "nosniff",
                "Content-Security-Policy": "sandbox",
                "Cache-Control": "private, max-age=3600",
            }
        )
        await response.prepare(call.request)
        if call.request.method == "GET":
            async for piece in pieces:
                await response.write(piece)
    return response
