"""Callbacks of the simulated KIE to a real server."""

import asyncio
import base64
import hashlib
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from attrs import define, field

from simulators.kie import CallbackAttempt, CallbackBehaviour, KieSimulator
from tests.support.kie_client import running_kie


@define
class Receiver:
    """Keeps what is POSTed to it and answers the statuses it is given, 200 after those."""

    url: str = ""
    statuses: list[int] = field(factory=list)
    bodies: list[Any] = field(factory=list)
    headers: list[Any] = field(factory=list)
    _news: asyncio.Condition = field(factory=asyncio.Condition)

    async def take(self, request: web.Request) -> web.Response:
        """Handle one callback."""
        async with self._news:
            self.bodies.append(await request.json())
            self.headers.append(request.headers)
            self._news.notify_all()
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)

    async def wait_for(self, count: int) -> None:
        """Wait until so many have come."""
        async with asyncio.timeout(30), self._news:
            await self._news.wait_for(lambda: len(self.bodies) >= count)


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with serving_receiver() as taken:
        yield taken


@asynccontextmanager
async def serving_receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/kie/{id}", receiver.take)
    async with TestServer(app) as server:
        receiver.url = str(server.make_url("/kie/7"))
        yield receiver


async def deliveries(simulator: KieSimulator, count: int) -> list[CallbackAttempt]:
    """Wait until the simulator has noted so many attempts."""
    async with asyncio.timeout(30):
        while len(simulator.callbacks.deliveries) < count:
            await asyncio.sleep(0.005)
    return simulator.callbacks.deliveries


async def test_a_success_is_called_back_with_the_record(receiver: Receiver) -> None:
    async with running_kie(duration_s=0.05) as (simulator, client):
        task_id = await client.start(prompt="a fox", callback=receiver.url)
        await receiver.wait_for(1)
        record = await client.record(task_id)
        (delivery,) = await deliveries(simulator, 1)
    (body,) = receiver.bodies
    assert (body["code"], body["msg"]) == (200, "Playground task completed successfully.")
    assert body["data"] | {"param": record["param"]} == record
    whole = {"model": record["model"], "input": {"prompt": "a fox"}, "callBackUrl": receiver.url}
    assert json.loads(body["data"]["param"]) == whole
    assert "X-Webhook-Signature" not in receiver.headers[0]
    assert (delivery.task_id, delivery.url, delivery.status) == (task_id, receiver.url, 200)


async def test_a_failure_is_called_back_as_501(receiver: Receiver) -> None:
    async with running_kie() as (_, client):
        await client.start(prompt="!fail 500 no luck", callback=receiver.url)
        await receiver.wait_for(1)
    (body,) = receiver.bodies
    assert (body["code"], body["msg"]) == (501, "Playground task failed.")
    data = body["data"]
    assert (data["state"], data["failCode"], data["failMsg"], data["resultJson"]) == ("fail", "500", "no luck", None)


async def test_the_dedicated_endpoints_call_back_in_their_own_shapes(receiver: Receiver) -> None:
    async with running_kie() as (_, client):
        body = {"prompt": "waves", "callBackUrl": receiver.url}
        veo = await client.post("/api/v1/veo/generate", body | {"model": "veo3"})
        await receiver.wait_for(1)
        midjourney = await client.post("/api/v1/mj/generate", body | {"taskType": "mj_txt2img"})
        await receiver.wait_for(2)
    assert receiver.bodies[0]["data"]["taskId"] == veo["data"]["taskId"]
    assert receiver.bodies[0]["data"]["info"]["resultUrls"][0].endswith(".mp4")
    assert receiver.bodies[1]["data"]["taskId"] == midjourney["data"]["taskId"]


async def test_the_signature_covers_task_and_time(receiver: Receiver) -> None:
    async with running_kie(webhook_hmac_key="our secret") as (_, client):
        task_id = await client.start(prompt="a fox", callback=receiver.url)
        await receiver.wait_for(1)
    stamp = receiver.headers[0]["X-Webhook-Timestamp"]
    assert abs(time.time() - int(stamp)) < 60
    assert receiver.headers[0]["X-Webhook-Signature"] == hmac_sha256(b"our secret", f"{task_id}.{stamp}")


def hmac_sha256(key: bytes, message: str) -> str:
    """HMAC as RFC 2104 writes it, without the library that the simulator uses."""
    block = key.ljust(64, b"\0")
    inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in block) + message.encode()).digest()
    outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in block) + inner).digest()
    return base64.b64encode(outer).decode()


async def test_a_callback_that_is_not_taken_is_repeated_three_times(receiver: Receiver) -> None:
    receiver.statuses = [500, 302, 404, 503, 500]
    async with running_kie(callback_retry_s=0.01) as (simulator, client):
        await client.start(prompt="a fox", callback=receiver.url)
        await receiver.wait_for(4)
        await client.start(prompt="another", callback=receiver.url)
        await receiver.wait_for(6)
        made = await deliveries(simulator, 6)
    assert [delivery.status for delivery in made] == [500, 302, 404, 503, 500, 200]
    assert [body["data"]["taskId"] for body in receiver.bodies].count(receiver.bodies[0]["data"]["taskId"]) == 4
    assert receiver.bodies[4]["data"]["taskId"] == receiver.bodies[5]["data"]["taskId"]


async def test_a_receiver_that_is_not_there_does_not_stop_the_others(receiver: Receiver) -> None:
    async with running_kie(callback_retry_s=0.01) as (simulator, client):
        await client.start(prompt="a fox", callback="http://127.0.0.1:1/nobody")
        await client.start(prompt="another", callback=receiver.url)
        await receiver.wait_for(1)
        made = await deliveries(simulator, 2)
    assert None in [delivery.status for delivery in made]


async def test_callbacks_can_come_doubled(receiver: Receiver) -> None:
    async with running_kie() as (simulator, client):
        simulator.callbacks.behaviour = CallbackBehaviour(copies=2)
        await client.start(prompt="a fox", callback=receiver.url)
        await receiver.wait_for(2)
    assert receiver.bodies[0] == receiver.bodies[1]


async def test_a_callback_can_come_late(receiver: Receiver) -> None:
    async with running_kie() as (simulator, client):
        simulator.callbacks.behaviour = CallbackBehaviour(delay_s=0.15)
        task_id = await client.start(prompt="a fox", callback=receiver.url)
        await receiver.wait_for(1)
        assert time.time() - simulator.account.tasks[task_id].ends_at >= 0.15


async def test_a_callback_can_come_before_the_answer_to_the_creation(receiver: Receiver) -> None:
    async with running_kie(duration_s=100.0) as (simulator, client):
        simulator.callbacks.behaviour = CallbackBehaviour(before_answer=True)
        task_id = await client.start(prompt="a fox", callback=receiver.url)
        assert [body["data"]["taskId"] for body in receiver.bodies] == [task_id]
        assert (await client.record(task_id))["state"] == "success"
        await client.start(prompt="another", callback=receiver.url)
        assert len(receiver.bodies) == 2


async def test_a_task_ended_by_hand_is_called_back_at_once_and_only_once(receiver: Receiver) -> None:
    async with running_kie(duration_s=0.2) as (simulator, client):
        task_id = await client.start(prompt="a fox", callback=receiver.url)
        simulator.account.end_now(simulator.account.tasks[task_id])
        await receiver.wait_for(1)
        await client.start(prompt="another", callback=receiver.url)
        await receiver.wait_for(2)
    assert len({body["data"]["taskId"] for body in receiver.bodies}) == 2
