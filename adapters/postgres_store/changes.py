"""The stream of announcements, over breaks of the connection."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Final

import stamina
import structlog

from adapters.postgres_store.database import Connection, Database, unavailability
from application.errors import StoreUnavailable
from domain.generation import GenerationId

log = structlog.get_logger(__name__)

CHANNEL: Final = "mediabot_generations"
PROVE_EVERY_S: Final = 5.0

ReadUnfinished = Callable[[], Awaitable[Iterable[GenerationId]]]


def announcement(bot: str, generation_id: GenerationId) -> str:
    """The payload on ``CHANNEL``. An id holds no blank."""
    return f"{generation_id} {bot}"


@asynccontextmanager
async def changes_of(
    bot: str, database: Database, read_unfinished: ReadUnfinished
) -> AsyncIterator[AsyncIterator[GenerationId]]:
    """Ids announced for ``bot``, as ``GenerationStore.changes`` promises."""
    stream = _Stream(bot, database, read_unfinished)
    await stream.listen()
    try:
        yield stream.ids()
    finally:
        stream.close()


class _Stream:
    """Keeps each id once until it is drawn, so a slow reader costs no more memory than there are generations."""

    def __init__(self, bot: str, database: Database, read_unfinished: ReadUnfinished) -> None:
        self._bot = bot
        self._database = database
        self._read_unfinished = read_unfinished
        self._connection: Connection
        self._waiting: dict[GenerationId, None] = {}
        self._woken = asyncio.Event()

    async def listen(self) -> None:
        with unavailability():
            connection = await self._database.dedicated()
            try:
                connection.add_termination_listener(lambda _connection: self._woken.set())
                await connection.add_listener(CHANNEL, self._hear)
            except BaseException:
                connection.terminate()
                raise
        self._connection = connection

    def close(self) -> None:
        self._connection.terminate()

    async def ids(self) -> AsyncIterator[GenerationId]:
        while True:
            while not self._waiting:
                await self._wait()
            drawn, self._waiting = self._waiting, {}
            for generation_id in drawn:
                yield generation_id

    def _hear(self, _connection: object, _pid: int, _channel: str, payload: object) -> None:
        generation_id, _, bot = str(payload).partition(" ")
        if bot == self._bot:
            self._waiting[GenerationId(generation_id)] = None
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
                self._waiting.update(dict.fromkeys(await self._read_unfinished()))
        log.info("changes.resumed")
