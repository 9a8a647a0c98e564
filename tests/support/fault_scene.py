"""The whole service in one process, on the simulators and a real PostgreSQL, with people who wish for things."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from enum import Enum
from itertools import count
from random import Random
from typing import Final

from attrs import define, field, frozen
from dependency_injector import providers

from adapters.embedded_postgres import EmbeddedServer
from adapters.fluent_texts import load_texts
from adapters.kie_http import KieHttpProvider
from adapters.kie_http.provider import KieLimits
from adapters.kie_simulator import NO_LIMIT, KieSimulator, SimulatorOptions
from adapters.kie_simulator import serve as serve_kie
from adapters.ops_http import OpsServer, Service
from adapters.postgres_lock import PostgresLeaderLock
from adapters.postgres_store import Database, PostgresGenerationStore, open_database
from adapters.prometheus import PrometheusMetrics
from adapters.result_http import HttpResultFetcher
from adapters.result_http.fetcher import FetchLimits
from adapters.system.clock import SystemClock
from adapters.telegram import open_bot
from adapters.telegram_simulator import Message, PersonClient, TelegramWorld, Upload
from adapters.telegram_simulator import serve as serve_telegram
from application.errors import StoreUnavailable
from application.steps.submission_turns import CreationWindow
from config.bot import Bot
from config.service import status
from config.sessions import http_session, result_session
from config.settings import Settings
from domain.generation import Generation, UserId
from domain.leadership import NORMAL_TIMING
from tests.support.fast_clock import FastClock
from tests.support.kie_client import png_bytes
from tests.support.kie_registry import raw_registry
from tests.support.log_record import LogRecord, logs_recorded
from tests.support.registry import catalog
from tests.support.tcp_proxy import TcpProxy, proxy_before

TOKEN: Final = "4200000042:" + "bot-token-" * 4
KIE_KEY: Final = "kie-key-that-nobody-may-see"
HMAC_KEY: Final = "hmac-key-that-nobody-may-see"

RATE: Final = 40.0
"""How many of the service's seconds pass in one of the machine's."""
SETTLING_RATE: Final = 3_000.0
"""While nothing is left to wait for but time-outs of many minutes."""
FIRST_QUIET_S: Final = 0.35
"""Longer than anything that is slow by the machine's time."""
NEXT_QUIET_S: Final = 0.1
WITNESS: Final = "witness"
"""What the sessions are called that look on, and that no fault is about."""
PATIENCE_S: Final = 30.0

LIMITS: Final = KieLimits(
    connect_s=0.2, create_s=0.2, read_s=0.2, upload_s=0.2, attempts=3, first_wait_s=0.01, longest_wait_s=0.05
)
FETCH_LIMITS: Final = FetchLimits(total_s=0.3, connect_s=0.2, silence_s=0.2, first_wait_s=0.01)
WINDOW: Final = CreationWindow(10, 1.0)
"""So few slots that a leaked one is soon missed."""

TEXTS: Final = load_texts()


class Kind(Enum):
    """What is wished for: the model's command, whether a picture goes with it, how many results come."""

    IMAGE = ("z-image", False, 1)
    ALBUM = ("bytedance/seedream-v4-text-to-image", False, 3)
    UPLOAD = ("qwen/image-to-image", True, 1)
    TEXT = ("omnihuman-1-5/subject-detection", True, 1)
    VIDEO = ("grok-imagine/text-to-video", False, 1)
    FAILING = ("z-image ", False, 0)

    @property
    def model(self) -> str:
        return self.value[0].strip()

    @property
    def needs_picture(self) -> bool:
        return self.value[1]

    @property
    def results(self) -> int:
        return self.value[2]


MIX: Final = (Kind.IMAGE, Kind.UPLOAD, Kind.ALBUM, Kind.FAILING, Kind.TEXT)


@frozen(kw_only=True)
class AskedFor:
    """One wish as it was said."""

    person: PersonClient
    message: Message
    kind: Kind
    words: str

    @property
    def request_key(self) -> str:
        """What the front end calls this request."""
        return f"telegram:message:{self.message.chat.id}:{self.message.id}"


@define(kw_only=True)
class Scene:
    """Everything a fault may get at, and everything a verdict looks at."""

    telegram: TelegramWorld
    kie: KieSimulator
    people: list[PersonClient]
    clock: FastClock
    bot: Bot
    dsn: str = field(repr=False)
    store_line: TcpProxy
    server: EmbeddedServer | None
    witness: Database
    callback_base: str
    logs: LogRecord
    chance: Random
    wishes: list[AskedFor] = field(factory=list, init=False)
    _numbers: "count[int]" = field(factory=lambda: count(1), init=False)

    def wish(self, kind: Kind, *, by: PersonClient | None = None, order: str = "") -> AskedFor:
        """Somebody asks for it in one message; ``order`` is for the simulated KIE."""
        number = next(self._numbers)
        person = by or self.people[number % 3]
        order = order or "!fail 501 no luck today" * (kind is Kind.FAILING)
        words = f"wish {number} of a fox {order}".strip()
        said = f"/generate {kind.model} {words}" + (" max_images=3" if kind is Kind.ALBUM else "")
        if kind is Kind.TEXT:
            said = f"/generate {kind.model}"
        if kind.needs_picture:
            message = person.send_file(Upload(data=png_bytes(), name="fox.png", mime="image/png"), caption=said)
        else:
            message = person.say(said)
        asked = AskedFor(person=person, message=message, kind=kind, words=words)
        self.wishes.append(asked)
        return asked

    async def load(self, number: int, kinds: Sequence[Kind] = MIX, *, over_s: float = 0.15) -> None:
        """So many wishes, one after another within ``over_s`` seconds."""
        for index in range(number):
            self.wish(kinds[index % len(kinds)])
            await asyncio.sleep(self.chance.uniform(0, 2 * over_s / number))

    async def rows(self) -> dict[str, Generation]:
        """The generations, by request key, as soon as the database answers."""
        while True:
            with suppress(StoreUnavailable):
                return await self._read_rows()
            await asyncio.sleep(0.05)

    async def _read_rows(self) -> dict[str, Generation]:
        store = PostgresGenerationStore(self.witness, self.bot.bot_id())
        found = [await store.history(UserId(f"telegram:{person.id}"), limit=10_000) for person in self.people]
        return {row.request_key: row for rows in found for row in rows}

    async def settled(self) -> None:
        """Wait until every wish was taken on or answered and every generation is closed.

        When nothing moves any more, time passes faster: what is left waits for time-outs of many minutes.
        """
        left, moved_at, patience_s = await self._left(), self._now_s(), FIRST_QUIET_S
        given_up_at = moved_at + PATIENCE_S
        while left:
            await asyncio.sleep(0.03)
            before, left = left, await self._left()
            if left != before:
                moved_at = self._now_s()
                self.clock.run_at(RATE)
            elif self._now_s() - moved_at > patience_s:
                patience_s = NEXT_QUIET_S
                self.clock.run_at(SETTLING_RATE)
            assert self._now_s() < given_up_at, f"not at an end: {left}\n{self.logs.text(60)}"

    @staticmethod
    def _now_s() -> float:
        return asyncio.get_running_loop().time()

    async def _left(self) -> list[object]:
        """What is not at its end."""
        rows = await self.rows()
        unheard = [asked.request_key for asked in self.wishes if asked.request_key not in rows]
        carried = self.bot.core.drive_generations().in_flight
        return [
            *([f"{carried} carried"] if carried else []),
            *((row.id, row.state, row.version) for row in rows.values() if not row.is_terminal),
            *(key for key in unheard if not self.answered_otherwise(key)),
        ]

    def answered_otherwise(self, request_key: str) -> bool:
        """Whether the message of a wish that was not taken on got an answer."""
        asked = next(each for each in self.wishes if each.request_key == request_key)
        return any(m.reply_to is asked.message for m in asked.message.chat.messages.values())

    async def until(self, holds: Callable[[], object]) -> None:
        """Wait for a moment in the middle of things."""
        async with asyncio.timeout(PATIENCE_S):
            while not holds():
                await asyncio.sleep(0.005)


@asynccontextmanager
async def fault_scene(database: str, *, seed: int = 0, server: EmbeddedServer | None = None) -> AsyncIterator[Scene]:
    """A leading service, three people, and nothing wrong yet. The store is reached through a proxy, the lock directly.

    ``server`` is the one behind ``database`` where the scene may do with it as it likes.
    """
    clock = FastClock(RATE)
    telegram = TelegramWorld(tokens=[TOKEN], repeat_rules=False, seed=seed)
    kie = KieSimulator(
        raw_registry(),
        SimulatorOptions(
            api_key=KIE_KEY,
            duration_s=0.05,
            creation_limit=NO_LIMIT,
            read_limit=NO_LIMIT,
            webhook_hmac_key=HMAC_KEY,
            callback_retry_s=0.05,
            callback_retries=200,
            picture_side=64,
            credits=1e9,
            seed=seed,
        ),
    )
    people = [telegram.add_person(name) for name in ("Vera", "Ann", "Bob")]
    stop = asyncio.Event()
    async with AsyncExitStack() as stack:
        logs = stack.enter_context(logs_recorded())
        telegram_url = await stack.enter_async_context(serve_telegram(telegram))
        kie_url = await stack.enter_async_context(serve_kie(kie))
        store_line, store_dsn = await stack.enter_async_context(proxy_before(database))
        ops = await stack.enter_async_context(
            OpsServer(host="127.0.0.1", port=0, now=SystemClock().now, metrics=lambda: (b"", ""), callback_key=HMAC_KEY)
        )
        base = f"http://127.0.0.1:{ops.port}"
        settings = Settings(
            telegram_bot_token=TOKEN,
            kie_api_key=KIE_KEY,
            kie_webhook_hmac_key=HMAC_KEY,
            database_url=store_dsn,
            public_url=base,
            telegram_api_base=telegram_url,
            kie_api_base=kie_url,
            kie_upload_base=kie_url,
            creation_window=WINDOW,
            allow_private_hosts=True,
        )
        bot = Bot(
            settings=settings,
            metrics=PrometheusMetrics(),
            dsn=database,
            holder="scene",
            database=await stack.enter_async_context(open_database(store_dsn)),
            session=await stack.enter_async_context(http_session()),
            result_session=await stack.enter_async_context(result_session(settings)),
            telegram=open_bot(TOKEN, clock=clock, api_base=telegram_url),
        )
        _hurry(bot, clock)
        scene = Scene(
            telegram=telegram,
            kie=kie,
            people=people,
            clock=clock,
            bot=bot,
            dsn=database,
            store_line=store_line,
            server=server,
            witness=await stack.enter_async_context(
                open_database(f"{database}&application_name={WITNESS}", pool_size=1)
            ),
            callback_base=base,
            logs=logs,
            chance=Random(seed),
        )
        async with _leading(bot, ops, stop):
            yield scene


def _hurry(bot: Bot, clock: FastClock) -> None:
    """The service's own waits by the fast clock, its time limits shorter; the lock keeps the machine's time."""
    settings, session = bot.settings(), bot.session()
    bot.texts.override(providers.Object(TEXTS))
    bot.adapters.catalog.override(providers.Object(catalog()))
    bot.adapters.clock.override(providers.Object(clock))
    bot.adapters.media_provider.override(
        providers.Object(
            KieHttpProvider(
                session,
                api_key=KIE_KEY,
                api_base=settings.kie_api_base,
                upload_base=settings.kie_upload_base,
                clock=clock,
                limits=LIMITS,
            )
        )
    )
    bot.adapters.fetcher.override(providers.Object(HttpResultFetcher(bot.result_session(), limits=FETCH_LIMITS)))
    lock = PostgresLeaderLock(bot.dsn(), bot=bot.bot_id(), holder="scene", clock=SystemClock(), timing=NORMAL_TIMING)
    bot.lock.override(providers.Object(lock))


@asynccontextmanager
async def _leading(bot: Bot, ops: OpsServer, stop: asyncio.Event) -> AsyncIterator[None]:
    core, leadership = bot.core, bot.acquire_leadership()
    ops.opened(
        Service(
            handle_callback=core.handle_callback(),
            status=lambda: status(bot),
            not_ready=lambda: leadership.status.fault,
        )
    )
    leading = asyncio.create_task(leadership(stop), name="leading")
    try:
        yield
        assert not leading.done(), leading
    finally:
        stop.set()
        await leading
        await asyncio.gather(bot.front_end().close(), core.turns().close(), core.errands().drain(0.0))
