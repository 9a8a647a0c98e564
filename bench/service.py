"""The whole service as a subject: everything of `mediabot run` but Telegram, on a real PostgreSQL.

Wishes go in where the front end puts them, results come out where it takes them: through ``RequestGeneration`` and the
``Messenger``. Leadership, store, queue, provider and callbacks are the real ones, put together by ``config/bot.py``.
"""

import asyncio
import io
import json
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import count
from typing import Final

import asyncpg
from attrs import define, field
from dependency_injector import providers

from adapters.memory.attachment_source import InMemoryAttachmentSource
from adapters.ops_http import OpsServer, Service
from adapters.postgres_store import open_database
from adapters.prometheus import PrometheusMetrics
from adapters.system.machine import SystemClock
from application.errors import ApplicationError
from application.generating.creation_rate_limiter import CreationWindow
from application.generating.request_generation import GenerationRequest
from application.leading.acquire_leadership import AcquireLeadership
from application.ports.messenger import Deliverable, Progress
from bench.load import PICTURE, Load, prompt_of
from bench.record import Record
from bench.simulated_kie import API_KEY
from config.adapters import Adapters
from config.bot import Bot, bot_on
from config.logs import configure_logging
from config.service import keep_for_good
from config.sessions import http_session, result_session
from config.settings import Settings
from domain.generation import Destination, Generation, Receipt, UserId
from domain.model import ModelId
from domain.polling import REMEMBERED

NO_WINDOW: Final = CreationWindow(1_000_000, 0.1)
BOT: Final = "1"
USERS: Final = 1000
OTHER: Final = "z-image"
WARM_UP: Final = 300
"""Generations of another model that go first: connections, caches and memory are then as in a service that has run."""

CLOCK: Final = SystemClock()

ENDS: Final = """
SELECT task_id, state, extract(epoch FROM ended_at)::float8 AS found_at, extract(epoch FROM closed_at)::float8 AS delivered_at
  FROM generations WHERE bot = $1 AND model_id = $2
"""


class SilentMessenger:
    """``Messenger`` that takes everything and does nothing but count the last words."""

    def upload_limit_bytes(self, _destination: Destination, /) -> int:
        return 0

    def __init__(self) -> None:
        self._messages = count(1)
        self._concluded = 0
        self._changed = asyncio.Condition()

    async def has_concluded(self, generations: int) -> None:
        """Wait until so many are done."""
        async with self._changed:
            await self._changed.wait_for(lambda: self._concluded >= generations)

    async def show_progress(self, generation: Generation, _progress: Progress, /) -> str | None:
        return generation.progress_message or f"message{next(self._messages)}"

    async def deliver(self, _generation: Generation, items: Sequence[Deliverable], /) -> Receipt:
        return Receipt(
            indexes=tuple(item.index for item in items), message=f"message{next(self._messages)}", file_ids=()
        )

    def batches(self, generation: Generation, /) -> Sequence[Sequence[int]]:
        return [generation.undelivered] if generation.undelivered else []

    async def conclude(self, _generation: Generation, /) -> None:
        async with self._changed:
            self._concluded += 1
            self._changed.notify_all()


class Troubles(io.StringIO):
    """A log stream that keeps nothing and counts what is a warning or worse."""

    def __init__(self) -> None:
        super().__init__()
        self.found: Counter[str] = Counter()

    def write(self, text: str) -> int:
        if '"level": "info"' not in text and text.strip():
            self.found[json.loads(text)["event"]] += 1
        return len(text)


@define
class RunningService:
    """A service that leads."""

    core: Bot
    dsn: str
    troubles: Troubles
    _messenger: SilentMessenger
    _keys: "count[int]" = field(factory=count, init=False)
    _wishes: int = field(default=0, init=False)

    async def wish(self, model: str, prompt: str) -> None:
        """One wish; a thousand people take turns."""
        number = next(self._keys)
        await self.core.request_generation()(
            GenerationRequest(
                user=UserId(f"bench:{number % USERS}"),
                destination=Destination(chat=str(number % USERS)),
                language="en",
                model=model,
                input={"prompt": prompt},
                request_key=f"wish{number}",
            )
        )
        self._wishes += 1

    @property
    def in_flight(self) -> int:
        in_flight: int = self.core.drive_generations().in_flight
        return in_flight

    async def idle(self) -> None:
        """Wait until every wish is done and its row is closed."""
        await self._messenger.has_concluded(self._wishes)
        while self.in_flight:  # noqa: ASYNC110 - what is left takes a write's time
            await asyncio.sleep(0.001)

    async def warm_up(self) -> None:
        for _ in range(REMEMBERED):
            self.core.planner().observe(ModelId(OTHER), 0.3)
        for _ in range(WARM_UP):
            await self.wish(OTHER, "a red fox in snow")
        await self.idle()

    async def follow(self, load: Load) -> Record:
        """Carry the whole load and say how that went."""
        for seconds in load.experience():
            self.core.planner().observe(PICTURE.id, seconds)
        record = Record()
        async with record.measured(lambda: self.in_flight):
            async for seconds in load.paced():
                try:
                    await self.wish(PICTURE.id, prompt_of(seconds))
                except ApplicationError as error:
                    record.trouble(error.code)
            await self.idle()
        record.troubles |= self.troubles.found
        await self._look_back(record)
        return record

    async def _look_back(self, record: Record) -> None:
        """What became of each generation, as the store has it."""
        connection = await asyncpg.connect(self.dsn)
        for row in await connection.fetch(ENDS, BOT, PICTURE.id):
            if row["state"] != "delivered":
                record.trouble(row["state"])
            elif row["task_id"]:
                record.found_at[row["task_id"]] = row["found_at"]
                record.delivered_at[row["task_id"]] = row["delivered_at"]
        await connection.close()


@asynccontextmanager
async def running_service(
    kie: str, dsn: str, *, callbacks: bool, window: CreationWindow = NO_WINDOW
) -> AsyncIterator[RunningService]:
    """The service on the KIE at ``kie`` and the migrated database ``dsn``; it leads when the context is entered."""
    troubles, metrics, messenger = Troubles(), PrometheusMetrics(), SilentMessenger()
    configure_logging(form="json", level="info", secrets=[API_KEY, dsn], stream=troubles)
    async with AsyncExitStack() as stack:
        ops = OpsServer(host="127.0.0.1", port=0, now=CLOCK.now, metrics=metrics.exposition, callback_keys=())
        await stack.enter_async_context(ops)
        settings = Settings(
            telegram_bot_token=f"{BOT}:bench",
            kie_api_key=API_KEY,
            kie_api_base=kie,
            kie_upload_base=kie,
            public_url=f"http://127.0.0.1:{ops.port}" if callbacks else None,
            creation_window=window,
            allow_private_hosts=True,
        )
        core = bot_on(
            Adapters(
                settings=settings,
                metrics=metrics,
                dsn=dsn,
                holder="bench",
                database=await stack.enter_async_context(open_database(dsn)),
                session=await stack.enter_async_context(http_session()),
                result_session=await stack.enter_async_context(result_session(settings)),
                messenger=messenger,
                attachments=InMemoryAttachmentSource(CLOCK),
                albums=providers.Object({}),  # those are of the chat, which is not there
            )
        )
        ops.opened(Service(handle_callback=core.handle_callback(), status=dict, not_ready=lambda: None))
        leadership = AcquireLeadership(
            bot="1", lock=core.lock(), clock=CLOCK, duties={"generations": core.drive_generations()}, metrics=metrics
        )
        keep_for_good()
        stop = asyncio.Event()
        leading = asyncio.create_task(leadership(stop))
        while leadership.status.state != "leader":  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.01)
        yield RunningService(core, dsn, troubles, messenger)
        stop.set()
        await leading
        await core.turns().close()


def follow_load(kie: str, dsn: str, load: Load, callbacks: bool) -> Record:
    """The subject's process."""

    async def run() -> Record:
        async with running_service(kie, dsn, callbacks=callbacks) as service:
            await service.warm_up()
            return await service.follow(load)

    return asyncio.run(run())
