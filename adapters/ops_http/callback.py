"""The provider says that a task has ended. We take the task's id from it and ask ourselves: a callback proves nothing."""

import asyncio
import json
from collections.abc import Callable
from datetime import datetime
from typing import Final

import structlog
from aiohttp import web
from attrs import field, frozen

from adapters.ops_http.service import Service
from adapters.ops_http.signature import CallbackSignature, Seal
from application.errors import StoreUnavailable
from domain.generation import GenerationId, TaskId

log = structlog.get_logger(__name__)

PATH: Final = "/kie/callback/{generation_id:[a-z0-9]{16}}/{secret:[A-Za-z0-9_-]{16,128}}"
STORE_PATIENCE_S: Final = 5.0
"""The provider waits 15 s (``kie/API.md`` §4); a 503 in time makes it come again."""
LOOK_UPS: Final = 4
"""How many callbacks are worked on at the same time, so that guesses of secrets leave the bot its connections to the
store, and bodies take little memory."""
BODY_S: Final = 20.0
LONGEST_TASK_ID: Final = 128
PARSED_AT_ONCE_BYTES: Final = 64 * 1024
"""A longer body is parsed in a thread: a dict of 2 MB takes a fifth of a second."""


class Garbage(Exception):
    """The body is not a callback."""


class Forged(Exception):
    """The signature is not the provider's."""


@frozen
class CallbackRoute:
    """Answers 200 for a known generation (again for a duplicate), 404 for none or a wrong secret, 401 for a bad
    signature, 400 for a body that is no callback, 503 while the store is away.

    The path decides first: without the right secret nothing of the body is read. It is read only where the generation
    does not know its task yet; otherwise the signature says all there is to say.
    """

    _service: Callable[[], Service | None]
    _signature: CallbackSignature | None
    _now: Callable[[], datetime]
    _look_ups: asyncio.Semaphore = field(factory=lambda: asyncio.Semaphore(LOOK_UPS), init=False)

    async def answer(self, request: web.Request) -> web.Response:
        """Take the callback, or say why not."""
        if (service := self._service()) is None:
            return web.Response(status=503)
        try:
            known = await self._ring(service, request)
        except Garbage:
            return web.Response(status=400)
        except Forged:
            log.warning("callback.refused", reason="signature")
            return web.Response(status=401)
        except (StoreUnavailable, TimeoutError) as error:
            generation_id = request.match_info["generation_id"]
            log.warning("callback.postponed", generation_id=generation_id, reason=type(error).__name__)
            return web.Response(status=503)
        return web.Response(status=200 if known else 404)

    async def _ring(self, service: Service, request: web.Request) -> bool:
        generation_id, secret = GenerationId(request.match_info["generation_id"]), request.match_info["secret"]
        async with asyncio.timeout(STORE_PATIENCE_S) as patience:

            async def named(known: TaskId | None) -> TaskId | None:
                patience.reschedule(asyncio.get_running_loop().time() + BODY_S + STORE_PATIENCE_S)
                return await self._named(request, known)

            async with self._look_ups:
                return await service.handle_callback(generation_id, secret, named)

    async def _named(self, request: web.Request, known: TaskId | None) -> TaskId | None:
        """The task that the callback is about. Raises ``Garbage`` or ``Forged``."""
        task_id = known or await self._read(request)
        if self._signature is None:
            return task_id
        if task_id is None:
            raise Forged
        match self._signature.seal(request.headers, task_id, now_s=self._now().timestamp()):
            case Seal.WRONG:
                raise Forged
            case Seal.OUT_OF_TIME:
                log.warning("callback.clock_differs", advice=CLOCK_ADVICE)
        return task_id

    async def _read(self, request: web.Request) -> TaskId | None:
        body = await request.read()
        return _task_id(body) if len(body) <= PARSED_AT_ONCE_BYTES else await asyncio.to_thread(_task_id, body)


CLOCK_ADVICE: Final = (
    "the provider's clock and this machine's differ by more than five minutes: set this machine's clock"
)


def _task_id(body: bytes) -> TaskId | None:
    """The task's id, from wherever the provider's APIs put it: ``data.taskId``, ``data.task_id`` or ``taskId``.

    None where a readable callback names none. Raises ``Garbage`` for anything but a JSON object.
    """
    try:
        callback = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Garbage from error
    if not isinstance(callback, dict):
        raise Garbage
    match callback:
        case {"data": {"taskId": str(said)}} | {"data": {"task_id": str(said)}} | {"taskId": str(said)}:
            return TaskId(said) if 0 < len(said) <= LONGEST_TASK_ID and said.isprintable() else None
    return None
