"""The machine is lost while people use the service: what the backup had comes back, and what ran goes on."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Final

import pytest
from attrs import define, field

from adapters.postgres_store import PostgresLedger, open_database
from config import backups
from config.service import database_of
from config.settings import Settings
from domain.ledger import Balance, EntryKind
from simulators.kie import NO_LIMIT, KieSimulator, SimulatorOptions
from simulators.kie import serve as serve_kie
from simulators.telegram import PersonClient, TelegramWorld
from simulators.telegram import serve as serve_telegram
from tests.support.books import an_entry
from tests.support.generations import ANN
from tests.support.service import KIE_KEY, TOKEN, ServiceProcess, service_process

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(240)]

BOT: Final = TOKEN.partition(":")[0]
PICTURES: Final = 3
PAID: Final = 100_000
SOON_S: Final = 60.0


@define
class Machines:
    """The simulators, which outlive every machine, and people who write."""

    telegram: TelegramWorld
    kie: KieSimulator
    urls: tuple[str, str]
    ann: PersonClient
    ben: PersonClient
    asked: int = 0
    running: ServiceProcess | None = field(default=None)

    @asynccontextmanager
    async def machine(self, data: Path) -> AsyncIterator[ServiceProcess]:
        """One with a database of its own, which leads."""
        telegram, kie = self.urls
        more = {"DATABASE_URL": "", "MEDIABOT_DATA": str(data)}
        async with service_process(dsn="", telegram=telegram, kie=kie, more=more) as service:
            self.running = service
            await service.wait_for_role("leader", within_s=SOON_S)
            yield service

    def ask(self, person: PersonClient, seconds: float) -> None:
        self.asked += 1
        person.say(f"/generate z-image a red fox in snow, number {self.asked} !slow {seconds}", person.chat())

    def pictures(self, person: PersonClient) -> int:
        calls = self.telegram.log.of("sendPhoto")
        return sum(call.status == 200 and str(call.parameters["chat_id"]) == str(person.id) for call in calls)

    async def until(self, holds: Callable[[], bool]) -> None:
        try:
            async with asyncio.timeout(SOON_S):
                while not holds():
                    await asyncio.sleep(0.02)
        except TimeoutError:
            raise AssertionError(self.running.log if self.running else "") from None

    async def write_on(self) -> None:
        """Ben asks for a picture again and again."""
        while True:
            self.ask(self.ben, 0.1)
            await asyncio.sleep(0.3)


@pytest.fixture
async def machines() -> AsyncIterator[Machines]:
    async with AsyncExitStack() as stack:
        world = TelegramWorld(tokens=[TOKEN])
        kie = KieSimulator(SimulatorOptions(api_key=KIE_KEY, creation_limit=NO_LIMIT))
        urls = await stack.enter_async_context(serve_telegram(world)), await stack.enter_async_context(serve_kie(kie))
        yield Machines(world, kie, urls, world.add_person("Ann"), world.add_person("Ben"))


async def test_what_a_backup_under_load_had_comes_back_and_its_running_tasks_are_found_again(
    machines: Machines, tmp_path: Path
) -> None:
    lost, fresh, archive = (
        Settings(data_dir=tmp_path / "lost"),
        Settings(data_dir=tmp_path / "fresh"),
        tmp_path / "b.tar",
    )
    async with machines.machine(lost.data_dir) as service:
        async with database_of(lost) as dsn, open_database(dsn) as database:
            await PostgresLedger(database, BOT).add(an_entry(EntryKind.PAYMENT, PAID, stars=100, reference="receipt"))
            writing = asyncio.create_task(machines.write_on())
            for _ in range(PICTURES):
                machines.ask(machines.ann, 0.1)
            await machines.until(lambda: machines.pictures(machines.ann) == PICTURES)
            created = len(machines.kie.account.tasks)
            for _ in range(PICTURES):
                machines.ask(machines.ann, 25.0)
            await machines.until(lambda: _long(machines.kie) == PICTURES and len(machines.kie.account.tasks) > created)
            await asyncio.sleep(0.5)  # their ids are in the rows
            assert await backups.backup(lost, archive) == 0
            await machines.until(lambda: machines.pictures(machines.ben) > 0)
            writing.cancel()
        await service.kill()
    await _gone(lost.data_dir)
    before = machines.pictures(machines.ann)
    assert before == PICTURES, "the long ones still run"

    assert await backups.restore(fresh, archive) == 0
    async with machines.machine(fresh.data_dir), database_of(fresh) as dsn, open_database(dsn) as database:
        await machines.until(lambda: machines.pictures(machines.ann) >= 2 * PICTURES)
        assert machines.pictures(machines.ann) == 2 * PICTURES
        assert _long(machines.kie) == PICTURES, "none was bought again"
        assert await PostgresLedger(database, BOT).balance(ANN) == Balance(units=PAID)


def _long(kie: KieSimulator) -> int:
    return sum("!slow 25" in str(task.input.get("prompt")) for task in kie.account.tasks.values())


async def _gone(folder: Path) -> None:
    """Delete it once its server has ended, as it does after its last user."""
    async with asyncio.timeout(SOON_S):
        while any(folder.rglob("postmaster.pid")):
            await asyncio.sleep(0.1)
    shutil.rmtree(folder)
