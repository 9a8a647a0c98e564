"""Files that people drop on a page."""

import tempfile
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from aiohttp import web
from attrs import frozen

from adapters.web.cards import piece_of
from adapters.web.forms import file_view
from adapters.web.renderer import Renderer
from adapters.web.visit import Visit
from application.errors import UploadRefused
from application.results.keep_upload import LARGEST_BYTES
from domain.file_signatures import HEAD_BYTES, mime_of
from domain.media import MediaFile

NAME_LIMIT: Final = 100
NAME_HEADER: Final = "X-File-Name"


@frozen
class UploadPages:
    """The body is the file itself. It is counted while it comes, and judged by its first bytes."""

    _renderer: Renderer

    async def take(self, visit: Visit) -> web.StreamResponse:
        """Keep it; answers its id and how the page shows it. What is refused is not read to its end."""
        request = visit.request
        if (request.content_length or 0) > LARGEST_BYTES:
            raise UploadRefused("too_large")
        with tempfile.TemporaryDirectory(prefix="mediabot-upload-") as folder:
            file = await _received(request, Path(folder) / "upload")
            media = await visit.services.library.keep_upload(visit.user, file)
        view = file_view(media.attachment, piece_of(media, visit.prefix))
        html = self._renderer.render("parts/file.html", words=visit.words, file=view)
        return web.json_response({"id": media.id, "kind": media.kind, "name": media.name, "html": html})


async def _received(request: web.Request, path: Path) -> MediaFile:
    head, size = b"", 0
    with path.open("wb") as file:  # 64 KB at a time into the page cache
        async for chunk in request.content.iter_any():
            size += len(chunk)
            if size > LARGEST_BYTES:
                raise UploadRefused("too_large")
            head += chunk[: HEAD_BYTES - len(head)]
            file.write(chunk)
    return MediaFile(path=path, name=_name(request), mime=mime_of(head), size_bytes=size)


def _name(request: web.Request) -> str:
    """A harmless name: it is shown, and offered when the file is saved."""
    said = unquote(request.headers.get(NAME_HEADER, ""))
    name = "".join(letter if letter.isprintable() and letter not in '/\\:*?"<>|' else "_" for letter in said)
    return name.strip(". ")[-NAME_LIMIT:] or "file"
