"""Step of a delivery: the generations of one series wait for each other, and come as one album."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Final

import structlog
from attrs import define, field, frozen

from application.errors import ApplicationError, StoreUnavailable
from application.ports.clock import Clock
from application.ports.generation_store import GenerationStore
from application.ports.messenger import AlbumMessenger, AlbumPart, Deliverable, Messenger
from domain.generation import TERMINAL, Generation, GenerationId, GenerationState, Receipt
from domain.series import SeriesPlace, place_in_series

log = structlog.get_logger()

PATIENCE_S: Final = 180.0
"""A result waits no longer for slower ones: they come by themselves."""
LOOK_EVERY_S: Final = 1.0
GATHER_S: Final = 20.0
"""From the first file at hand to the last."""

ENDED: Final = TERMINAL | {GenerationState.DELIVERING}


@define(eq=False)
class _Album:
    """What is at hand of one series. ``expected`` are the successes that come along."""

    expected: frozenset[GenerationId]
    parts: list[AlbumPart] = field(factory=list)
    is_full: asyncio.Event = field(factory=asyncio.Event)
    sending: asyncio.Task[Sequence[Receipt | ApplicationError]] | None = None


@frozen(kw_only=True)
class SideBySide:
    """Albums of the front ends that have them (``albums``, by name); elsewhere each result goes as soon as it is there.

    One of these lives per process: all generations of a series are carried by the same leader.
    """

    _messenger: Messenger
    _albums: Mapping[str, AlbumMessenger]
    _store: GenerationStore
    _clock: Clock
    _open: dict[str, _Album] = field(factory=dict, init=False)

    async def wait_for_others(self, generation: Generation) -> None:
        """Until all of the series are at their end, or ``PATIENCE_S`` are over. Bad news does not wait."""
        place = self._place(generation)
        tired_at = self._clock.monotonic() + PATIENCE_S
        while place and generation.failure is None and self._clock.monotonic() < tired_at:
            try:
                rows = await self._store.by_request_keys(place.keys)
            except StoreUnavailable as error:
                log.info("series.not_read", generation_id=generation.id, error=str(error))
            else:
                if all(row.state in ENDED for row in rows):
                    self._open.setdefault(place.name, _Album(expected=_coming(rows)))
                    return
            await self._clock.sleep(LOOK_EVERY_S)

    async def send(self, generation: Generation, items: Sequence[Deliverable]) -> Receipt:
        """Send it with the others of its series, as far as they are at hand; alone where it is alone. Raises as ``Messenger``."""
        place = self._place(generation)
        album = self._open.get(place.name) if place else None
        if place is None or album is None or generation.id not in album.expected or len(album.expected) < 2:
            return await self._messenger.deliver(generation, items)
        part = AlbumPart(generation=generation, items=tuple(items))
        album.parts.append(part)
        if len(album.parts) == len(album.expected):
            album.is_full.set()
        try:
            await self._wait(album)
        except asyncio.CancelledError:  # its files are closed, and it comes again: not with the others, and not twice
            album.parts.remove(part)
            raise
        if album.sending is None:  # the first to go on sends for all
            self._open[place.name] = _Album(expected=album.expected)  # for another try, should this one fail
            album.sending = asyncio.create_task(self._send(place, album), name=f"album-{place.name}")
        try:
            outcomes = await asyncio.shield(album.sending)
        except asyncio.CancelledError:  # its parts come again, and are not to arrive now as well
            album.sending.cancel()
            raise
        outcome = outcomes[[one.generation.id for one in album.parts].index(generation.id)]
        if isinstance(outcome, ApplicationError):
            raise outcome
        return outcome

    async def conclude(self, generation: Generation) -> None:
        """Once all of its series are closed, say so where it was begun. It is tried once: each part has said its own."""
        if (place := self._place(generation)) is None:
            return
        try:
            rows = await self._store.by_request_keys(place.keys)
            if all(row.is_terminal for row in rows):
                await self._albums[generation.destination.front_end].conclude_together(rows)
        except ApplicationError as error:
            log.info("series.not_concluded", generation_id=generation.id, error=str(error))

    async def _send(self, place: SeriesPlace, album: _Album) -> Sequence[Receipt | ApplicationError]:
        album.parts.sort(key=lambda part: part.generation.request_key)
        front_end = album.parts[0].generation.destination.front_end
        receipts = await self._albums[front_end].deliver_together(album.parts)
        self._open.pop(place.name, None)
        return receipts

    def _place(self, generation: Generation) -> SeriesPlace | None:
        joins = generation.destination.front_end in self._albums
        return place_in_series(generation.request_key) if joins else None

    async def _wait(self, album: _Album) -> None:
        late = asyncio.create_task(self._clock.sleep(GATHER_S))
        full = asyncio.create_task(album.is_full.wait())
        try:
            await asyncio.wait({late, full}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            late.cancel()
            full.cancel()


def _coming(rows: Sequence[Generation]) -> frozenset[GenerationId]:
    return frozenset(row.id for row in rows if row.undelivered and row.state not in TERMINAL)
