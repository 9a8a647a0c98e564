"""The object graph: one container, written in slices. Nothing is opened here."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from attrs import evolve
from dependency_injector import containers

from adapters.memory.metrics import CountingMetrics
from adapters.postgres_store import open_database
from adapters.system.machine import SystemClock
from adapters.telegram.api.client import NO_TOKEN, open_bot
from config.adapters import Adapters
from config.bot import Bot, bot_on
from config.fleet import use_further
from config.settings import Settings
from domain.bot import BotId, FurtherAccount
from domain.provider_account import AccountName
from tests.support.generations import NOON, a_generation, life_of


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Bot]:
    """The graph of a service that has opened nothing."""
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
        made = bot_on(adapters)
        yield made
        await made.telegram().session.close()


async def test_every_port_of_the_service_has_an_adapter_and_everything_is_made_once(bot: Bot) -> None:
    bot.check_dependencies()
    assert bot.acquire_leadership()
    assert bot.web_services().drafts.quote_input is bot.api_services().quote
    assert bot.front_end()


async def test_the_tasks_of_an_account_that_is_back_or_has_another_key_are_looked_up_soon(bot: Bot) -> None:
    second = AccountName("second")
    bot.carried_here().begin(evolve(life_of(a_generation())[1], account=second), rung := asyncio.Event())
    account = FurtherAccount(bot=BotId(bot.bot_id()), name=second, kie_key="key", added_at=NOON)
    use_further(bot, [account])
    assert rung.is_set()
    rung.clear()
    use_further(bot, [account])
    assert not rung.is_set(), "nothing has changed"
    use_further(bot, [account], replaced=[second])
    assert rung.is_set()


def test_a_name_stands_in_one_slice_alone() -> None:
    """Of two providers of one name, what was built with the first would not know the second, which is bound."""
    for graph in (Bot, Adapters):
        slices = [each for each in graph.__mro__ if issubclass(each, containers.DeclarativeContainer)]
        names = Counter(name for each in slices for name in each.cls_providers)
        assert [name for name, count in names.items() if count > 1] == []
