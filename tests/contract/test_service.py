"""The service as a process, started by someone whose configuration is wrong."""

import asyncio
import socket
from pathlib import Path

import aiohttp
import asyncpg

from simulators.telegram import TelegramWorld
from simulators.telegram import serve as serve_telegram
from tests.support.forkserver import ended
from tests.support.service import TOKEN, free_port, service_environment, service_process
from tests.support.tcp_proxy import as_a_pooler, proxy_before

NOWHERE = "http://127.0.0.1:9"
PASSWORD = "hidden-from-logs"
WRONG_USE = 2


async def test_a_port_in_use_is_a_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("0.0.0.0", 0))
        taken.listen()
        port = taken.getsockname()[1]
        environment = service_environment(
            dsn="postgresql://user@127.0.0.1:9/none", telegram=NOWHERE, kie=NOWHERE, port=port
        )
        status, said = await ended("run", environment, tmp_path)
    assert status == WRONG_USE
    assert "the port is in use" in said
    assert "Traceback" not in said


async def test_half_a_configuration_names_what_is_missing_and_starts_nothing(tmp_path: Path) -> None:
    environment = dict(service_environment(dsn="", telegram=NOWHERE, kie=NOWHERE, port=free_port()))
    del environment["KIE_API_KEY"]
    assert await ended("run", environment, tmp_path) == (WRONG_USE, "mediabot: KIE_API_KEY is not set\n")


async def test_a_database_that_does_not_answer_is_waited_for_in_good_health() -> None:
    dsn = f"postgresql://user:{PASSWORD}@127.0.0.1:9/none"
    async with service_process(dsn=dsn, telegram=NOWHERE, kie=NOWHERE) as service, aiohttp.ClientSession() as session:
        await service.wait_for_role("starting")
        for path, expected in (("/healthz", 200), ("/readyz", 503)):
            async with session.get(service.url + path) as response:
                assert response.status == expected
        async with asyncio.timeout(30):
            while "database.unavailable" not in service.log:
                await asyncio.sleep(0.02)
        assert await service.terminate() == 0
        assert PASSWORD not in service.log


async def advice(dsn: str, *, event: str, role: str) -> str:
    """What a service with this database says at `/readyz` while it is well otherwise, once it has logged the event."""
    async with service_process(dsn=dsn, telegram=NOWHERE, kie=NOWHERE) as service, aiohttp.ClientSession() as session:
        async with asyncio.timeout(30):
            while event not in service.log:
                await asyncio.sleep(0.02)
        assert (await service.status())["role"] == role
        async with session.get(f"{service.url}/healthz") as health, session.get(f"{service.url}/readyz") as ready:
            assert (health.status, ready.status) == (200, 503)
            return await ready.text()


async def test_a_pooler_is_refused_with_what_to_set_instead_and_the_process_stays(database: str) -> None:
    async with proxy_before(database, tamper=as_a_pooler) as (_, dsn):
        assert "direct connection string" in await advice(dsn, event="database.unusable", role="starting")


async def test_a_database_that_takes_no_writes_is_refused_in_the_same_way(database: str) -> None:
    connection = await asyncpg.connect(database)
    name = await connection.fetchval("SELECT current_database()")
    await connection.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    await connection.close()
    assert "writable primary" in await advice(database, event="leadership.unusable", role="standby")


async def test_a_token_that_telegram_refuses_leaves_the_service_up_and_says_so(database: str) -> None:
    world = TelegramWorld(tokens=["1:" + "another" * 5])
    async with (
        serve_telegram(world) as telegram,
        service_process(dsn=database, telegram=telegram, kie=NOWHERE) as service,
    ):
        status = await service.wait_for_role("leader")
        async with asyncio.timeout(30):
            while not status["telegram"]["trouble"]:
                status = await service.wait_for_role("leader")
        assert await service.terminate() == 0
        assert TOKEN not in service.log


async def test_without_telegram_among_the_doors_no_update_is_taken_and_the_others_are_open(database: str) -> None:
    world = TelegramWorld(tokens=[TOKEN])
    ann = world.add_person("Ann")
    async with (
        serve_telegram(world) as telegram,
        service_process(dsn=database, telegram=telegram, kie=NOWHERE, more={"FRONT_ENDS": "web,api"}) as service,
        aiohttp.ClientSession(service.url) as session,
    ):
        status = await service.wait_for_role("leader")
        ann.say("hello")
        async with session.get("/api/v1/models") as api, session.get("/app") as page:
            assert (api.status, page.status) == (401, 200)
        assert status["telegram"]["mode"] == "closed"
        assert await service.terminate() == 0
        bot = world.bot_with(TOKEN)
        assert bot
        assert len(bot.updates) == 1
