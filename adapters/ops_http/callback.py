"""The provider says that a task has ended. We take the task's id from it and ask ourselves: a callback proves nothing."""

import asyncio
import json
from collections.abc import Callable
from datetime import datetime
from typing import Final

import structlog
from aiohttp import web
from attrs import frozen

from adapters.ops_http.service import Service
from adapters.ops_http.signature import CallbackSignature
from application.errors import StoreUnavailable
from domain.generation import GenerationId, TaskId

log = structlog.get_logger(__name__)

PATH: Final = "/kie/callback/{generation_id:[a-z0-9]{16}}/{secret:[A-Za-z0-9_-]{16,128}}"
STORE_PATIENCE_S: Final = 5.0
"""The provider waits 15 s (``kie/API.md`` §4); a 503 in time makes it come again."""
LONGEST_TASK_ID: Final = 128


class Garbage(Exception):
    """The body is not a callback."""


@frozen
class CallbackRoute:
    """Answers 200 for a known generation (again for a duplicate), 404 for none or a wrong secret, 401 for a bad
    signature, 400 for a body that is no callback, 503 while the store is away."""

    _service: Callable[[], Service | None]
    _signature: CallbackSignature | None
    _now: Callable[[], datetime]

    async def answer(self, request: web.Request) -> web.Response:
        """Take the callback, or say why not. Never waits longer than ``STORE_PATIENCE_S``."""
        try:
            task_id = _task_id(await request.read())
        except Garbage:
            return web.Response(status=400)
        if not self._is_signed(request, task_id):
            log.warning("callback.refused", reason="signature", task_id=task_id)
            return web.Response(status=401)
        generation_id = GenerationId(request.match_info["generation_id"])
        return web.Response(status=await self._hand_over(generation_id, request.match_info["secret"], task_id))

    def _is_signed(self, request: web.Request, task_id: TaskId | None) -> bool:
        """Whether the provider's signature is right, or none is asked for. It signs the task's id, so it needs one."""
        if self._signature is None:
            return True
        return task_id is not None and self._signature.fits(request.headers, task_id, now_s=self._now().timestamp())

    async def _hand_over(self, generation_id: GenerationId, secret: str, task_id: TaskId | None) -> int:
        if (service := self._service()) is None:
            return 503
        try:
            async with asyncio.timeout(STORE_PATIENCE_S):
                known = await service.handle_callback(generation_id, secret, task_id)
        except (StoreUnavailable, TimeoutError) as error:
            log.warning("callback.postponed", generation_id=generation_id, reason=type(error).__name__)
            return 503
        return 200 if known else 404


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
