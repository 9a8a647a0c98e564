"""A command about one bot finds it, and never works on one that is not there."""

import pytest
from attrs import evolve

from adapters.postgres_store import Database
from adapters.postgres_store.bot_directory import PostgresBotDirectory
from adapters.sealing import FernetBox, new_key
from config import directory
from config.settings import Settings, SettingsError
from config.which_bot import settings_of_bot
from domain.bot import BotId, BotRecord
from tests.support.generations import NOON
from tests.support.service import TOKEN

pytestmark = pytest.mark.postgres

FIRST = BotRecord(id=BotId("41"), token="41:token", kie_key="k", added_at=NOON)
SECOND = evolve(FIRST, id=BotId("42"), token="42:token")
KEYS = (new_key(),)


async def test_the_environments_bot_is_meant_unless_another_is_named(opened_database: Database) -> None:
    settings = Settings(telegram_bot_token=TOKEN, secrets_keys=KEYS)
    await PostgresBotDirectory(opened_database, FernetBox(KEYS)).put(FIRST)
    for named in ("", settings.bot_id):
        assert await settings_of_bot(settings, opened_database, named) is settings
    assert (await settings_of_bot(settings, opened_database, FIRST.id)).telegram_bot_token == FIRST.token
    with pytest.raises(SettingsError, match="names a bot that is not there: 99"):
        await settings_of_bot(settings, opened_database, "99")


async def test_without_one_in_the_environment_the_only_bot_is_meant_and_one_of_several_must_be_named(
    opened_database: Database,
) -> None:
    settings, bots = Settings(secrets_keys=KEYS), PostgresBotDirectory(opened_database, FernetBox(KEYS))
    assert await settings_of_bot(settings, opened_database, "") is settings
    await bots.put(FIRST)
    assert (await settings_of_bot(settings, opened_database, "")).bot_id == FIRST.id
    await bots.put(SECOND)
    with pytest.raises(SettingsError, match="must name one of 41, 42"):
        await settings_of_bot(settings, opened_database, "")


async def test_the_bot_of_the_environment_gets_no_row_that_no_one_would_read() -> None:
    with pytest.raises(SettingsError, match="is of the bot of TELEGRAM_BOT_TOKEN"):
        await directory.add_bot(Settings(telegram_bot_token=TOKEN, secrets_keys=KEYS), TOKEN, "key", (), {})
