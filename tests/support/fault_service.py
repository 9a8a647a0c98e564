"""The whole service in one process, as `mediabot run` builds it, between the simulators and a real PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from random import Random
from typing import Any, Final

from aiogram.client.session.aiohttp import AiohttpSession
from aiohttp import ClientSession

from adapters.embedded_postgres import EmbeddedServer
from adapters.fluent_texts import load_texts
from adapters.kie_http import KieHttpProvider
from adapters.kie_http.provider import KieLimits
from adapters.ops_http import OpsServer, Service
from adapters.postgres_lock import PostgresLocks
from adapters.postgres_store import open_database
from adapters.prometheus import PrometheusMetrics
from adapters.result_http import HttpResultFetcher
from adapters.result_http.fetcher import FetchLimits
from adapters.system.machine import SystemClock
from adapters.telegram.api.client import open_bot
from application.generating.creation_rate_limiter import CreationWindow
from config.adapters import Adapters
from config.billing_settings import BillingSettings
from config.bot import Bot, bot_on
from config.service import status
from config.sessions import http_session, result_session
from config.settings import EVERYONE, Settings
from domain.leadership import NORMAL_TIMING, LeadershipState
from simulators.kie import NO_LIMIT, KieSimulator, SimulatorOptions
from simulators.kie import serve as serve_kie
from simulators.telegram import TelegramWorld
from simulators.telegram import serve as serve_telegram
from tests.support.fast_clock import FastClock
from tests.support.fault_scene import PATIENCE_S, PRICES, RATE, Scene
from tests.support.log_record import logs_recorded
from tests.support.registry import catalog
from tests.support.tcp_proxy import proxy_before

TOKEN: Final = "4200000042:" + "bot-token-" * 4
KIE_KEY: Final = "kie-key-that-nobody-may-see"
HMAC_KEY: Final = "hmac-key-that-nobody-may-see"
WITNESS: Final = "witness"
"""What the sessions are called that look on, and that no fault is about."""

LIMITS: Final = KieLimits(
    connect_s=0.2, create_s=0.2, read_s=0.2, upload_s=0.2, attempts=3, first_wait_s=0.01, longest_wait_s=0.05
)
FETCH_LIMITS: Final = FetchLimits(total_s=0.3, connect_s=0.2, silence_s=0.2, first_wait_s=0.01)
WINDOW: Final = CreationWindow(10, 1.0)
"""So few slots that a leaked one is soon missed."""

SELLING: Final = BillingSettings(is_on=True, prices=PRICES, once_units=10_000_000)
"""People pay; what they are given for nothing is enough for any load."""

TEXTS: Final = load_texts()


@asynccontextmanager
async def fault_scene(database: str, *, seed: int = 0, server: EmbeddedServer | None = None) -> AsyncIterator[Scene]:
    """A leading service, three people, and nothing wrong yet. The store is reached through a proxy, the lock directly.

    ``server`` is the one behind ``database`` where the scene may do with it as it likes.
    """
    clock, kie = FastClock(RATE), _kie(seed)
    telegram = TelegramWorld(tokens=[TOKEN], repeat_rules=False, seed=seed)
    async with AsyncExitStack() as stack:
        logs = stack.enter_context(logs_recorded())
        telegram_url = await stack.enter_async_context(serve_telegram(telegram))
        kie_url = await stack.enter_async_context(serve_kie(kie))
        store_line, store_dsn = await stack.enter_async_context(proxy_before(database))
        witness = open_database(f"{database}&application_name={WITNESS}", pool_size=1)
        ops = await stack.enter_async_context(_ops())
        settings = _settings(telegram_url, kie_url, f"http://127.0.0.1:{ops.port}")
        session = await stack.enter_async_context(http_session())
        results = await stack.enter_async_context(result_session(settings))
        bot = bot_on(
            Adapters(
                settings=settings,
                metrics=PrometheusMetrics(),
                database=await stack.enter_async_context(open_database(store_dsn)),
                telegram=open_bot(TOKEN, clock=clock, api_base=telegram_url),
                locks=PostgresLocks(database, holder="scene", clock=SystemClock(), timing=NORMAL_TIMING),
                **_hurried(clock, settings, session, results),
            )
        )
        scene = Scene(
            telegram=telegram,
            kie=kie,
            people=[telegram.add_person(name) for name in ("Vera", "Ann", "Bob")],
            clock=clock,
            bot=bot,
            dsn=database,
            store_line=store_line,
            server=server,
            witness=await stack.enter_async_context(witness),
            callback_base=settings.public_url or "",
            logs=logs,
            chance=Random(seed),
        )
        await stack.enter_async_context(_leading(bot, ops))
        yield scene


def _kie(seed: int) -> KieSimulator:
    options = SimulatorOptions(
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
    )
    return KieSimulator(options)


def _ops() -> OpsServer:
    return OpsServer(
        host="127.0.0.1", port=0, now=SystemClock().now, metrics=lambda: (b"", ""), callback_keys=[HMAC_KEY]
    )


def _settings(telegram_url: str, kie_url: str, public_url: str) -> Settings:
    return Settings(
        telegram_bot_token=TOKEN,
        kie_api_key=KIE_KEY,
        kie_webhook_hmac_keys=(HMAC_KEY,),
        public_url=public_url,
        telegram_api_base=telegram_url,
        kie_api_base=kie_url,
        kie_upload_base=kie_url,
        creation_window=WINDOW,
        allow_private_hosts=True,
        access=EVERYONE,
        billing=SELLING,
    )


def _hurried(clock: FastClock, settings: Settings, session: ClientSession, results: ClientSession) -> Mapping[str, Any]:
    """The service's own waits by the fast clock, its time limits shorter; the lock keeps the machine's time."""
    return {
        "texts": TEXTS,
        "catalog": catalog(),
        "clock": clock,
        "session": session,
        "result_session": results,
        "own_provider": KieHttpProvider(
            session,
            api_key=KIE_KEY,
            api_base=settings.kie_api_base,
            upload_base=settings.kie_upload_base,
            clock=clock,
            limits=LIMITS,
        ),
        "own_fetcher": HttpResultFetcher(results, limits=FETCH_LIMITS),
    }


@asynccontextmanager
async def _leading(bot: Bot, ops: OpsServer) -> AsyncIterator[None]:
    stop, leadership = asyncio.Event(), bot.acquire_leadership()
    ops.opened(
        Service(
            handle_callback=bot.handle_callback(),
            status=lambda: status(bot),
            not_ready=lambda: leadership.status.fault,
        )
    )
    leading = asyncio.create_task(leadership(stop), name="leading")
    try:
        async with asyncio.timeout(PATIENCE_S):
            while leadership.status.state is not LeadershipState.LEADER:
                await asyncio.sleep(0.005)
        yield
        assert not leading.done(), leading
    finally:
        stop.set()
        await leading
        await bot.turns().close()
        await bot.background().drain(0.0)
        client = bot.telegram().session
        if isinstance(client, AiohttpSession) and client._session:
            await client._session.close()  # without the quarter of a second that the client sleeps when it closes
