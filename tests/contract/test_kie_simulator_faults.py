"""Trouble of every kind, as a client sees it."""

import asyncio
import errno
import time
from collections.abc import AsyncIterator

import aiohttp
import pytest

from simulators.kie import (
    BodyCode,
    FaultPlan,
    HtmlPage,
    HugeBody,
    KieSimulator,
    LostAnswer,
    LostRequest,
    RawBody,
    Redirect,
    SimulatorOptions,
    SlowAnswer,
    serve,
)
from tests.support.kie_client import CREATE, KEY, STATUS, KieClient, running_kie

Running = tuple[KieSimulator, KieClient]


@pytest.fixture
async def kie() -> AsyncIterator[Running]:
    async with running_kie() as running:
        yield running


async def test_an_answer_can_be_lost_after_the_task_has_started(kie: Running) -> None:
    simulator, client = kie
    simulator.faults.add(CREATE, LostAnswer())
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await client.create(prompt="x")
    assert [call.code for call in simulator.account.creates] == [200]


@pytest.mark.parametrize("fault", [LostRequest(), LostRequest(reset=True)])
async def test_a_connection_can_drop_before_anything_happens(kie: Running, fault: LostRequest) -> None:
    simulator, client = kie
    simulator.faults.add(CREATE, fault)
    with pytest.raises((aiohttp.ServerDisconnectedError, aiohttp.ClientOSError)):
        await client.create(prompt="x")
    assert simulator.account.creates == []
    await client.start(prompt="x")


async def test_a_reset_is_a_reset(kie: Running) -> None:
    simulator, client = kie
    simulator.faults.add(CREATE, LostRequest(reset=True))
    with pytest.raises(aiohttp.ClientOSError) as raised:
        await client.create(prompt="x")
    assert raised.value.errno == errno.ECONNRESET


async def test_an_html_page_has_its_status(kie: Running) -> None:
    simulator, client = kie
    simulator.faults.add("/api/*", HtmlPage(503))
    async with client.session.get("/api/v1/chat/credit") as response:
        assert (response.status, response.content_type) == (503, "text/html")
    assert (await client.get("/api/v1/chat/credit"))["code"] == 200


async def test_broken_json_comes_after_the_work_is_done(kie: Running) -> None:
    simulator, client = kie
    simulator.faults.add(CREATE, RawBody())
    with pytest.raises(ValueError, match="Unterminated"):
        await client.create(prompt="x")
    assert len(simulator.account.tasks) == 1


async def test_a_huge_body_goes_on_for_as_long_as_asked(kie: Running) -> None:
    simulator, client = kie
    simulator.faults.add(STATUS, HugeBody(3_000_000))
    async with client.session.get(STATUS) as response:
        assert response.content_type == "application/json"
        assert len(await response.read()) > 2_900_000


async def test_a_client_may_leave_a_huge_body_without_an_error_in_the_log(
    kie: Running, caplog: pytest.LogCaptureFixture
) -> None:
    simulator, client = kie
    simulator.faults.add(STATUS, HugeBody(50_000_000))
    async with client.session.get(STATUS) as response:
        await response.content.readexactly(1_000)
        response.close()
    await client.start(prompt="x")
    assert [record.message for record in caplog.records if record.name == "aiohttp.server"] == []


async def test_a_slow_answer_comes_after_the_work_is_done(kie: Running) -> None:
    simulator, client = kie
    simulator.faults.add(CREATE, SlowAnswer(30))
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await client.create(prompt="x")
    assert len(simulator.account.tasks) == 1


async def test_a_redirect_names_the_other_host(kie: Running) -> None:
    simulator, client = kie
    simulator.faults.add(STATUS, Redirect("http://other.example/"))
    async with client.session.get(STATUS, allow_redirects=False) as response:
        assert (response.status, response.headers["Location"]) == (302, "http://other.example/")


async def test_kie_can_be_away_and_come_back(kie: Running) -> None:
    simulator, client = kie
    simulator.faults.away(60)
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await client.create(prompt="x")
    simulator.faults.clear()
    await client.start(prompt="x")
    simulator.faults.away(0.05)
    gone_until = time.monotonic() + 0.05
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await client.create(prompt="x")
    await asyncio.sleep(gone_until - time.monotonic())
    await client.start(prompt="x")


async def test_its_state_outlives_its_server() -> None:
    simulator = KieSimulator(SimulatorOptions(duration_s=0.0))
    headers = {"Authorization": f"Bearer {KEY}"}
    async with serve(simulator) as url, aiohttp.ClientSession(url, headers=headers) as session:
        task_id = await KieClient(session).start(prompt="x")
    port = int(url.rpartition(":")[2])
    async with serve(simulator, port=port) as again, aiohttp.ClientSession(again, headers=headers) as session:
        assert again == url
        assert (await KieClient(session).record(task_id))["state"] == "success"


def test_a_fault_is_met_so_often_and_no_more() -> None:
    plan = FaultPlan()
    plan.add("/a", BodyCode(429), times=2)
    plan.add("/*", BodyCode(500), times=None)
    met = [plan.take(path) for path in ("/a", "/b", "/a", "/a", "/b")]
    assert [fault.code if isinstance(fault, BodyCode) else None for fault in met] == [429, 500, 429, 500, 500]


def test_a_chance_is_drawn_from_the_seed() -> None:
    def draw(seed: int) -> list[bool]:
        plan = FaultPlan(seed)
        plan.add("/a", LostRequest(), times=None, probability=0.3)
        return [plan.take("/a") is not None for _ in range(1_000)]

    assert draw(1) == draw(1) != draw(2)
    assert 230 < sum(draw(1)) < 370
