"""Step three: from an end to a person who knows it."""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import timedelta
from typing import Final

import structlog
from attrs import field, frozen

from application.errors import (
    DeliveryOutcomeUnknown,
    DestinationGone,
    MessengerUnavailable,
    ResultGone,
    ResultRefused,
    ResultTooLarge,
    ResultUnavailable,
    StaleGeneration,
)
from application.generating.fetch_result import OpenResult
from application.generating.in_flight import DeliveriesInFlight, DrainGate
from application.generating.open_cover import OpenCover
from application.generating.progress_reporter import ProgressReporter
from application.generating.save_generation import SaveGeneration
from application.generating.side_by_side import SideBySide
from application.leading.leadership_guard import LeadershipGuard
from application.ports.clock import Clock
from application.ports.messenger import Deliverable, Delivering, DeliveryTrouble, LinkReason, Messenger
from application.ports.metrics import Metrics
from domain.backoff import Backoff
from domain.file_types import is_page
from domain.generation import Generation, Receipt
from domain.media import MediaKind

log = structlog.get_logger()

MEDIA: Final = frozenset({MediaKind.IMAGE, MediaKind.VIDEO, MediaKind.AUDIO})

FILES_AT_ONCE: Final = 32
"""Results fetched or sent at the same time: at most so many files are on our disk."""

UNCONFIRMED_AT_MOST: Final = 3
"""So often a file goes out whose arrival stays unknown; then its link goes, which takes no time to send. A line too slow for
the answer may bring every copy, and would go on doing so."""

FETCH_FOR: Final = timedelta(minutes=5)
"""For so long a result that can't be read is tried again; after that the person gets its link instead of the file."""


@frozen(kw_only=True)
class DeliverGeneration:
    """Send what has not been sent, tell what there is to tell, until the chat has it or is gone.

    ``delivering`` is written before anything is sent and each message's receipt after it, so a crash repeats at most
    the one message whose receipt it took.
    """

    _messenger: Messenger
    _sendings: DeliveriesInFlight
    _side_by_side: SideBySide
    _open_result: OpenResult
    _open_cover: OpenCover
    _progress: ProgressReporter
    _gate: DrainGate
    _save: SaveGeneration
    _clock: Clock
    _metrics: Metrics
    _files: asyncio.Semaphore = field(factory=lambda: asyncio.Semaphore(FILES_AT_ONCE), init=False)

    async def __call__(self, generation: Generation, guard: LeadershipGuard) -> Generation:
        """From ``delivering`` to delivered or undeliverable.

        Raises:
            NotLeader, StaleGeneration: as ``SaveGeneration``.
        """
        if await self._sendings.tidied_up(generation.id):
            raise StaleGeneration(generation.id)
        generation = await self._progress.stop(generation)
        await self._side_by_side.wait_for_others(generation)
        try:
            while batches := self._messenger.batches(generation):
                generation = await self._send(generation, batches[0], guard)
            return await self._conclude(generation, guard)
        except DestinationGone as error:
            log.info("generation.undeliverable", generation_id=generation.id, reason=str(error))
            return await self._save(generation.undeliverable(at=self._clock.now()), guard)

    async def _send(self, generation: Generation, indexes: Sequence[int], guard: LeadershipGuard) -> Generation:
        links_from, unconfirmed = self._clock.now() + FETCH_FOR, 0
        for wait in Backoff(first_s=1.0, most_s=60.0):
            try:
                async with self._files, AsyncExitStack() as files:
                    patient, as_link = self._clock.now() < links_from, unconfirmed >= UNCONFIRMED_AT_MOST
                    items = [
                        await self._item(generation, index, files, patient=patient, as_link=as_link)
                        for index in indexes
                    ]
                    async with self._gate.enter():
                        guard.check()
                        receipt = await self._sendings.send(generation, items, files.pop_all())
                        return await self._keep(generation, receipt, guard)
            except (MessengerUnavailable, DeliveryOutcomeUnknown, ResultUnavailable) as error:
                unconfirmed += isinstance(error, DeliveryOutcomeUnknown)
                self._say_why(generation, error, wait)
                await self._rest(generation, error, wait)
                generation = await self._progress.stop(generation)
        raise AssertionError("backoff never ends")

    def _say_why(self, generation: Generation, error: Exception, wait: float) -> None:
        """While a paid result waits, its message says what for, and has no button that can't do what it says."""
        trouble = DeliveryTrouble.FILE if isinstance(error, ResultUnavailable) else DeliveryTrouble.CHAT
        again_at = self._clock.monotonic() + _wait_s(error, wait)
        self._progress.show(
            generation,
            lambda: Delivering(trouble=trouble, retry_s=max(0.0, again_at - self._clock.monotonic())),
        )

    async def _keep(self, generation: Generation, receipt: Receipt, guard: LeadershipGuard) -> Generation:
        """Write the receipt, and if that can't be done under this leadership any more, without it."""
        try:
            return await self._save(generation.part_delivered(receipt), guard)
        except StaleGeneration:  # an earlier leadership's receipt came late
            await self._sendings.note(generation.id, receipt)
            raise
        except BaseException:
            self._sendings.note_later(generation.id, receipt)
            raise

    async def _conclude(self, generation: Generation, guard: LeadershipGuard) -> Generation:
        for wait in Backoff(first_s=1.0, most_s=60.0):
            try:
                async with self._gate.enter():
                    guard.check()
                    await self._last_word(generation)
                    log.info("generation.delivered", generation_id=generation.id, results=len(generation.results))
                    return await self._save(generation.delivered(at=self._clock.now()), guard)
            except (MessengerUnavailable, DeliveryOutcomeUnknown) as error:
                await self._rest(generation, error, wait)
        raise AssertionError("backoff never ends")

    async def _last_word(self, generation: Generation) -> None:
        """After a result it is tidying up, and tried once. Bad news is all the person gets: better twice than never."""
        try:
            await self._messenger.conclude(generation)
        except DeliveryOutcomeUnknown:
            if generation.failure:
                raise

    async def _item(
        self, generation: Generation, index: int, files: AsyncExitStack, *, patient: bool, as_link: bool
    ) -> Deliverable:
        """The result with its bytes, or with its link alone where the bytes can't be had or sent."""
        result = generation.results[index]
        limit_bytes = self._messenger.upload_limit_bytes(generation.destination)
        if result.url is None or not limit_bytes:
            return Deliverable(index=index, result=result)
        if as_link:
            return Deliverable(index=index, result=result, why_link=LinkReason.NOT_SENT)
        try:
            opening = self._open_result(generation, index, limit_bytes=limit_bytes)
            file = await files.enter_async_context(opening)
            if result.kind in MEDIA and is_page(file.mime):
                raise ResultUnavailable("a page in place of the file")
            return Deliverable(index=index, result=result, file=file, cover=await self._open_cover(result, files))
        except ResultUnavailable:
            if patient:
                raise
            why = LinkReason.NOT_READ
        except (ResultGone, ResultRefused) as error:
            log.warning("result.not_fetched", generation_id=generation.id, error=error.code)
            why = _REASONS.get(type(error), LinkReason.NOT_READ)
        return Deliverable(index=index, result=result, why_link=why)

    async def _rest(self, generation: Generation, error: Exception, wait: float) -> None:
        log.warning("delivery.postponed", generation_id=generation.id, error=str(error))
        self._metrics.count("delivery_postponed")
        await self._clock.sleep(_wait_s(error, wait))


_REASONS: Final = {ResultGone: LinkReason.GONE, ResultTooLarge: LinkReason.TOO_LARGE}


def _wait_s(error: Exception, wait: float) -> float:
    asked = error.retry_after_s if isinstance(error, MessengerUnavailable) else None
    return asked or wait
