"""Uploads, and the bytes of kept files."""

from urllib.parse import quote

from aiohttp import web

from adapters.api_http.call import ApiCall, answer
from adapters.api_http.presenters import upload_out
from domain.kept_media import MediaId


async def upload(call: ApiCall) -> web.Response:
    """Keep the body as a file. What it is, its first bytes say."""
    request = call.request
    media = await call.services.receive_upload(
        call.user,
        request.content.iter_any(),
        name=request.query.get("name", "upload"),
        announced_bytes=request.content_length,
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
