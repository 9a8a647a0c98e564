"""The stream of announcements, over breaks of the connection."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Final, Generic, TypeVar, cast

import stamina
import structlog

from adapters.postgres_store.database import Connection, Database, unavailability
from application.errors import StoreUnavailable

log = structlog.get_logger(__name__)

CHANNEL: Final = "mediabot_generations"
PROVE_EVERY_S: Final = 5.0

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
    stream = _Stream(bot, database, read_missed, channel)
    await stream.listen()
    try:
        yield stream.ids()
    finally:
        stream.close()


class _Stream(Generic[Id]):
    """Keeps each id once until it is drawn, so a slow reader costs no more memory than there are ids."""

    def __init__(self, bot: str, database: Database, read_missed: ReadMissed[Id], channel: str = CHANNEL) -> None:
        self._bot = bot
        self._database = database
        self._read_missed = read_missed
        self._channel = channel
        self._connection: Connection
        self._waiting: dict[Id, None] = {}
        self._woken = asyncio.Event()

    async def listen(self) -> None:
        with unavailability():
            connection = await self._database.dedicated()
            try:
                connection.add_termination_listener(lambda _connection: self._woken.set())
                await connection.add_listener(self._channel, self._hear)
            except BaseException:
                connection.terminate()
                raise
        self._connection = connection

    def close(self) -> None:
        self._connection.terminate()

    async def ids(self) -> AsyncIterator[Id]:
        while True:
            while not self._waiting:
                await self._wait()
            drawn, self._waiting = self._waiting, {}
            for changed_id in drawn:
                yield changed_id

    def _hear(self, _connection: object, _pid: int, _channel: str, payload: object) -> None:
        changed_id, _, bot = str(payload).partition(" ")
        if bot == self._bot:
            self._waiting[cast("Id", changed_id)] = None
            self._woken.set()

    async def _wait(self) -> None:
        """Until something was heard or the connection has been renewed, or for a while."""
        try:
            # Not wait_for: before Python 3.12 it loses a cancellation that comes with the end of what it waits for, and the
            # end of this session comes with that of the leader's lock whenever the server goes down.
            async with asyncio.timeout(PROVE_EVERY_S):
                await self._woken.wait()
        except TimeoutError:
            pass
        else:
            self._woken.clear()
            if self._waiting:
                return
        if not await self._still_listens():
            await self._listen_again()

    async def _still_listens(self) -> bool:
        """Asked now and then: a network that swallows everything closes nothing."""
        try:
            with unavailability():
                await self._connection.execute("SELECT 1")
        except StoreUnavailable as error:
            log.warning("changes.interrupted", error=str(error))
            return False
        return True

    async def _listen_again(self) -> None:
        async for attempt in stamina.retry_context(
            on=StoreUnavailable, attempts=None, timeout=None, wait_initial=0.1, wait_max=5.0, wait_jitter=0.1
        ):
            with attempt:
                self.close()
                await self.listen()
                self._waiting.update(dict.fromkeys(await self._read_missed()))
        log.info("changes.resumed")
