"""The stream of announcements, over breaks of the connection."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Final, Generic, TypeVar, cast

import stamina
from attrs import define, field

from adapters.postgres_store.database import Database
from application.errors import StoreUnavailable

CHANNEL: Final = "mediabot_generations"

Id = TypeVar("Id", bound=str)
ReadMissed = Callable[[], Awaitable[Iterable[Id]]]


def announcement(bot: str, changed_id: str) -> str:
    """The payload on a channel. An id holds no blank."""
    return f"{changed_id} {bot}"


@asynccontextmanager
async def changes_of(
    bot: str, database: Database, read_missed: ReadMissed[Id], *, channel: str = CHANNEL
) -> AsyncIterator[AsyncIterator[Id]]:
    """Ids announced for ``bot``. After a break of the connection those of ``read_missed`` come, too."""
    stream = _Stream(read_missed)
    async with database.listening(channel, bot, stream.hear, stream.miss):
        yield stream.ids()


@define(eq=False)
class _Stream(Generic[Id]):
    """Keeps each id once until it is drawn, so a slow reader costs no more memory than there are ids."""

    _read_missed: ReadMissed[Id]
    _waiting: dict[Id, None] = field(factory=dict, init=False)
    _has_missed: bool = field(default=False, init=False)
    _woken: asyncio.Event = field(factory=asyncio.Event, init=False)

    def hear(self, payload: str) -> None:
        """Keep what was announced."""
        self._waiting[cast("Id", payload.partition(" ")[0])] = None
        self._woken.set()

    def miss(self) -> None:
        """Something may have been announced while no one could listen."""
        self._has_missed = True
        self._woken.set()

    async def ids(self) -> AsyncIterator[Id]:
        """Yield what is kept, for ever."""
        while True:
            await self._woken.wait()
            self._woken.clear()
            if self._has_missed:
                await self._catch_up()
            drawn, self._waiting = self._waiting, {}
            for changed_id in drawn:
                yield changed_id

    async def _catch_up(self) -> None:
        async for attempt in stamina.retry_context(
            on=StoreUnavailable, attempts=None, timeout=None, wait_initial=0.1, wait_max=5.0, wait_jitter=0.1
        ):
            with attempt:
                self._has_missed = False
                self._waiting.update(dict.fromkeys(await self._read_missed()))
