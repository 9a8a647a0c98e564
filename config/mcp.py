"""`mediabot mcp`: tools on stdio over the database of the service, which does the work."""

from typing import Final

from adapters.api_http import Caller
from adapters.api_http.mcp_tools import mcp_server
from adapters.postgres_store import migrate
from config.building import bot_builder
from config.service import database_of
from config.settings import Settings
from config.which_bot import settings_of_bot
from domain.api_key import ApiKeyId
from domain.generation import UserId

STDIO: Final = ApiKeyId("mcp-stdio")
"""The destination of what an agent on this machine begins; it has no webhook."""


async def mcp(settings: Settings, user: UserId, bot: str = "") -> int:
    """Serve one agent until its standard input ends. Raises SettingsError where it is not known which bot is meant."""
    async with database_of(settings) as dsn:
        await migrate(dsn)
        async with bot_builder(settings, dsn) as build:
            own = await settings_of_bot(settings, build.database, bot)
            caller = Caller(services=build(own).api_services(), user=user, key=STDIO, language="en")
            await mcp_server(lambda: caller).run_stdio_async()
    return 0
