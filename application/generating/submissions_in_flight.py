"""Create requests in flight, which outlive the leadership that sent them."""

import asyncio

import structlog
from attrs import frozen

from application.errors import ProviderError, StoreUnavailable
from application.generating.background_tasks import BackgroundTasks
from application.generating.bot_accounts import BotAccounts
from application.ports.clock import Clock
from application.ports.generation_store import GenerationStore
from application.ports.media_provider import Submission
from domain.backoff import Backoff
from domain.generation import Generation, GenerationId, TaskId

log = structlog.get_logger()


@frozen
class SubmissionsInFlight:
    """Sends create requests in tasks of its own, so that losing the lock does not lose the answer.

    When the one who asked is gone before the answer comes, the task id is reported to the row the way a callback
    would: any instance may do that, and anyone who leads then carries on.
    """

    _accounts: BotAccounts
    _store: GenerationStore
    _clock: Clock
    _background: BackgroundTasks

    async def send(self, generation: Generation, submission: Submission) -> TaskId:
        """One create request on the generation's account; raises what ``MediaProvider.submit`` raises."""
        provider = self._accounts.of(generation.account)
        request = self._background.begin(provider.submit(submission), f"submission-{generation.id}")
        try:
            return await asyncio.shield(request)
        except asyncio.CancelledError:
            self._background.begin(self._report_answer(generation.id, request), f"orphan-{generation.id}")
            raise

    def report(self, generation_id: GenerationId, task_id: TaskId) -> None:
        """The answer came, but could not be written under the leadership that had asked."""
        self._background.begin(self._report(generation_id, task_id), f"report-{generation_id}")

    async def _report_answer(self, generation_id: GenerationId, request: asyncio.Task[TaskId]) -> None:
        try:
            task_id = await request
        except ProviderError as error:
            log.warning("submission.orphan_failed", generation_id=generation_id, error=error.code)
        else:
            await self._report(generation_id, task_id)

    async def _report(self, generation_id: GenerationId, task_id: TaskId) -> None:
        for wait in Backoff():
            try:
                await self._store.report_task(generation_id, task_id)
            except StoreUnavailable:
                await self._clock.sleep(wait)
            else:
                log.info("submission.reported", generation_id=generation_id, task_id=task_id)
                return
