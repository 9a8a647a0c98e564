"""`mediabot reconcile`: Telegram's payments and KIE's charges against the books."""

import sys
from contextlib import AsyncExitStack

from adapters.postgres_store import migrate, open_database
from adapters.prometheus import PrometheusMetrics
from adapters.system.clock import SystemClock
from adapters.telegram.api.client import open_bot
from config.bot import Bot
from config.service import database_of, holder
from config.sessions import http_session, result_session
from config.settings import Settings


async def reconcile(settings: Settings) -> int:
    """Print a line for each difference, and nothing is put right. Exit status 0 when there is none, else 1.

    Raises:
        StoreUnavailable: the database does not answer.
    """
    async with AsyncExitStack() as stack:
        dsn = await stack.enter_async_context(database_of(settings))
        await migrate(dsn)
        telegram = open_bot(settings.telegram_bot_token or "", clock=SystemClock(), api_base=settings.telegram_api_base)
        stack.push_async_callback(telegram.session.close)
        bot = Bot(
            settings=settings,
            metrics=PrometheusMetrics(),
            dsn=dsn,
            holder=holder(settings),
            database=await stack.enter_async_context(open_database(dsn)),
            session=await stack.enter_async_context(http_session()),
            result_session=await stack.enter_async_context(result_session(settings)),
            telegram=telegram,
        )
        differences = await bot.billing.reconcile()()
    for difference in differences:
        sys.stdout.write(f"{difference}\n")
    if not differences:
        sys.stdout.write("the books agree\n")
    return 1 if differences else 0
