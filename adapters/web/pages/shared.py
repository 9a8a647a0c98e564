"""What a public link shows: the results, and nothing about the person or their words."""

from aiohttp import web
from attrs import frozen

from adapters.web.cards import Piece
from adapters.web.pages.media import send_media, send_preview
from adapters.web.pages.sign_in import words_of
from adapters.web.renderer import Renderer
from adapters.web.services import Services
from application.errors import MediaGone
from application.ports.gallery import ResultLink
from application.results.use_gallery import GalleryItem
from domain.kept_media import KeptMedia
from domain.media import MediaKind


@frozen
class SharedPages:
    """Works as long as the owner lets it."""

    _renderer: Renderer

    async def show(self, request: web.Request, services: Services, prefix: str) -> web.StreamResponse:
        """The results."""
        item = await self._item(request, services)
        model = services.catalog.entry(item.generation.model_id)
        base = f"{prefix}/s/{item.link}"
        html = self._renderer.render(
            "shared.html",
            words=words_of(request, services),
            prefix=prefix,
            title=model.title if model else item.generation.model_id,
            media=[
                Piece(kind=MediaKind.TEXT, text=result.text)
                if result.text is not None
                else Piece(kind=result.kind, url=f"{base}/{index}", preview=f"{base}/{index}/preview")
                for index, result in enumerate(item.generation.results)
            ],
        )
        return web.Response(text=html, content_type="text/html")

    async def file(self, request: web.Request, services: Services, _prefix: str) -> web.StreamResponse:
        """One file of the shared results."""
        return await send_media(request, services, await self._media(request, services))

    async def preview(self, request: web.Request, services: Services, _prefix: str) -> web.StreamResponse:
        """Its small picture."""
        return await send_preview(request, services, await self._media(request, services))

    async def _item(self, request: web.Request, services: Services) -> GalleryItem:
        return await services.library.gallery.open_shared(ResultLink(request.match_info["link"]))

    async def _media(self, request: web.Request, services: Services) -> KeptMedia:
        media = (await self._item(request, services)).media_of(int(request.match_info["index"]))
        if media is None:
            raise MediaGone(request.match_info["link"])
        return media
