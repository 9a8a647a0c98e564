"""The commands about API keys and about the bots of the deployment."""

import os
import sys
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from functools import partial
from typing import Final

from adapters.cli.terminal import in_one_line
from adapters.postgres_store.api_key_store import PostgresApiKeyStore
from adapters.postgres_store.audit_log import DEPLOYMENT, PostgresAuditLog
from adapters.postgres_store.bot_directory import PostgresBotDirectory
from adapters.postgres_store.generation_store import PostgresGenerationStore
from adapters.postgres_store.provider_accounts import PostgresProviderAccounts
from adapters.sealing import FernetBox
from adapters.system.machine import SystemClock, SystemIds
from application.audit import Audit
from application.errors import AccountInUse, StillRunning
from application.operating.add_bot import AddBot
from application.operating.change_accounts import ChangeAccounts
from application.operating.change_bot import ChangeBot
from application.operating.create_api_key import CreateApiKey
from application.operating.remove_bot import RemoveBot
from application.operating.reseal_bots import ResealBots
from application.operating.revoke_api_key import RevokeApiKey
from config.service import opened_database
from config.settings import Settings, SettingsError
from config.which_bot import settings_of_bot
from domain.api_key import ApiKeyId
from domain.audit import COMMAND_LINE
from domain.bot import BotId, bot_id_of
from domain.generation import UserId
from domain.provider_account import AccountName

OK: Final = 0
FAILED: Final = 1


async def create_key(
    settings: Settings, name: str, user: UserId, credits_per_day: float | None = None, bot: str = ""
) -> int:
    """`mediabot keys create`: print the new key, once."""
    async with _keys(settings, bot) as (store, audit):
        create = CreateApiKey(keys=store, ids=SystemIds(), clock=SystemClock(), audit=audit)
        _, text = await create(name, user, credits_per_day, by=COMMAND_LINE)
    sys.stdout.write(f"{text}\n")
    return OK


async def list_keys(settings: Settings, bot: str = "") -> int:
    """`mediabot keys list`: one line a key, without secrets: id, name, person, day, state, limit."""
    async with _keys(settings, bot) as (store, _):
        for key in await store.all():
            state = "valid" if key.revoked_at is None else f"revoked {key.revoked_at:%Y-%m-%d}"
            limit = "no limit" if key.credits_per_day is None else f"{key.credits_per_day:g} credits a day"
            sys.stdout.write(
                f"{key.id}\t{in_one_line(key.name)}\t{key.user}\t{key.created_at:%Y-%m-%d}\t{state}\t{limit}\n"
            )
    return OK


async def revoke_key(settings: Settings, key_id: str, bot: str = "") -> int:
    """`mediabot keys revoke`: the key's id, or the key itself."""
    async with _keys(settings, bot) as (store, audit):
        parts = key_id.split("_")
        wanted = ApiKeyId(parts[1] if len(parts) > 2 else key_id)
        if await RevokeApiKey(keys=store, clock=SystemClock(), audit=audit)(wanted, by=COMMAND_LINE):
            return OK
    sys.stderr.write(f"mediabot: there is no valid key {wanted}\n")
    return FAILED


async def add_bot(
    settings: Settings, token: str, kie_key: str, admins: Collection[UserId], options: Mapping[str, str]
) -> int:
    """`mediabot bots add`: a new bot, or a new row of one.

    Raises:
        SettingsError: an option that a bot can't have, a value of the wrong form, or the bot of the environment, whose row no one
            would read.
    """
    if settings.telegram_bot_token and bot_id_of(token) == settings.bot_id:
        raise SettingsError(["--token is of the bot of TELEGRAM_BOT_TOKEN, which has the settings of the environment"])
    settings.with_options(os.environ, options)
    async with _bots(settings) as (directory, audit):
        add = AddBot(bots=directory, clock=SystemClock(), audit=audit)
        bot, is_new = await add(token, kie_key, admins, options, by=COMMAND_LINE)
    sys.stdout.write(f"{'added' if is_new else 'changed'} {bot.id}\n")
    return OK


async def set_bot(
    settings: Settings,
    bot_id: str,
    *,
    token: str | None,
    kie_key: str | None,
    admins: Collection[UserId] | None,
    options: Mapping[str, str],
) -> int:
    """`mediabot bots set`: change some of what a bot has of its own.

    Raises:
        SettingsError: an option that a bot can't have, a value of the wrong form, or a token of another bot.
    """
    settings.with_options(os.environ, options)
    async with _bots(settings) as (directory, audit):
        change = ChangeBot(directory, audit)
        try:
            changed = await change(
                BotId(bot_id), token=token, kie_key=kie_key, admins=admins, options=options, by=COMMAND_LINE
            )
        except ValueError as error:
            raise SettingsError([f"--token {error}"]) from None
    return OK if changed else _no_bot(bot_id)


async def list_bots(settings: Settings) -> int:
    """`mediabot bots list`: one line a bot, without secrets."""
    async with _bots(settings) as (directory, _):
        for bot in await directory.all():
            admins = ",".join(sorted(user.partition(":")[2] for user in bot.admins))
            options = " ".join(f"{name}={in_one_line(value)}" for name, value in sorted(bot.options.items()))
            sys.stdout.write(f"{bot.id}\t{bot.added_at:%Y-%m-%d}\t{admins}\t{options}\n")
    return OK


async def remove_bot(settings: Settings, bot_id: str, *, forced: bool) -> int:
    """`mediabot bots remove`: its rows stay."""
    async with opened_database(settings) as database:
        remove = RemoveBot(
            PostgresBotDirectory(database, FernetBox(settings.secrets_keys)),
            partial(PostgresGenerationStore, database),
            Audit(PostgresAuditLog(database, DEPLOYMENT), SystemClock()),
        )
        try:
            if await remove(BotId(bot_id), by=COMMAND_LINE, forced=forced):
                return OK
        except StillRunning as error:
            sys.stderr.write(
                f"mediabot: {error}. --force removes the bot now; they go on only when it is added again\n"
            )
            return FAILED
    return _no_bot(bot_id)


async def add_account(settings: Settings, bot_id: str, name: AccountName, kie_key: str) -> int:
    """`mediabot accounts add`: a further KIE account of a bot, or another key of one."""
    async with _accounts(settings) as (directory, changing):
        known = {bot.id for bot in await directory.all()} | (
            {settings.bot_id} if settings.telegram_bot_token else set()
        )
        if bot_id not in known:
            return _no_bot(bot_id)
        is_new = await changing.add(BotId(bot_id), name, kie_key, by=COMMAND_LINE)
    sys.stdout.write(f"{'added' if is_new else 'changed'} {bot_id} {name}\n")
    return OK


async def list_accounts(settings: Settings) -> int:
    """`mediabot accounts list`: one line an account, without its key: bot, name, day, state."""
    async with _bots(settings) as (directory, _):
        for account in await directory.accounts():
            state = "paused" if account.is_paused else "takes tasks"
            sys.stdout.write(f"{account.bot}\t{account.name}\t{account.added_at:%Y-%m-%d}\t{state}\n")
    return OK


async def pause_account(settings: Settings, bot_id: str, name: AccountName, *, is_paused: bool) -> int:
    """`mediabot accounts pause` and `resume`."""
    async with _accounts(settings) as (_, changing):
        if await changing.pause(BotId(bot_id), name, is_paused=is_paused, by=COMMAND_LINE):
            return OK
    return _no_account(bot_id, name)


async def remove_account(settings: Settings, bot_id: str, name: AccountName, *, forced: bool) -> int:
    """`mediabot accounts remove`."""
    async with _accounts(settings) as (_, changing):
        try:
            if await changing.remove(BotId(bot_id), name, by=COMMAND_LINE, forced=forced):
                return OK
        except AccountInUse as error:
            sys.stderr.write(
                f"mediabot: {error}. Pause the account and remove it when they have ended; --force removes it now, and their"
                " results can't be had until it is added again\n"
            )
            return FAILED
    return _no_account(bot_id, name)


def _no_bot(bot_id: str) -> int:
    sys.stderr.write(f"mediabot: there is no bot {bot_id}\n")
    return FAILED


def _no_account(bot_id: str, name: AccountName) -> int:
    sys.stderr.write(f"mediabot: the bot {bot_id} has no account {name}\n")
    return FAILED


async def rotate_bots(settings: Settings) -> int:
    """`mediabot bots rotate`: seal every secret with the first key of SECRETS_KEY."""
    async with _bots(settings) as (directory, audit):
        count = await ResealBots(directory, audit)(by=COMMAND_LINE)
    sys.stdout.write(f"sealed {count}\n")
    return OK


@asynccontextmanager
async def _keys(settings: Settings, bot: str) -> AsyncIterator[tuple[PostgresApiKeyStore, Audit]]:
    """Those of this bot. Raises SettingsError where it is not known which one."""
    async with opened_database(settings) as database:
        bot_id = (await settings_of_bot(settings, database, bot)).bot_id
        audit = Audit(PostgresAuditLog(database, bot_id), SystemClock())
        yield PostgresApiKeyStore(database, bot_id), audit


@asynccontextmanager
async def _bots(settings: Settings) -> AsyncIterator[tuple[PostgresBotDirectory, Audit]]:
    async with opened_database(settings) as database:
        audit = Audit(PostgresAuditLog(database, DEPLOYMENT), SystemClock())
        yield PostgresBotDirectory(database, FernetBox(settings.secrets_keys)), audit


@asynccontextmanager
async def _accounts(settings: Settings) -> AsyncIterator[tuple[PostgresBotDirectory, ChangeAccounts]]:
    async with opened_database(settings) as database:
        directory = PostgresBotDirectory(database, FernetBox(settings.secrets_keys))
        audit = Audit(PostgresAuditLog(database, DEPLOYMENT), SystemClock())
        taken = PostgresProviderAccounts(database)
        yield directory, ChangeAccounts(bots=directory, taken=taken, clock=SystemClock(), audit=audit)
