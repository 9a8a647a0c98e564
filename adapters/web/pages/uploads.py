"""Files that people drop on a page."""

from typing import Final
from urllib.parse import unquote

from aiohttp import web
from attrs import frozen

from adapters.web.cards import piece_of
from adapters.web.forms import file_view
from adapters.web.renderer import Renderer
from adapters.web.visit import Visit

NAME_HEADER: Final = "X-File-Name"


@frozen
class UploadPages:
    """The body is the file itself."""

    _renderer: Renderer

    async def take(self, visit: Visit) -> web.StreamResponse:
        """Keep it; answers its id and how the page shows it."""
        request = visit.request
        media = await visit.services.library.receive_upload(
            visit.user,
            request.content.iter_any(),
            name=unquote(request.headers.get(NAME_HEADER, "")),
            announced_bytes=request.content_length,
        )
        view = file_view(media.attachment, piece_of(media, visit.prefix))
        html = self._renderer.render("parts/file.html", words=visit.words, file=view)
        return web.json_response({"id": media.id, "kind": media.kind, "name": media.name, "html": html})
