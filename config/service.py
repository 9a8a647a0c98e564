"""`mediabot run`: the bot and its HTTP port, leading or standing by, until it is asked to stop."""

import asyncio
import gc
import os
import resource
import signal
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Final

import structlog
from attrs import evolve
from dependency_injector import providers

from adapters.embedded_postgres import embedded_postgres
from adapters.ops_http import OpsServer, Service
from adapters.postgres_store import Database, migrate, open_database
from adapters.postgres_store.bot_directory import PostgresBotDirectory
from adapters.postgres_store.bot_states import PostgresBotStates
from adapters.prometheus import PrometheusMetrics
from adapters.sealing import FernetBox
from adapters.system.machine import SystemClock
from adapters.telegram.bot.updates.existing_webhook import WEBHOOK_PATH
from application.errors import StoreUnavailable, StoreUnusable
from application.operating.watch_bots import WatchBots, WatchFirstBot
from application.ports.clock import Clock
from config.bot import Bot
from config.building import bot_builder, holder
from config.doors import Doors
from config.fleet import LOOK_EVERY_S, Fleet, Named, settings_of
from config.loop_faults import log_loop_faults
from config.memory import give_memory_back
from config.observing import tracing
from config.settings import Settings
from domain.backoff import Backoff
from domain.bot import BotId
from domain.generation import GenerationId

log = structlog.get_logger()

EVERYWHERE: Final = "0.0.0.0"  # noqa: S104 - the platform's router must reach the port
INTERRUPTED: Final = 130
DESCRIPTORS: Final = 16_384


async def serve(settings: Settings) -> int:
    """Run until SIGTERM (exit status 0) or SIGINT (130); a second one leaves at once.

    The port is bound before anything else is opened, and answers while the database is away.

    Raises:
        OSError: the port can't be bound.
        EmbeddedPostgresError: no ``DATABASE_URL``, and no database of our own can be had.
    """
    give_memory_back()
    allow_many_descriptors()
    log_loop_faults()
    stop, metrics, clock = Stop(), PrometheusMetrics(), SystemClock()
    doors = Doors(settings, clock)
    async with AsyncExitStack() as stack:
        tracer = stack.enter_context(tracing(settings, holder(settings)))
        ops = await stack.enter_async_context(ops_server(settings, clock, metrics, doors))
        dsn = await stack.enter_async_context(database_of(settings))
        if await migrated(dsn, stop, ops.waits_for):
            build = await stack.enter_async_context(bot_builder(settings, dsn, metrics=metrics, tracer=tracer))
            own = await settings_of_first(settings, build.database, stop, ops.waits_for)
            if own is None:
                return 0
            first = build(own)
            watch = WatchBots(PostgresBotStates(build.database), clock, metrics)
            look_after_all(first, watch)

            def another(own: Settings) -> Bot:
                is_first = own.bot_id == first.bot_id()
                bot = build(own if is_first else evolve(own, studio_path=f"/{own.bot_id}"))
                if is_first:
                    look_after_all(bot, watch)
                else:
                    speaks_for = WatchFirstBot(watch, BotId(first.bot_id()), BotId(own.bot_id))
                    bot.first_bot.override(providers.Object(speaks_for))
                return bot

            fleet = Fleet(settings, build.database, clock, another, run_bot, build.accounts, first, watch)
            await lead(first, ops, stop, doors, fleet, is_in_directory=own is not settings)
    return INTERRUPTED if stop.signal is signal.SIGINT else 0


def ops_server(settings: Settings, clock: Clock, metrics: PrometheusMetrics, doors: Doors) -> OpsServer:
    """The HTTP port, not bound yet."""
    return OpsServer(
        host=EVERYWHERE,
        port=settings.port,
        now=clock.now,
        metrics=metrics.exposition,
        callback_keys=settings.kie_webhook_hmac_keys,
        metrics_token=settings.metrics_token,
        routes=doors.routes(),
    )


def look_after_all(first: Bot, watch: WatchBots) -> None:
    """Have this bot's admins see all bots, and learn which hears nothing from Telegram."""
    first.bots.override(providers.Object(watch))


async def settings_of_first(
    settings: Settings, database: Database, stop: "Stop", tell: Callable[[str], None]
) -> Settings | None:
    """Return the settings of the bot whose studio and API this is: that of the environment, else the oldest of the directory.

    Waits for one, and says so to ``tell``. None: asked to stop meanwhile. One that can't be opened is passed over.

    Raises:
        SecretsUnreadable: there are bots, and none can be opened.
    """
    if settings.telegram_bot_token:
        return settings
    directory = PostgresBotDirectory(database, FernetBox(settings.secrets_keys))
    while True:
        try:
            found = await directory.readable()
            if found.bots:
                return settings_of(settings, found.bots[0])
            await directory.all()  # raises where there are bots and none can be opened
            tell("There is no bot yet. Add one with `mediabot bots add`.")
        except StoreUnavailable as error:
            tell(str(error))
        if await SystemClock().wait(stop.event, LOOK_EVERY_S):
            return None


async def lead(
    bot: Bot, ops: OpsServer, stop: "Stop", doors: Doors, fleet: Fleet, *, is_in_directory: bool = False
) -> None:
    """Compete for the lock of each bot and do what a leader does, until asked to stop.

    ``bot`` answers at the doors. Where it is one of the directory, the fleet runs it like the others, so that a change of it
    takes effect as well.
    """
    bot.check_dependencies()
    ops.opened(_service_of(bot, fleet, is_in_directory=is_in_directory))
    keep_for_good()
    watching = asyncio.create_task(bot.adapters().watch_hub().run(), name="watching")
    following = asyncio.create_task(bot.refresh_prices().follow(), name="following-prices")
    try:
        async with doors.open(bot, fleet.services_of, fleet.pages_of), asyncio.TaskGroup() as group:
            group.create_task(leave_the_others(bot, stop.event), name="leaving")
            if not is_in_directory:
                group.create_task(run_bot(bot, stop.event), name="bot")
            group.create_task(fleet.run(stop.event), name="fleet")
    finally:
        watching.cancel()
        following.cancel()
        await bot.front_end().close()


def _service_of(bot: Bot, fleet: Fleet, *, is_in_directory: bool) -> Service:
    """What the HTTP port needs of the bots: their callbacks, how they are, and whether they are ready."""
    leadership = bot.acquire_leadership()

    async def handle_callback(generation_id: GenerationId, secret: str, named: Named) -> bool:
        known = await bot.handle_callback()(generation_id, secret, named)
        return known or await fleet.handle_callback(generation_id, secret, named)

    return Service(
        handle_callback=handle_callback,
        status=lambda: {
            **status(bot),
            **({"role": fleet.role()} if is_in_directory else {}),
            "bots": fleet.status(),
            "bot_troubles": fleet.troubles(),
        },
        not_ready=lambda: leadership.status.fault or fleet.fault(),
        posts={WEBHOOK_PATH: fleet.door.handle} if bot.settings().telegram_mode == "webhook" else {},
    )


async def leave_the_others(bot: Bot, stop: asyncio.Event) -> None:
    """Have the other instances take what this one leads, as soon as it is asked to stop."""
    await stop.wait()
    bot.adapters().locks().leave()


async def run_bot(bot: Bot, stop: asyncio.Event) -> None:
    """Lead one bot whenever it is our turn, until asked to stop. What is logged meanwhile names the bot."""
    structlog.contextvars.bind_contextvars(bot=bot.bot_id())
    try:
        await bot.acquire_leadership()(stop)
    finally:
        await bot.front_end().close()
        await bot.turns().close()
        await bot.background().drain(0.0)


def allow_many_descriptors() -> None:
    """Take what the system allows: a shell's limit of 1,024 is for programs that use ``select``, which we do not."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = DESCRIPTORS if hard == resource.RLIM_INFINITY else min(DESCRIPTORS, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def keep_for_good() -> None:
    """Hide what is loaded from the garbage collector: the registry and aiogram's types stay as long as the process does,
    and a full collection that looks at all of it stops everything else for 140 ms."""
    gc.collect()
    gc.freeze()


class Stop:
    """Set by the first SIGTERM or SIGINT; the second one ends the process where it stands."""

    def __init__(self) -> None:
        self.event = asyncio.Event()
        self.signal: signal.Signals | None = None
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._receive, number)

    def _receive(self, number: signal.Signals) -> None:
        if self.signal:
            os._exit(128 + number)
        log.info("service.stopping", signal=number.name)
        self.signal = number
        self.event.set()


@asynccontextmanager
async def database_of(settings: Settings) -> AsyncIterator[str]:
    """The DSN: the one that is configured, else that of an embedded server which runs while the context is open."""
    if settings.database_url:
        yield settings.database_url
        return
    async with embedded_postgres(settings.data_dir, binaries=settings.postgres_bin) as server:
        yield server.dsn


@asynccontextmanager
async def opened_database(settings: Settings) -> AsyncIterator[Database]:
    """The same database with an up-to-date schema, for a command that ends soon."""
    async with database_of(settings) as dsn:
        await migrate(dsn)
        async with open_database(dsn) as database:
            yield database


async def migrated(dsn: str, stop: Stop, tell: Callable[[str], None]) -> bool:
    """Bring the schema up to date, however long the database is away or refuses us; False when asked to stop meanwhile.

    What is in the way is given to ``tell``, in a sentence.

    Raises:
        StoreUnusable: the fault is in DATABASE_URL itself, so waiting is of no use.
    """
    for wait in Backoff(most_s=10.0):
        try:
            await migrate(dsn)
        except StoreUnavailable as error:
            tell(str(error))
            log.warning("database.unavailable", error=str(error), retry_in_s=wait)
        except StoreUnusable as error:
            if error.in_address:
                raise
            tell(str(error))
            log.error("database.unusable", advice=str(error), retry_in_s=wait)  # noqa: TRY400 - a sentence says it all
        else:
            return True
        if await SystemClock().wait(stop.event, wait):
            return False
    raise AssertionError("backoff never ends")


async def migrate_once(settings: Settings) -> int:
    """`mediabot migrate`: once, and an error where the database does not answer."""
    async with database_of(settings) as dsn:
        for name in await migrate(dsn):
            sys.stdout.write(f"applied {name}\n")
    return 0


def status(bot: Bot) -> Mapping[str, object]:
    """What `/status` says: plain JSON, no secrets."""
    lead = bot.acquire_leadership().status
    return {
        "role": lead.state,
        "since": lead.since.isoformat(),
        "epoch": lead.epoch,
        "lease_left_s": lead.lease_left_s,
        "last_loss": lead.last_loss,
        "fault": lead.fault,
        "generations_in_flight": bot.drive_generations().in_flight,
        "generations_waiting": len(bot.turns()),
        "provider": bot.provider_health().status(),
        "telegram": bot.front_end().status(),
    }
