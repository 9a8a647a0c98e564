"""`mediabot reconcile`: Telegram's payments and KIE's charges against the books of every bot."""

import sys
from collections.abc import Sequence
from contextlib import AsyncExitStack

from adapters.postgres_store import migrate, open_database
from adapters.postgres_store.bot_directory import PostgresBotDirectory
from adapters.postgres_store.creation_slots import PostgresCreationSlots
from adapters.prometheus import PrometheusMetrics
from adapters.sealing import FernetBox
from adapters.system.clock import SystemClock
from adapters.telegram.api.client import NO_TOKEN, open_bot
from application.billing.reconcile import Difference
from config.accounts import Accounts, keys_of
from config.bot import Bot
from config.fleet import settings_of, use_further
from config.proxies import proxy_for
from config.service import database_of, holder, share_with, use_account
from config.sessions import http_session, result_session
from config.settings import Settings


async def reconcile(settings: Settings) -> int:
    """Print a line for each difference, which begins with the bot, or with the bots of an account at the provider.

    Nothing is put right. Exit status 0 when there is no difference, else 1.

    Raises:
        StoreUnavailable: the database does not answer.
        SecretsUnreadable: the bots of the directory can't be read.
    """
    async with AsyncExitStack() as stack:
        bots = await _bots(settings, stack)
        count = 0
        for bot in bots:
            count += _say(bot.bot_id(), await bot.billing.reconcile()())
        accounts = {account: (bot, name) for bot in bots for name, account in bot.billing.own_accounts()().items()}
        for account, (bot, name) in accounts.items():
            count += _say(",".join(sorted(account.bots)), await bot.billing.compare_account().one(name, account))
    if not count:
        sys.stdout.write("the books agree\n")
    return 1 if count else 0


async def _bots(settings: Settings, stack: AsyncExitStack) -> Sequence[Bot]:
    """Every bot of the deployment, put together while the stack is open."""
    dsn = await stack.enter_async_context(database_of(settings))
    await migrate(dsn)
    database = await stack.enter_async_context(open_database(dsn))
    session = await stack.enter_async_context(http_session())
    results = await stack.enter_async_context(result_session(settings))
    directory = PostgresBotDirectory(database, FernetBox(settings.secrets_keys))
    records, further = await directory.all(), await directory.accounts()
    accounts = Accounts(settings.creation_window, PostgresCreationSlots(database), SystemClock())
    accounts.know(keys_of(settings, records, further))
    own = [settings] if settings.telegram_bot_token else []
    own += [settings_of(settings, record) for record in records if record.id != settings.bot_id]
    bots: list[Bot] = []
    for each in own:
        telegram = open_bot(
            each.telegram_bot_token or NO_TOKEN,
            clock=SystemClock(),
            api_base=each.telegram_api_base,
            proxy=proxy_for(each.telegram_api_base),
        )
        stack.push_async_callback(telegram.session.close)
        bot = Bot(
            settings=each,
            metrics=PrometheusMetrics(),
            dsn=dsn,
            holder=holder(settings),
            database=database,
            session=session,
            result_session=results,
            telegram=telegram,
        )
        if bots:
            share_with(bots[0], bot)
        use_account(bot, accounts)
        use_further(bot, further)
        bots.append(bot)
    return bots


def _say(whose: str, differences: Sequence[Difference]) -> int:
    for difference in differences:
        sys.stdout.write(f"{whose} {difference}\n")
    return len(differences)
