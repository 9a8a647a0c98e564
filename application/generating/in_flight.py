"""What is in flight outside of this process and outlives the leadership that began it."""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, Final, TypeVar

import structlog
from attrs import define, field, frozen

from application.errors import ApplicationError, ProviderError, StaleGeneration, StoreUnavailable
from application.generating.bot_accounts import BotAccounts
from application.generating.side_by_side import SideBySide
from application.ports.clock import Clock
from application.ports.generation_store import GenerationStore
from application.ports.media_provider import Submission
from application.ports.messenger import Deliverable
from domain.backoff import Backoff
from domain.generation import Generation, GenerationId, GenerationState, Receipt, TaskId

T = TypeVar("T")
FINISHES_WITHIN_S: Final = 15.0
"""For so long the answer to what has left is waited for after its leadership. Nothing else leaves meanwhile."""

log = structlog.get_logger()


@define
class BackgroundTasks:
    """Owns the tasks of requests that have left and can't be called back: what comes of them must be written down, by
    the instance that leads then. One of these lives per process.
    """

    _tasks: set[asyncio.Task[Any]] = field(factory=set, init=False)

    def begin(self, work: Coroutine[Any, Any, T], name: str) -> asyncio.Task[T]:
        """Do it in a task of its own, whatever becomes of the one who asked."""
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def drain(self, timeout_s: float) -> None:
        """Wait for what is under way, at most that long. What is dropped then has a row that says how far it had come."""
        if self._tasks:
            _done, late = await asyncio.wait(self._tasks, timeout=timeout_s)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)


class DrainGate:
    """Lets acts with outside effects through until it closes; what is inside then finishes, nothing else enters.

    An act is a request together with the write that remembers it: between the two a stop would cost knowledge.
    """

    def __init__(self) -> None:
        self._open = asyncio.Event()
        self._open.set()
        self._empty = asyncio.Event()
        self._empty.set()
        self._inside = 0

    def open(self) -> None:
        self._open.set()

    @asynccontextmanager
    async def enter(self) -> AsyncIterator[None]:
        """Enter as soon as the gate is open: at once, but for the moments of a stop."""
        await self._open.wait()
        self._inside += 1
        self._empty.clear()
        try:
            yield
        finally:
            self._inside -= 1
            if not self._inside:
                self._empty.set()

    async def close(self) -> None:
        """Let nothing more in and wait until nothing is inside. The caller bounds the wait."""
        self._open.clear()
        await self._empty.wait()


@frozen
class SubmissionsInFlight:
    """Sends create requests in tasks of its own, so that losing the lock does not lose the answer.

    When the one who asked is gone before the answer comes, the task id is reported to the row the way a callback
    would: any instance may do that, and the instance that leads then carries on.
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


@frozen(kw_only=True)
class DeliveriesInFlight:
    """Sends results in tasks of their own, so that losing the lock does not lose the receipt.

    A receipt that could not be written under the leadership that sent the message is written without one, as any
    instance may: the one that leads then does not send the same again, unless that has happened already. One of these lives per process.
    """

    _side_by_side: SideBySide
    _store: GenerationStore
    _clock: Clock
    _background: BackgroundTasks
    _left_over: dict[GenerationId, asyncio.Task[None]] = field(factory=dict, init=False)

    async def send(self, generation: Generation, items: Sequence[Deliverable], files: AsyncExitStack) -> Receipt:
        """One ``Messenger.deliver``, or a share of an album, which raises what it raises; closes ``files`` when it has ended."""
        sending = self._background.begin(self._deliver(generation, items, files), f"sending-{generation.id}")
        try:
            return await asyncio.shield(sending)
        except asyncio.CancelledError:
            self._leave(generation.id, self._note_outcome(generation.id, sending))
            raise

    def note_later(self, generation_id: GenerationId, receipt: Receipt) -> None:
        """The message arrived, but that could not be written under the leadership that had sent it."""
        self._leave(generation_id, self.note(generation_id, receipt))

    async def tidied_up(self, generation_id: GenerationId) -> bool:
        """Wait for what an earlier leadership of this process left over; whether there was something since it was last asked.

        What has ended already counts too: the caller's row may have been read before that end.
        """
        if left_over := self._left_over.get(generation_id):
            await asyncio.wait({left_over})
            self._left_over.pop(generation_id, None)
        return left_over is not None

    async def note(self, generation_id: GenerationId, receipt: Receipt) -> None:
        """Write the receipt, however long the store is away, unless someone else's covers the same."""
        for wait in Backoff():
            try:
                await self._note_once(generation_id, receipt)
            except (StoreUnavailable, StaleGeneration) as error:
                log.info("receipt.postponed", generation_id=generation_id, error=error.code)
                await self._clock.sleep(wait)
            else:
                return

    async def _deliver(self, generation: Generation, items: Sequence[Deliverable], files: AsyncExitStack) -> Receipt:
        async with files:
            return await self._side_by_side.send(generation, items)

    def _leave(self, generation_id: GenerationId, work: Coroutine[Any, Any, None]) -> None:
        self._left_over[generation_id] = self._background.begin(work, f"left-over-{generation_id}")

    async def _note_outcome(self, generation_id: GenerationId, sending: asyncio.Task[Receipt]) -> None:
        late = asyncio.create_task(self._clock.sleep(FINISHES_WITHIN_S))
        try:
            await asyncio.wait({sending, late}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            late.cancel()
            sending.cancel()
        try:
            receipt = await sending
        except (asyncio.CancelledError, ApplicationError) as error:
            log.warning("sending.cut_short", generation_id=generation_id, reason=type(error).__name__)
        else:
            await self.note(generation_id, receipt)

    async def _note_once(self, generation_id: GenerationId, receipt: Receipt) -> None:
        row = await self._store.get(generation_id)
        if row and row.state is GenerationState.DELIVERING and set(receipt.indexes) & set(row.undelivered):
            await self._store.save(row.part_delivered(receipt))
            log.info("receipt.noted", generation_id=generation_id, results=len(receipt.indexes))
