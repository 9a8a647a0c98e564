"""`mediabot mcp`: tools on stdio over the database of the service, which does the work."""

from typing import Final

from adapters.api_http import Caller
from adapters.api_http.mcp_tools import mcp_server
from adapters.postgres_store import migrate
from config.building import bot_builder
from config.service import database_of
from config.settings import Settings
from domain.api_key import ApiKeyId
from domain.generation import UserId

STDIO: Final = ApiKeyId("mcp-stdio")
"""The destination of what an agent on this machine begins; it has no webhook."""


async def mcp(settings: Settings, user: UserId) -> int:
    """Serve one agent until its standard input ends."""
    async with database_of(settings) as dsn:
        await migrate(dsn)
        async with bot_builder(settings, dsn) as build:
            caller = Caller(services=build(settings).api_services(), user=user, key=STDIO, language="en")
            await mcp_server(lambda: caller).run_stdio_async()
    return 0
