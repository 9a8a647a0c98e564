"""The provider says that a task has ended. We believe that it has something to say, and look for ourselves."""

import hmac

import structlog
from attrs import frozen

from application.ports.generation_store import GenerationStore
from domain.generation import GenerationId, TaskId

log = structlog.get_logger()


@frozen
class HandleCallback:
    """Ring for whoever carries the generation; tell it the task's id, should the answer to the creation be lost.

    Nothing else of a callback is used: the leader reads the task. Any instance may take one, and any number of times.
    """

    _store: GenerationStore

    async def __call__(self, generation_id: GenerationId, secret: str, task_id: TaskId | None) -> bool:
        """False: no such generation, or the secret is not the one we gave the provider, or forgotten long after the end.

        Raises:
            StoreUnavailable: the provider should repeat it.
        """
        generation = await self._store.get(generation_id)
        known = generation.secret if generation else ""
        if generation is None or not known or not hmac.compare_digest(known.encode(), secret.encode()):
            return False
        if generation.is_terminal:
            return True
        reported = generation.task_id or task_id
        if reported is None:
            log.warning("callback.nameless", generation_id=generation_id)
            return True
        await self._store.report_task(generation_id, reported)
        return True
