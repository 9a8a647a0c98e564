"""Results on their way into a chat, which outlive the leadership that sent them."""

import asyncio
from collections.abc import Coroutine, Sequence
from contextlib import AsyncExitStack
from typing import Any, Final

import structlog
from attrs import field, frozen

from application.errors import ApplicationError, StaleGeneration, StoreUnavailable
from application.generating.background_tasks import BackgroundTasks
from application.generating.side_by_side import SideBySide
from application.ports.clock import Clock
from application.ports.generation_store import GenerationStore
from application.ports.messenger import Deliverable
from domain.backoff import Backoff
from domain.generation import Generation, GenerationId, GenerationState, Receipt

log = structlog.get_logger()

FINISHES_WITHIN_S: Final = 15.0
"""For so long the answer to what has left is waited for after its leadership. Nothing else leaves meanwhile."""


@frozen(kw_only=True)
class DeliveriesInFlight:
    """Sends results in tasks of their own, so that losing the lock does not lose the receipt.

    A receipt that could not be written under the leadership that sent the message is written without one, as anybody
    may: anyone who leads then does not send the same again, unless that has happened already. One of these lives per process.
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
        """Wait for what an earlier leadership of this process left over; whether there was something."""
        if left_over := self._left_over.get(generation_id):
            await asyncio.wait({left_over})
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
        task = self._left_over[generation_id] = self._background.begin(work, f"left-over-{generation_id}")
        task.add_done_callback(lambda done: self._forget(generation_id, done))

    def _forget(self, generation_id: GenerationId, done: asyncio.Task[None]) -> None:
        if self._left_over.get(generation_id) is done:
            del self._left_over[generation_id]

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
