"""Kept files: people's own bytes, served so that they can run nothing."""

import re
from typing import Final
from urllib.parse import quote

from aiohttp import web
from attrs import frozen

from adapters.web.headers import FILE_POLICY
from adapters.web.pages.answers import see
from adapters.web.services import Services
from adapters.web.visit import Visit
from application.errors import MediaGone, ResultGone, ResultRefused, ResultUnavailable
from application.results.keep_result import LARGEST_BYTES
from domain.generation import GenerationId
from domain.kept_media import KeptMedia, MediaId, MediaKey

SHOWN: Final = frozenset(
    {
        "image/png",
        "image/jpeg",
        "image/gif",
        "image/webp",
        "image/avif",
        "video/mp4",
        "video/webm",
        "video/quicktime",
        "audio/mpeg",
        "audio/mp4",
        "audio/ogg",
        "audio/wav",
        "audio/flac",
        "audio/aac",
    }
)
"""What a page shows. Anything else (SVG and HTML run scripts) is only ever saved."""
_RANGE: Final = re.compile(r"bytes=(\d{1,15})-(\d{0,15})")


@frozen
class MediaPages:
    """Everything of the person's own."""

    async def show(self, visit: Visit) -> web.StreamResponse:
        """The file, or a part of it, as players ask for."""
        media = await visit.services.library.open_media(MediaId(visit.part("media")), visit.user)
        return await send_media(visit.request, visit.services, media)

    async def preview(self, visit: Visit) -> web.StreamResponse:
        """The small picture; 404 where there is none."""
        media = await visit.services.library.open_media(MediaId(visit.part("media")), visit.user)
        return await send_preview(visit.request, visit.services, media)

    async def result(self, visit: Visit) -> web.StreamResponse:
        """A result that was not kept yet: it is now, as long as the provider has it."""
        generation_id, index = GenerationId(visit.part("generation")), int(visit.part("index"))
        item = await visit.services.library.gallery.open(visit.user, generation_id)
        media = item.media_of(index)
        if media is None:
            if index >= len(item.generation.results) or not item.generation.results[index].url:
                raise MediaGone(generation_id)
            try:
                async with visit.services.generations.open_result(item.generation, index, limit_bytes=LARGEST_BYTES):
                    pass
            except (ResultGone, ResultRefused, ResultUnavailable):
                raise MediaGone(generation_id) from None
            media = (await visit.services.library.gallery.open(visit.user, generation_id)).media_of(index)
        if media is None:
            raise MediaGone(generation_id)
        query = "?download=1" if "download" in visit.request.query else ""
        return see(f"{visit.prefix}/media/{media.id}{query}")


async def send_media(request: web.Request, services: Services, media: KeptMedia) -> web.StreamResponse:
    """The bytes of a file. Raises MediaGone, MediaUnavailable."""
    is_saved = "download" in request.query or media.mime not in SHOWN
    headers = {
        "Content-Type": "application/octet-stream" if media.mime not in SHOWN else media.mime,
        "Content-Disposition": f"{'attachment' if is_saved else 'inline'}; filename*=UTF-8''{quote(_name(media))}",
        "Accept-Ranges": "bytes",
    }
    start, end = _range(request, media.size_bytes)
    if start >= end:
        return web.Response(status=416, headers={"Content-Range": f"bytes */{media.size_bytes}"})
    is_part = (start, end) != (0, media.size_bytes)
    if is_part:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{media.size_bytes}"
    response = web.StreamResponse(status=206 if is_part else 200, headers=headers)
    response.content_length = end - start
    return await _send(request, services, media.key, response, (start, end))


async def send_preview(request: web.Request, services: Services, media: KeptMedia) -> web.StreamResponse:
    """The bytes of a small picture. Raises MediaGone, MediaUnavailable."""
    if media.preview.key is None:
        raise MediaGone(media.id)
    response = web.StreamResponse(headers={"Content-Type": "image/webp"})
    return await _send(request, services, media.preview.key, response, (0, None))


async def _send(
    request: web.Request,
    services: Services,
    key: MediaKey,
    response: web.StreamResponse,
    bounds: tuple[int, int | None],
) -> web.StreamResponse:
    response.headers["Content-Security-Policy"] = FILE_POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "private, max-age=86400, immutable"
    async with services.media_store.read(key, start=bounds[0], end=bounds[1]) as chunks:
        await response.prepare(request)
        if request.method == "GET":
            async for chunk in chunks:
                await response.write(chunk)
    await response.write_eof()
    return response


def _range(request: web.Request, size: int) -> tuple[int, int]:
    match = _RANGE.fullmatch(request.headers.get("Range", ""))
    if match is None:
        return 0, size
    start = int(match[1])
    return start, min(size, int(match[2]) + 1 if match[2] else size)


def _name(media: KeptMedia) -> str:
    return media.name or "file"
