"""`mediabot reconcile`: Telegram's payments and KIE's charges against the books of every bot."""

import sys
from collections.abc import Sequence
from contextlib import AsyncExitStack

from adapters.postgres_store import migrate
from adapters.postgres_store.bot_directory import PostgresBotDirectory
from adapters.sealing import FernetBox
from application.billing.reconcile import Difference
from config.accounts import keys_of
from config.bot import Bot
from config.building import bot_builder
from config.fleet import settings_of, use_further
from config.service import database_of
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
            count += _say(bot.bot_id(), await bot.reconcile()())
        accounts = {account: (bot, name) for bot in bots for name, account in bot.own_accounts()().items()}
        for account, (bot, name) in accounts.items():
            count += _say(",".join(sorted(account.bots)), await bot.compare_account().one(name, account))
    if not count:
        sys.stdout.write("the books agree\n")
    return 1 if count else 0


async def _bots(settings: Settings, stack: AsyncExitStack) -> Sequence[Bot]:
    """Every bot of the deployment, put together while the stack is open."""
    dsn = await stack.enter_async_context(database_of(settings))
    await migrate(dsn)
    build = await stack.enter_async_context(bot_builder(settings, dsn))
    directory = PostgresBotDirectory(build.database, FernetBox(settings.secrets_keys))
    records, further = await directory.all(), await directory.accounts()
    build.accounts.know(keys_of(settings, records, further))
    own = [settings] if settings.telegram_bot_token else []
    own += [settings_of(settings, record) for record in records if record.id != settings.bot_id]
    bots = [build(each) for each in own]
    for bot in bots:
        stack.push_async_callback(bot.telegram().session.close)
        use_further(bot, further)
    return bots


def _say(whose: str, differences: Sequence[Difference]) -> int:
    for difference in differences:
        sys.stdout.write(f"{whose} {difference}\n")
    return len(differences)
