"""Several bots on one deployment: each is led by one instance, changes need no restart, a bad one stops alone."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from typing import Any

import aiohttp
import pytest
from attrs import define, evolve

from adapters.postgres_store import Database, open_database
from adapters.postgres_store.api_key_store import PostgresApiKeyStore
from adapters.postgres_store.bot_directory import PostgresBotDirectory, bot_of_generation
from adapters.postgres_store.bot_states import PostgresBotStates
from adapters.postgres_store.generation_store import PostgresGenerationStore
from adapters.sealing import FernetBox, new_key
from adapters.system.machine import SystemClock, SystemIds
from application.operating.add_bot import AddBot
from application.operating.change_bot import ChangeBot
from application.operating.create_api_key import CreateApiKey
from application.operating.remove_bot import RemoveBot
from domain.audit import COMMAND_LINE
from domain.bot import BotId, bot_id_of
from domain.bot_fault import BotFault
from domain.generation import GenerationId, UserId
from simulators.kie import KieSimulator, SimulatorOptions
from simulators.kie import serve as serve_kie
from simulators.telegram import PersonClient, TelegramWorld
from simulators.telegram import serve as serve_telegram
from tests.support.audit import an_audit
from tests.support.service import KIE_KEY, TOKEN, ServiceProcess, service_process
from tests.support.studio_in_a_browser import init_data

pytestmark = pytest.mark.postgres

MORE = [f"420000000{number}:" + "simulated" * 4 for number in (3, 4, 5)]
SECRETS_KEY = new_key()


@define
class Deployment:
    """Two instances, further bots in the directory, and a person who writes to them."""

    instances: list[ServiceProcess]
    telegram: TelegramWorld
    ann: PersonClient
    add: AddBot
    remove: RemoveBot
    change: ChangeBot
    states: PostgresBotStates
    database: Database

    async def answers(self, token: str) -> None:
        """Wait until this bot answers a new message."""
        bot = self.telegram.bots[token]
        before = self._answered(token)
        self.ann.say("/help", self.ann.chat(bot))
        try:
            async with asyncio.timeout(30):
                while self._answered(token) <= before:
                    await asyncio.sleep(0.02)
        except TimeoutError:
            raise AssertionError(f"no answer from {bot.id}\n" + "\n".join(one.log for one in self.instances)) from None

    async def leads(self, token: str) -> None:
        """Wait until an instance leads this bot."""
        bot_id = token.partition(":")[0]
        async with asyncio.timeout(30):
            while True:
                statuses = [await one.status() for one in self.instances if one.is_running]
                if any(status.get("bots", {}).get(bot_id) == "leader" for status in statuses):
                    return
                await asyncio.sleep(0.05)

    async def opened(self, bot_id: str) -> None:
        """Wait until every running instance has opened this bot, whichever leads it."""
        async with asyncio.timeout(30):
            while True:
                statuses = [await one.status() for one in self.instances if one.is_running]
                if all(status.get("bots", {}).get(bot_id) in {"leader", "standby"} for status in statuses):
                    return
                await asyncio.sleep(0.05)

    async def reports(self, bot_id: str, trouble: str) -> None:
        """Wait until an instance says this of the bot."""
        statuses: list[Mapping[str, Any]] = []
        try:
            async with asyncio.timeout(30):
                while not any(status.get("bot_troubles", {}).get(bot_id) == trouble for status in statuses):
                    statuses = [await one.status() for one in self.instances]
                    await asyncio.sleep(0.05)
        except TimeoutError:
            raise AssertionError(f"{statuses}\n" + "\n".join(one.log for one in self.instances)) from None

    def _answered(self, token: str) -> int:
        return sum(call.token == token and bool(call.status) for call in self.telegram.log.of("sendMessage"))


@asynccontextmanager
async def deployed(
    database: str, tokens: Sequence[str] = (TOKEN, *MORE), *, instances: int = 1, **more: str
) -> AsyncIterator[Deployment]:
    """Instances on one database, for as long as the context is open. ``more`` is set in their environment."""
    async with AsyncExitStack() as stack:
        world = TelegramWorld(tokens=list(tokens))
        telegram = await stack.enter_async_context(serve_telegram(world))
        kie = await stack.enter_async_context(serve_kie(KieSimulator(SimulatorOptions(api_key=KIE_KEY))))
        environment = {"SECRETS_KEY": SECRETS_KEY, **more}
        running = [
            await stack.enter_async_context(service_process(dsn=database, telegram=telegram, kie=kie, more=environment))
            for _ in range(instances)
        ]
        opened = await stack.enter_async_context(open_database(database))
        directory = PostgresBotDirectory(opened, FernetBox([SECRETS_KEY]))
        yield Deployment(
            instances=running,
            telegram=world,
            ann=world.add_person("Ann"),
            add=AddBot(bots=directory, clock=SystemClock(), audit=an_audit()),
            remove=RemoveBot(directory, partial(PostgresGenerationStore, opened), an_audit()),
            change=ChangeBot(directory, an_audit()),
            states=PostgresBotStates(opened),
            database=opened,
        )


@pytest.fixture
async def deployment(database: str) -> AsyncIterator[Deployment]:
    async with deployed(database, instances=2, ACCESS="everyone") as running:
        yield running


async def test_bots_are_added_and_removed_without_a_restart_and_survive_an_instance(deployment: Deployment) -> None:
    for token in MORE:
        await deployment.add(token, KIE_KEY, (), by=COMMAND_LINE)
    for token in (TOKEN, *MORE):
        await deployment.answers(token)
    await deployment.instances[0].kill()
    for token in (TOKEN, *MORE):
        await deployment.answers(token)
    gone = MORE[0].partition(":")[0]
    assert await deployment.remove(BotId(gone), by=COMMAND_LINE)
    async with asyncio.timeout(30):
        while gone in (await deployment.instances[1].status()).get("bots", {gone}):
            await asyncio.sleep(0.05)
    await deployment.answers(MORE[1])


async def test_a_bot_says_hello_in_its_operators_words_without_a_restart(deployment: Deployment) -> None:
    await deployment.add(MORE[0], KIE_KEY, (), by=COMMAND_LINE)
    await deployment.answers(MORE[0])
    bot = deployment.telegram.bots[MORE[0]]
    own = {"WELCOME": "Foxes & more", "BOT_NAME": "Fox"}
    assert await deployment.change(bot_id_of(MORE[0]), options=own, by=COMMAND_LINE)

    def said() -> bool:
        texts = [call.parameters.get("text") for call in deployment.telegram.log.of("sendMessage")]
        return "Foxes &amp; more" in texts and bot.first_name == "Fox"

    async with asyncio.timeout(30):
        while not said():
            deployment.ann.say("/start", deployment.ann.chat(bot))
            await asyncio.sleep(0.5)
    await deployment.answers(TOKEN)


async def test_a_program_uses_the_bot_whose_key_it_has(deployment: Deployment) -> None:
    await deployment.add(MORE[0], KIE_KEY, (), by=COMMAND_LINE)
    await deployment.answers(MORE[0])
    made: dict[str, str] = {}
    for token in (TOKEN, MORE[0]):
        store = PostgresApiKeyStore(deployment.database, bot_id_of(token))
        create = CreateApiKey(keys=store, ids=SystemIds(), clock=SystemClock(), audit=an_audit())
        _, key = await create("program", UserId("telegram:7"), None, by=COMMAND_LINE)
        headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": "one"}
        wanted = {"model": "z-image", "input": {"prompt": "a red fox"}, "max_credits": 10}
        async with (
            aiohttp.ClientSession(headers=headers) as session,
            session.post(f"{deployment.instances[0].url}/api/v1/generations", json=wanted) as response,
        ):
            assert response.status < 300, await response.text()
            made[bot_id_of(token)] = (await response.json())["id"]
    for bot_id, generation_id in made.items():
        assert await bot_of_generation(deployment.database, GenerationId(generation_id)) == bot_id


async def test_a_person_uses_the_bot_whose_pages_they_are_on(deployment: Deployment) -> None:
    await deployment.add(MORE[0], KIE_KEY, (), by=COMMAND_LINE)
    bot_id = bot_id_of(MORE[0])
    await deployment.opened(bot_id)
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        one, other = (f"{instance.url}/{bot_id}/app" for instance in deployment.instances)
        for token, status in ((TOKEN, 401), (MORE[0], 200)):
            async with session.post(f"{one}/sign-in/mini-app", data=init_data(7, token)) as response:
                assert response.status == status
        async with session.get(other) as response:
            csrf = (await response.text()).partition('name="csrf" content="')[2].partition('"')[0]
        wanted = {"model": "z-image", "text": "a red fox", "run": "9", "csrf": csrf}
        async with session.post(f"{one}/drafts", data=wanted, headers={"Accept": "application/json"}) as response:
            generation_id = (await response.json())["id"]
        assert await bot_of_generation(deployment.database, GenerationId(generation_id)) == bot_id
        assert await deployment.remove(bot_id, by=COMMAND_LINE, forced=True)
        async with asyncio.timeout(30):
            while (await session.get(one)).status != 404:
                await asyncio.sleep(0.05)


async def test_a_bot_closes_doors_of_its_own(deployment: Deployment) -> None:
    await deployment.add(MORE[0], KIE_KEY, (), by=COMMAND_LINE)
    bot_id = bot_id_of(MORE[0])
    await deployment.opened(bot_id)
    keys = CreateApiKey(
        keys=PostgresApiKeyStore(deployment.database, bot_id), ids=SystemIds(), clock=SystemClock(), audit=an_audit()
    )
    _, key = await keys("its own", UserId("telegram:7"), by=COMMAND_LINE)
    async with aiohttp.ClientSession() as session:
        base = deployment.instances[0].url

        async def statuses() -> tuple[int, int]:
            mine = {"Authorization": f"Bearer {key}"}
            async with (
                session.get(f"{base}/{bot_id}/app") as page,
                session.get(f"{base}/api/v1/models", headers=mine) as api,
            ):
                return page.status, api.status

        for front_ends, expected in (("", (200, 200)), ("telegram,api", (404, 200)), ("telegram,web", (200, 401))):
            await deployment.change(bot_id, options={"FRONT_ENDS": front_ends}, by=COMMAND_LINE)
            async with asyncio.timeout(30):
                while await statuses() != expected:
                    await asyncio.sleep(0.1)


async def test_a_bot_with_a_bad_token_stops_alone(deployment: Deployment) -> None:
    await deployment.add("999999999:" + "x" * 35, KIE_KEY, (), by=COMMAND_LINE)
    await deployment.add(MORE[0], KIE_KEY, (), by=COMMAND_LINE)
    await deployment.answers(MORE[0])
    await deployment.answers(TOKEN)
    await deployment.reports("999999999", "misconfigured")
    async with asyncio.timeout(30):
        while {one.bot: one.fault for one in await deployment.states.states()}.get(BotId("999999999")) is None:
            await asyncio.sleep(0.1)
    faults = {one.bot: (one.fault, one.leader) for one in await deployment.states.states() if one.fault}
    assert faults.keys() == {"999999999"}
    assert faults[BotId("999999999")][0] is BotFault.TOKEN_REFUSED


async def test_a_bot_that_cant_be_opened_stops_no_other_and_its_own_work_goes_on(deployment: Deployment) -> None:
    await deployment.add(MORE[0], KIE_KEY, (), by=COMMAND_LINE)
    await deployment.answers(MORE[0])
    [running] = await PostgresBotDirectory(deployment.database, FernetBox([SECRETS_KEY])).all()
    foreign = PostgresBotDirectory(deployment.database, FernetBox([new_key()]))
    for sealed in (running, evolve(running, id=bot_id_of(MORE[1]), token=MORE[1])):
        await foreign.put(sealed)
        await deployment.reports(sealed.id, "sealed")
    await PostgresBotDirectory(deployment.database, FernetBox([SECRETS_KEY])).put(
        evolve(running, id=bot_id_of(MORE[2]), token=MORE[2])
    )
    for token in (MORE[0], MORE[2]):
        await deployment.answers(token)


async def test_telegram_brings_the_updates_of_all_bots_to_one_path(database: str) -> None:
    async with deployed(database, TELEGRAM_MODE="webhook") as deployment:
        for token in MORE[:2]:
            await deployment.add(token, KIE_KEY, (), by=COMMAND_LINE)
        for token in (TOKEN, *MORE[:2]):
            await deployment.answers(token)
        world, [service] = deployment.telegram, deployment.instances
        hooks = [hook for token in (TOKEN, *MORE[:2]) if (hook := world.bots[token].webhook)]
        assert {hook.url for hook in hooks} == {f"{service.url}/telegram/webhook"}
        assert len({hook.secret_token for hook in hooks}) == 3
        assert not world.log.of("getUpdates")


async def test_a_deployment_needs_no_bot_of_the_environment(database: str) -> None:
    async with deployed(database, MORE, TELEGRAM_BOT_TOKEN="", KIE_API_KEY="") as deployment:
        for token in MORE[:2]:
            await deployment.add(token, KIE_KEY, (), by=COMMAND_LINE)
            await deployment.leads(token)
            await deployment.answers(token)
        assert (await deployment.instances[0].status())["role"] == "leader"
