"""Scripts and styles."""

from mimetypes import guess_type

from aiohttp import web
from attrs import frozen

from adapters.web.headers import protect
from adapters.web.renderer import StaticFiles


@frozen
class StaticPages:
    """The path changes with the content, so browsers may keep it."""

    _files: StaticFiles

    async def show(self, request: web.Request) -> web.StreamResponse:
        """One file; 404 for none."""
        try:
            body = self._files[request.match_info["name"]]
        except KeyError:
            return web.Response(status=404)
        name = request.match_info["name"]
        kind = "text/javascript" if name.endswith(".js") else guess_type(name)[0] or "application/octet-stream"
        is_current = request.match_info["version"] == self._files.version
        keep = "public, max-age=31536000, immutable" if is_current else "no-store"
        response = web.Response(body=body, content_type=kind, charset="utf-8", headers={"Cache-Control": keep})
        response.enable_compression()
        protect(response)
        return response
