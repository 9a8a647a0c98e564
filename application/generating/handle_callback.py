"""The provider says that a task has ended. We believe that it has something to say, and look for ourselves."""

import hmac
from collections.abc import Awaitable, Callable

import structlog
from attrs import frozen

from application.generating.carried_here import CarriedHere
from application.ports.generation_store import GenerationStore
from domain.generation import GenerationId, TaskId

log = structlog.get_logger()


@frozen
class HandleCallback:
    """Wake the instance that carries the generation, and name the task to it in case the answer to the creation was lost.

    Nothing else of a callback is used: the leader reads the task. Any instance may take one, and any number of times.
    """

    _store: GenerationStore
    _carried_here: CarriedHere

    async def __call__(
        self, generation_id: GenerationId, secret: str, named: Callable[[TaskId | None], Awaitable[TaskId | None]]
    ) -> bool:
        """Return False when there is no such generation, or the secret is not the one we gave the provider, or it was
        forgotten long after the end.

        ``named`` gives the id of the task that the callback is about; its argument is the id that we know, None while we
        know none. It is asked only after the secret was right, so a stranger's body need not be read.

        Raises:
            StoreUnavailable: the provider should repeat it. What ``named`` raises is passed on.
        """
        generation = self._carried_here.with_task(generation_id) or await self._store.get(generation_id)
        known = generation.secret if generation else ""
        if generation is None or not known or not hmac.compare_digest(known.encode(), secret.encode()):
            return False
        reported = await named(generation.task_id)
        if generation.is_terminal:
            return True
        if reported is None:
            log.warning("callback.nameless", generation_id=generation_id)
            return True
        is_known = generation.task_id is not None
        if not (is_known and self._carried_here.ring(generation_id)):
            await self._store.report_task(generation_id, reported)
        return True
