"""The stream of changes to an open page."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Final

from aiohttp import web
from attrs import field, frozen

from adapters.web.cards import Cards
from adapters.web.cookies import token_in
from adapters.web.headers import protect
from adapters.web.renderer import Renderer
from adapters.web.visit import Visit
from application.errors import NotSignedIn, StoreUnavailable
from application.generating.watch_generations import WatchedGeneration

HEARTBEAT_S: Final = 20.0
"""Routers close what is silent for a minute; a session that was ended is noticed at the next beat."""
COMES_AGAIN_MS: Final = 1_000


@frozen
class EventPages:
    """Server-sent events: the card of each generation as it changes. A page that comes again is shown what it missed."""

    _renderer: Renderer
    _streams_at_most: int
    _open: set[asyncio.Task[object]] = field(factory=set, init=False)

    async def stream(self, visit: Visit) -> web.StreamResponse:
        """Until the page goes, its session ends, or this instance stops."""
        if len(self._open) >= self._streams_at_most:
            return web.Response(status=503, headers={"Retry-After": "15"})
        watching = visit.services.generations.watch(visit.user)
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "X-Accel-Buffering": "no"})
        protect(response)
        await response.prepare(visit.request)
        if visit.request.method != "GET":
            return response
        await response.write(f"retry: {COMES_AGAIN_MS}\n\n".encode())
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - a handler runs in a task
        self._open.add(task)
        try:
            async with watching as news:
                await self._write(visit, response, news)
        except (ConnectionError, NotSignedIn, StoreUnavailable):
            pass
        finally:
            self._open.discard(task)
        return response

    def close(self) -> None:
        """End all streams. Their pages come again."""
        for task in self._open:
            task.cancel()

    async def _write(self, visit: Visit, response: web.StreamResponse, news: AsyncIterator[WatchedGeneration]) -> None:
        coming, now = asyncio.ensure_future(anext(news)), asyncio.get_running_loop().time
        checked_at = now()
        try:
            while True:
                await asyncio.wait({coming}, timeout=HEARTBEAT_S)
                if now() - checked_at >= HEARTBEAT_S:
                    await visit.services.sessions.find(token_in(visit.request) or "")
                    await response.write(b": still here\n\n")
                    checked_at = now()
                if not coming.done():
                    continue
                await response.write(await self._event(visit, coming.result()))
                coming = asyncio.ensure_future(anext(news))
        finally:
            coming.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await coming

    async def _event(self, visit: Visit, watched: WatchedGeneration) -> bytes:
        if watched.generation is None:
            return _event("gone", {"id": watched.id})
        [item] = await visit.services.library.gallery.items(visit.user, [watched.generation])
        card = Cards(visit.services.catalog, visit.words, visit.prefix).watched(watched, item)
        html = self._renderer.render("parts/card.html", card=card, words=visit.words, prefix=visit.prefix)
        return _event("card", {"id": card.id, "state": card.state, "html": html})


def _event(name: str, data: dict[str, object]) -> bytes:
    return f"event: {name}\ndata: {json.dumps(data)}\n\n".encode()
