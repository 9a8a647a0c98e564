"""The object graph: one container, written in slices. Nothing is opened here."""

from collections import Counter
from pathlib import Path

import aiohttp
from dependency_injector import containers

from adapters.memory.metrics import CountingMetrics
from adapters.postgres_store import open_database
from adapters.system.machine import SystemClock
from adapters.telegram.api.client import NO_TOKEN, open_bot
from config.adapters import Adapters
from config.bot import Bot, bot_on
from config.settings import Settings


async def test_every_port_of_the_service_has_an_adapter_and_everything_is_made_once(tmp_path: Path) -> None:
    dsn, settings = "postgresql://mediabot@127.0.0.1:9/none", Settings(data_dir=tmp_path)
    async with aiohttp.ClientSession() as session, open_database(dsn) as database:
        adapters = Adapters(
            settings=settings,
            metrics=CountingMetrics(),
            dsn=dsn,
            holder="test",
            database=database,
            session=session,
            result_session=session,
            telegram=open_bot(NO_TOKEN, clock=SystemClock()),
        )
        adapters.check_dependencies()
        bot = bot_on(adapters)
        bot.check_dependencies()
        assert bot.acquire_leadership()
        assert bot.web_services().drafts.quote is bot.api_services().quote_draft
        assert bot.front_end()
        await bot.telegram().session.close()


def test_a_name_stands_in_one_slice_alone() -> None:
    """Of two providers of one name, what was built with the first would not know the second, which is bound."""
    for graph in (Bot, Adapters):
        slices = [each for each in graph.__mro__ if issubclass(each, containers.DeclarativeContainer)]
        names = Counter(name for each in slices for name in each.cls_providers)
        assert [name for name, count in names.items() if count > 1] == []
