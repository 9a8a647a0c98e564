"""A bot on two KIE accounts: the second comes without a restart, both work, and one without credits leaves all to the other."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack

import pytest
from attrs import define

from adapters.postgres_store import open_database
from adapters.postgres_store.bot_directory import PostgresBotDirectory
from adapters.postgres_store.provider_accounts import PostgresProviderAccounts
from adapters.sealing import FernetBox, new_key
from adapters.system.machine import SystemClock
from application.operating.change_accounts import ChangeAccounts
from domain.audit import COMMAND_LINE
from domain.bot import BotId
from domain.provider_account import AccountName
from simulators.kie import KieSimulator, SimulatorOptions
from simulators.telegram import PersonClient, TelegramWorld
from simulators.telegram import serve as serve_telegram
from tests.support.audit import an_audit
from tests.support.keyed_kie import serve_by_key
from tests.support.service import KIE_KEY, TOKEN, ServiceProcess, service_process

pytestmark = pytest.mark.postgres

BOT = BotId(TOKEN.partition(":")[0])
SECOND = AccountName("second")
SECOND_KEY = "key-of-the-second-account"
SECRETS_KEY = new_key()


@define
class Deployment:
    """An instance, the two accounts, and a person who asks for pictures."""

    service: ServiceProcess
    telegram: TelegramWorld
    ann: PersonClient
    accounts: ChangeAccounts
    main: KieSimulator
    second: KieSimulator
    asked: int = 0

    async def ask(self, count: int) -> None:
        """Wait until so many more pictures have come."""
        for _ in range(count):
            self.asked += 1
            self.ann.say(f"/generate z-image a red fox in snow, number {self.asked}")
        await self.until(lambda: len(self.telegram.log.of("sendPhoto")) >= self.asked)

    async def until(self, holds: Callable[[], bool]) -> None:
        try:
            async with asyncio.timeout(30):
                while not holds():
                    await asyncio.sleep(0.02)
        except TimeoutError:
            raise AssertionError(self.service.log) from None

    def tasks(self) -> tuple[int, int]:
        return len(self.main.account.tasks), len(self.second.account.tasks)


@pytest.fixture
async def deployment(database: str) -> AsyncIterator[Deployment]:
    async with AsyncExitStack() as stack:
        world = TelegramWorld(tokens=[TOKEN])
        telegram = await stack.enter_async_context(serve_telegram(world))
        main, second = (KieSimulator(SimulatorOptions(api_key=key)) for key in (KIE_KEY, SECOND_KEY))
        kie = await stack.enter_async_context(serve_by_key([main, second]))
        more = {"SECRETS_KEY": SECRETS_KEY}
        service = await stack.enter_async_context(service_process(dsn=database, telegram=telegram, kie=kie, more=more))
        opened = await stack.enter_async_context(open_database(database))
        bots = PostgresBotDirectory(opened, FernetBox([SECRETS_KEY]))
        taken = PostgresProviderAccounts(opened)
        accounts = ChangeAccounts(bots=bots, taken=taken, clock=SystemClock(), audit=an_audit())
        await service.wait_for_role("leader")
        yield Deployment(service, world, world.add_person("Ann"), accounts, main, second)


async def test_a_second_account_shares_the_work_and_takes_it_all_where_the_first_has_no_credits(
    deployment: Deployment,
) -> None:
    await deployment.ask(2)
    assert deployment.tasks() == (2, 0)
    await deployment.accounts.add(BOT, SECOND, SECOND_KEY, by=COMMAND_LINE)
    async with asyncio.timeout(30):
        while SECOND not in (await deployment.service.status()).get("provider", {}):
            await asyncio.sleep(0.05)
    await deployment.ask(4)
    shared = deployment.tasks()
    assert shared[0] + shared[1] == 6
    assert shared[1] >= 2
    deployment.main.account.set(credits=0.0)
    await deployment.ask(4)
    assert deployment.tasks() == (shared[0], shared[1] + 4)
    faults = (await deployment.service.status())["provider"]["main"]["faults"]
    assert faults == ["provider_credits"]
    assert not [event for event in deployment.service.events if SECOND_KEY in str(event)]
