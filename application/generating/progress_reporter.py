"""Who is shown what while they wait."""

import asyncio
import heapq
from collections.abc import Callable, Iterator
from itertools import chain, count, repeat
from typing import Final

import structlog
from attrs import define, evolve, field

from application.errors import ApplicationError
from application.generating.progress_news import is_news
from application.ports.clock import Clock
from application.ports.generation_store import GenerationStore
from application.ports.messenger import Messenger, Progress
from application.ports.progress_store import ProgressStore
from domain.generation import Generation, GenerationId
from domain.series import place_in_series

log = structlog.get_logger()

WORKERS: Final = 8
"""Messages edited at the same time; one slow chat holds up one of them."""

TICK_S: Final = 0.5

PAUSES_S: Final = (3.0, 5.0, 7.0, 10.0, 15.0, 20.0, 30.0)
"""Between two looks at the same wish; the last one repeats. A minute's wait takes seven edits, an hour's a hundred."""


@define(eq=False)
class _Watched:
    generation: Generation
    describe: Callable[[], Progress]
    message: str | None
    pauses: Iterator[float] = field(factory=lambda: chain(PAUSES_S, repeat(PAUSES_S[-1])))
    showing: asyncio.Lock = field(factory=asyncio.Lock)
    gone: bool = False
    noted: Progress | None = None


class ProgressReporter:
    """Shows progress beside the work, never in its way: a chat that answers slowly delays no one's result.

    A message that could not be shown is not worth an error; the next look tries again.
    """

    def __init__(
        self, messenger: Messenger, store: GenerationStore, clock: Clock, notes: ProgressStore | None = None
    ) -> None:
        self._messenger = messenger
        self._notes = notes
        self._store = store
        self._clock = clock
        self._watched: dict[GenerationId, _Watched] = {}
        self._due: list[tuple[float, int, _Watched]] = []
        self._order = count()
        self._ready: asyncio.Queue[_Watched] = asyncio.Queue()

    def show(self, generation: Generation, describe: Callable[[], Progress], *, after_s: float = 0.0) -> None:
        """From ``after_s`` seconds on show what ``describe`` says, until ``stop``. Calling again changes what is shown.

        Nothing for a quiet one, and one message for a series.
        """
        place = place_in_series(generation.request_key)
        if generation.quiet or (place and place.number > 1):
            return
        watched = self._watched.get(generation.id)
        if watched:
            watched.generation, watched.describe = generation, describe
            return
        watched = _Watched(generation, describe, generation.progress_message)
        self._watched[generation.id] = watched
        self._look_again(watched, after_s)

    def mute(self, generation_id: GenerationId) -> None:
        """Stop showing. An edit may be under way."""
        if watched := self._watched.pop(generation_id, None):
            watched.gone = True

    async def stop(self, generation: Generation) -> Generation:
        """Stop showing; no edit is under way any more. Gives the generation with the message that was shown."""
        watched = self._watched.pop(generation.id, None)
        if watched is None:
            return generation
        watched.gone = True
        async with watched.showing:
            return evolve(generation, progress_message=watched.message)

    def reset(self) -> None:
        """Forget everybody: another leader showed them what they saw last."""
        for watched in self._watched.values():
            watched.gone = True
        self._watched.clear()
        self._due.clear()

    async def run(self) -> None:
        """Look around until cancelled. What can't be shown of one generation keeps no other waiting."""
        async with asyncio.TaskGroup() as group:
            for number in range(WORKERS):
                group.create_task(self._work(), name=f"progress-{number}")
            while True:
                now = self._clock.monotonic()
                while self._due and self._due[0][0] <= now:
                    self._ready.put_nowait(heapq.heappop(self._due)[2])
                await self._clock.sleep(TICK_S)

    def _look_again(self, watched: _Watched, after_s: float) -> None:
        if after_s <= 0:
            self._ready.put_nowait(watched)
        else:
            heapq.heappush(self._due, (self._clock.monotonic() + after_s, next(self._order), watched))

    async def _work(self) -> None:
        while True:
            watched = await self._ready.get()
            async with watched.showing:
                if not watched.gone:
                    await self._show(watched)
            if not watched.gone:
                self._look_again(watched, next(watched.pauses))

    async def _show(self, watched: _Watched) -> None:
        generation = evolve(watched.generation, progress_message=watched.message)
        try:
            progress = watched.describe()
            await self._note(watched, progress)
            message = await self._messenger.show_progress(generation, progress)
            if message and message != watched.message:
                watched.message = message
                await self._store.note_progress_message(generation.id, message)
        except ApplicationError as error:
            log.debug("progress.not_shown", generation_id=generation.id, error=error.code)
        except Exception:
            log.exception("progress.fault", generation_id=generation.id)

    async def _note(self, watched: _Watched, progress: Progress) -> None:
        """For pages that watch; the chat is shown it all the same where that fails."""
        if self._notes is None or not is_news(watched.noted, progress):
            return
        try:
            await self._notes.note(watched.generation.id, progress)
            watched.noted = progress
        except ApplicationError as error:
            log.debug("progress.not_noted", generation_id=watched.generation.id, error=error.code)
