"""The doors on the HTTP port beside the operator's paths. They are bound before the service behind them has started."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web
from attrs import define, field

from adapters.api_http import Api, McpOverHttp, ServicesOf
from adapters.web import ServicesOfBot, Site, build_site
from application.ports.clock import Clock
from config.bot import Bot
from config.settings import Settings
from config.slices.web import site_options


@define
class Doors:
    """The pages, the API and MCP, as far as ``FRONT_ENDS`` names them."""

    _settings: Settings
    _clock: Clock
    _site: Site = field(init=False)
    _api: Api = field(factory=Api, init=False)
    _mcp: McpOverHttp = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._site = build_site(site_options(self._settings), self._clock.monotonic)
        self._mcp = McpOverHttp(self._api)

    def routes(self) -> list[web.AbstractRouteDef]:
        """Return the routes of those that are wanted."""
        pages = self._site.routes if "web" in self._settings.front_ends else []
        programs = [*self._api.routes(), *self._mcp.routes()] if "api" in self._settings.front_ends else []
        return [*pages, *programs]

    @asynccontextmanager
    async def open(self, bot: Bot, services_of: ServicesOf, pages_of: ServicesOfBot) -> AsyncIterator[None]:
        """Answer with this bot's use cases until the context ends; to programs with those of the bot whose key they have, to
        people with those of the bot that stands in the address."""
        self._site.open(bot.web_services(), pages_of)
        self._api.services, self._api.services_of = bot.api_services(), services_of
        async with self._mcp.serving():
            try:
                yield
            finally:
                self._site.close()
