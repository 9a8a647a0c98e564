"""Generations: create, list, read, cancel, watch."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import MAXYEAR, datetime
from typing import Final

from aiohttp import web

from adapters.api_http.call import ApiCall, answer, shown_key
from adapters.api_http.problems import RequestProblem
from adapters.api_http.schemas import GenerationList, NewGeneration
from application.errors import NotAuthenticated, NotServed, StoreUnavailable
from application.generating.watch_generations import WatchedGeneration
from domain.generation import Generation, GenerationId

PAGE: Final = 20
PAGE_AT_MOST: Final = 100
KEY_FORM: Final = re.compile(r"[\x21-\x7e]{1,200}")
HEARTBEAT_S: Final = 15.0
"""So often the key is looked at again, and a comment keeps proxies from closing a quiet stream."""


async def create(call: ApiCall) -> web.Response:
    """Begin a generation. The same ``Idempotency-Key`` twice is one generation."""
    name = call.request.headers.get("Idempotency-Key", "")
    if not KEY_FORM.fullmatch(name):
        raise RequestProblem(
            400, "idempotency_key", "The header Idempotency-Key is needed: 1 to 200 visible ASCII characters."
        )
    order = await call.body(NewGeneration)
    generation = await call.caller.run(
        await call.caller.draft(order.model, order.input),
        max_credits=order.max_credits,
        request_key=f"api:{call.caller.key}:{name}",
    )
    body = (await call.caller.show([generation]))[0]
    return web.json_response(
        body.model_dump(mode="json"), status=201, headers={"Location": f"/api/v1/generations/{generation.id}"}
    )


async def list_generations(call: ApiCall) -> web.Response:
    """The person's generations, newest first, from every front end."""
    limit = _number(call.request.query.get("limit"), PAGE)
    before = _moment(call.request.query.get("before"))
    rows = await call.services.generations.history(
        call.user, limit=limit, before=before, text=call.request.query.get("query", "")[:300]
    )
    last = rows[-1].created_at if len(rows) == limit else None
    return answer(GenerationList(generations=await call.caller.show(rows), before=last))


async def read(call: ApiCall) -> web.Response:
    """A generation as it is now."""
    return answer((await call.caller.show([await call.caller.own(call.request.match_info["id"])]))[0])


async def cancel(call: ApiCall) -> web.Response:
    """Cancel a generation that still waits for its turn."""
    generation = await call.services.cancel(_id(call), call.user)
    return answer((await call.caller.show([generation]))[0])


async def events(call: ApiCall) -> web.StreamResponse:
    """The generation now and after each change, as server-sent events, until it is done."""
    generation = await call.caller.own(call.request.match_info["id"])
    async with call.services.watch(call.user) as changes:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(call.request)
        if call.request.method == "GET":
            with suppress(NotAuthenticated, NotServed, StoreUnavailable):  # the stream ends: who asks again learns why
                await _follow(call, response, generation, changes)
    return response


async def _follow(
    call: ApiCall, response: web.StreamResponse, generation: Generation, changes: AsyncIterator[WatchedGeneration]
) -> None:
    """Write each change until the generation is done. Raises as ``authenticate`` does once the key works no more."""
    now = asyncio.get_running_loop().time
    is_done, checked_at = await _show(call, response, generation), now()
    following = asyncio.ensure_future(anext(changes))
    try:
        while not is_done:
            await asyncio.wait({following}, timeout=HEARTBEAT_S)
            if now() - checked_at >= HEARTBEAT_S:
                await response.write(b": still here\n\n")
                await call.services.authenticate(shown_key(call.request))
                checked_at = now()
            if not following.done():
                continue
            if following.result().id == generation.id:
                current = await call.services.generations.get(generation.id)
                is_done = current is None or await _show(call, response, current)
            following = asyncio.ensure_future(anext(changes))
    finally:
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)


async def _show(call: ApiCall, response: web.StreamResponse, generation: Generation) -> bool:
    body = (await call.caller.show([generation]))[0]
    event = f"event: generation\ndata: {json.dumps(body.model_dump(mode='json'))}\n\n"
    await response.write(event.encode())
    return generation.is_terminal


def _id(call: ApiCall) -> GenerationId:
    return GenerationId(call.request.match_info["id"])


def _number(text: str | None, default: int) -> int:
    if text is None:
        return default
    if not re.fullmatch("[0-9]{1,9}", text) or not 1 <= int(text) <= PAGE_AT_MOST:
        raise RequestProblem(400, "limit", f"limit is a whole number from 1 to {PAGE_AT_MOST}.")
    return int(text)


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or not 1 < moment.year < MAXYEAR:
        raise RequestProblem(400, "before", "before is a moment in ISO 8601 with an offset.")
    return moment
