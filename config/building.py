"""Putting bots together on what all bots of a process share."""

import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import aiohttp
from attrs import define, field
from dependency_injector import providers

from adapters.postgres_store import Database, open_database
from adapters.postgres_store.creation_slots import PostgresCreationSlots
from adapters.prometheus import PrometheusMetrics
from adapters.system.machine import NoTracer, SystemClock
from adapters.telegram.api.client import NO_TOKEN, open_bot
from application.ports.tracer import Tracer
from config.accounts import Accounts
from config.adapters import Adapters
from config.bot import Bot, bot_on
from config.proxies import proxy_for
from config.sessions import http_session, result_session
from config.settings import Settings
from domain.bot import BotId


@define
class BotBuilder:
    """Builds bots; nothing is sent by it. The first bot lends the others what is the same for all."""

    settings: Settings
    dsn: str = field(repr=False)
    database: Database
    session: aiohttp.ClientSession
    results: aiohttp.ClientSession
    metrics: PrometheusMetrics
    tracer: Tracer
    accounts: Accounts
    _first: Bot | None = field(default=None, init=False)

    def __call__(self, own: Settings) -> Bot:
        """Return the bot of these settings. Its connection to Telegram is the caller's to close."""
        bot = bot_on(
            Adapters(
                settings=own,
                metrics=self.metrics,
                tracer=self.tracer,
                dsn=self.dsn,
                holder=holder(self.settings),
                database=self.database,
                session=self.session,
                result_session=self.results,
                telegram=open_bot(
                    own.telegram_bot_token or NO_TOKEN,
                    clock=SystemClock(),
                    api_base=own.telegram_api_base,
                    limited=own.telegram_limits,
                    proxy=proxy_for(own.telegram_api_base),
                ),
            )
        )
        _use_account(bot, self.accounts)
        if self._first:
            _share_with(self._first, bot)
        else:
            self._first = bot
        return bot


@asynccontextmanager
async def bot_builder(
    settings: Settings, dsn: str, *, metrics: PrometheusMetrics | None = None, tracer: Tracer | None = None
) -> AsyncIterator[BotBuilder]:
    """What all bots of a process share is open while the context is. The schema is up to date."""
    async with open_database(dsn) as database, http_session() as session, result_session(settings) as results:
        yield BotBuilder(
            settings=settings,
            dsn=dsn,
            database=database,
            session=session,
            results=results,
            metrics=metrics or PrometheusMetrics(),
            tracer=tracer or NoTracer(),
            accounts=Accounts(settings.creation_window, PostgresCreationSlots(database), SystemClock()),
        )


def holder(settings: Settings) -> str:
    """Who holds the lock, for the people who read `leadership`, `pg_stat_activity` and `/status`."""
    return settings.instance or f"{socket.gethostname()}-{os.getpid()}"


def _use_account(bot: Bot, accounts: Accounts) -> None:
    """Have the bot share its accounts with those that use them as well: the windows of creations, and what is compared."""
    bot_id = BotId(bot.bot_id())
    bot.override_providers(
        admit=providers.Object(partial(accounts.admit, bot_id)),
        own_accounts=providers.Object(partial(accounts.of, bot_id)),
    )


def _share_with(first: Bot, bot: Bot) -> None:
    """Give this bot of the first one what is the same for all: it takes most of the time and memory of a further bot."""
    shared = first.adapters()
    bot.adapters().override_providers(
        common_texts=shared.common_texts,
        locks=shared.locks,
        watch_hub=shared.watch_hub,
        next_steps=shared.next_steps,
        media_files=shared.media_files,
    )
    bot.override_providers(
        find_models=first.find_models,
        quote_price=first.quote_price,
        refresh_prices=first.refresh_prices,
        wish_reader=first.wish_reader,
        offer_models=first.offer_models,
        export_turns=first.export_turns,
    )
