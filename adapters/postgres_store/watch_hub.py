"""One connection that hears every change of a generation, for all the pages that this process has open."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from typing import Final

import structlog
from attrs import define, field

from adapters.postgres_store.database import Database
from application.errors import StoreUnavailable
from domain.generation import GenerationId, UserId

log = structlog.get_logger(__name__)

CHANNEL: Final = "mediabot_watch"
"""As migration 26 announces."""
AGAIN_AFTER_S: Final = 0.5


@define(eq=False)
class _Watcher:
    """Each id once until it is drawn, so that a slow page costs no more memory than there are generations."""

    waiting: dict[GenerationId, None] = field(factory=dict)
    missed: bool = False
    woken: asyncio.Event = field(factory=asyncio.Event)

    async def changes(self) -> AsyncIterator[Collection[GenerationId]]:
        while True:
            await self.woken.wait()
            self.woken.clear()
            ids, missed = tuple(self.waiting), self.missed
            self.waiting, self.missed = {}, False
            if missed:
                yield ()
            elif ids:
                yield ids


class WatchHub:
    """``run`` keeps the connection while the process lives; ``watch`` works before, meanwhile and in breaks of it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._watchers: dict[tuple[str, str], set[_Watcher]] = defaultdict(set)

    @asynccontextmanager
    async def watch(self, bot: str, user: UserId) -> AsyncIterator[AsyncIterator[Collection[GenerationId]]]:
        """As ``ProgressStore.watch`` promises, for one bot."""
        watcher, key = _Watcher(), (bot, str(user))
        self._watchers[key].add(watcher)
        try:
            yield watcher.changes()
        finally:
            self._watchers[key].discard(watcher)
            if not self._watchers[key]:
                del self._watchers[key]

    async def run(self) -> None:
        """Listen until cancelled, over breaks of the connection; who watches then hears that something was missed."""
        while True:
            try:
                async with self._database.listening(CHANNEL, "", self._hear, self._tell_all_to_look):
                    self._tell_all_to_look()
                    await asyncio.Event().wait()
            except StoreUnavailable as error:
                log.warning("watching.interrupted", error=str(error))
            except Exception:
                log.exception("watching.fault")
            await asyncio.sleep(AGAIN_AFTER_S)

    def _hear(self, payload: str) -> None:
        generation_id, _, rest = payload.partition(" ")
        bot, _, user = rest.partition(" ")
        for watcher in self._watchers.get((bot, user), ()):
            watcher.waiting[GenerationId(generation_id)] = None
            watcher.woken.set()

    def _tell_all_to_look(self) -> None:
        for watchers in self._watchers.values():
            for watcher in watchers:
                watcher.missed = True
                watcher.woken.set()
