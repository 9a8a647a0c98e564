"""Which bot a command is about."""

from adapters.postgres_store import Database
from adapters.postgres_store.bot_directory import PostgresBotDirectory
from adapters.sealing import FernetBox
from config.fleet import settings_of
from config.settings import Settings, SettingsError


async def settings_of_bot(settings: Settings, database: Database, bot: str) -> Settings:
    """Return the settings of the bot with this id; where none is named, of that of the environment, else of the only one there is.

    Raises:
        SettingsError: there is no such bot, or it must be named.
        SecretsUnreadable: the bots of the directory can't be read.
    """
    if settings.telegram_bot_token and bot in {"", settings.bot_id}:
        return settings
    bots = await PostgresBotDirectory(database, FernetBox(settings.secrets_keys)).all()
    found = [one for one in bots if bot in {"", one.id}]
    if len(found) == 1:
        return settings_of(settings, found[0])
    if bot:
        raise SettingsError([f"--bot names a bot that is not there: {bot}"])
    if found:
        raise SettingsError([f"--bot must name one of {', '.join(one.id for one in found)}"])
    return settings
