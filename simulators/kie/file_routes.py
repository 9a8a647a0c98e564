"""HTTP: the files themselves, uploads and results; no key is needed, a URL is enough."""

from typing import Final

from aiohttp import web
from attrs import frozen

from .own_files import OwnFiles
from .shelf import FileShelf, ShelvedFile
from .studio import Studio

# No one answers there; a client that follows is not careful enough.
PRIVATE_ADDRESS: Final = "http://10.0.0.1/private"


@frozen(kw_only=True)
class FileRoutes:
    """Serves uploads and results with ranges, so that a browser can seek in a video."""

    files: OwnFiles
    uploads: FileShelf
    studio: Studio

    def routes(self) -> list[web.RouteDef]:
        """Return what the application serves."""
        return [
            web.get("/files/{key:.+}", self.upload),
            web.get("/results/{task_id}/{name}", self.result),
        ]

    async def upload(self, request: web.Request) -> web.StreamResponse:
        """Answer a file that a client brought."""
        stored = self.uploads.find(request.match_info["key"])
        if stored is None or self._has_expired(request):
            raise web.HTTPNotFound
        return _file(stored)

    async def result(self, request: web.Request) -> web.StreamResponse:
        """Answer a file of a finished task; it is made now when no one has asked before."""
        found = self.files.find_result(request.match_info["task_id"], request.match_info["name"])
        if found is None or self._has_expired(request):
            raise web.HTTPNotFound
        if found.task.orders.redirect:
            raise web.HTTPFound(PRIVATE_ADDRESS)
        return _file(await self.studio.deliver(found))

    def _has_expired(self, request: web.Request) -> bool:
        expires = request.query.get("expires", "")
        return expires.isdecimal() and int(expires) < self.files.account.clock()


def _file(stored: ShelvedFile) -> web.FileResponse:
    return web.FileResponse(stored.path, headers={"Content-Type": stored.mime})
