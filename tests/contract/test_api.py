"""The HTTP API and MCP, as programs use them: the whole service on simulators, over sockets."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack

import aiohttp
import httpx2
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from attrs import frozen
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client

from adapters.api_http.webhooks import signature
from adapters.postgres_store import open_database
from adapters.postgres_store.api_key_store import PostgresApiKeyStore
from adapters.system.machine import SystemClock, SystemIds
from application.operating.create_api_key import CreateApiKey
from application.operating.revoke_api_key import RevokeApiKey
from domain.generation import UserId
from simulators.kie import KieSimulator, SimulatorOptions
from simulators.kie import serve as serve_kie
from simulators.telegram import TelegramWorld
from simulators.telegram import serve as serve_telegram
from tests.support.audit import an_audit
from tests.support.service import KIE_KEY, TOKEN, ServiceProcess, service_process
from tests.support.sounds import silence
from tests.support.telegram_simulator import picture

pytestmark = pytest.mark.postgres

ANN, BOB = UserId("telegram:1"), UserId("telegram:2")
FOX = {"model": "z-image", "input": {"prompt": "a red fox in snow", "aspect_ratio": "1:1"}, "max_credits": 50}


@frozen(kw_only=True)
class Place:
    """A running service, a program with Ann's key and one with Bob's."""

    service: ServiceProcess
    ann: aiohttp.ClientSession
    bob: aiohttp.ClientSession
    stranger: aiohttp.ClientSession
    ann_key: str
    revoke: Callable[[], Awaitable[bool]]

    async def create(self, key: str, **more: object) -> dict[str, object]:
        """Ann's program asks for a fox."""
        headers = {"Idempotency-Key": key}
        async with self.ann.post("/api/v1/generations", json={**FOX, **more}, headers=headers) as response:
            assert response.status == 201, await response.text()
            created: dict[str, object] = await response.json()
            return created

    async def wait(self, generation_id: object) -> dict[str, object]:
        """Watch a generation until it is done."""
        shown: dict[str, object] = {}
        async with self.ann.get(f"/api/v1/generations/{generation_id}/events") as stream:
            async for line in stream.content:
                if line.startswith(b"data: "):
                    shown = json.loads(line.removeprefix(b"data: "))
        return shown


@pytest.fixture
async def place(database: str) -> AsyncIterator[Place]:
    async with AsyncExitStack() as stack:
        telegram = await stack.enter_async_context(serve_telegram(TelegramWorld(tokens=[TOKEN])))
        kie = await stack.enter_async_context(
            serve_kie(KieSimulator(SimulatorOptions(api_key=KIE_KEY, duration_s=0.05)))
        )
        service = await stack.enter_async_context(service_process(dsn=database, telegram=telegram, kie=kie))
        await service.wait_for_role("leader")
        opened = await stack.enter_async_context(open_database(database))
        store, clock = PostgresApiKeyStore(opened, TOKEN.partition(":")[0]), SystemClock()
        create = CreateApiKey(keys=store, ids=SystemIds(), clock=clock, audit=an_audit())
        _, ann_key = await create("studio", ANN)
        bobs, bob_key = await create("agent", BOB)

        async def session(key: str) -> aiohttp.ClientSession:
            headers = {"Authorization": f"Bearer {key}"}
            return await stack.enter_async_context(aiohttp.ClientSession(service.url, headers=headers))

        yield Place(
            service=service,
            ann=await session(ann_key),
            bob=await session(bob_key),
            stranger=await session("mb_abcdefghij_" + "x" * 32),
            ann_key=ann_key,
            revoke=lambda: RevokeApiKey(keys=store, clock=clock, audit=an_audit())(bobs.id),
        )


async def test_a_program_makes_a_picture_and_reads_its_bytes(place: Place) -> None:
    created = await place.create("order-1")
    assert created["state"] in {"queued", "submitting", "running"}
    done = await place.wait(created["id"])
    assert (done["state"], done["done"]) == ("delivered", True)
    results = done["results"]
    assert isinstance(results, list)
    (result,) = results
    async with place.ann.get(result["url"]) as response:
        assert response.headers["Content-Type"] == result["mime"] == "image/png"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert len(await response.read()) == result["bytes"]
    async with place.ann.get("/api/v1/generations") as response:
        assert [one["id"] for one in (await response.json())["generations"]] == [created["id"]]


async def test_the_same_idempotency_key_is_one_generation(place: Place) -> None:
    created = await asyncio.gather(*(place.create("order-1") for _ in range(5)))
    assert len({one["id"] for one in created}) == 1


async def test_nothing_dearer_than_agreed_is_started(place: Place) -> None:
    headers = {"Idempotency-Key": "a"}
    async with place.ann.post("/api/v1/generations", json={**FOX, "max_credits": 0}, headers=headers) as response:
        assert response.status == 402
        problem = await response.json()
    assert response.headers["Content-Type"].startswith("application/problem+json")
    assert problem["code"] == "costs_more"
    async with place.ann.get("/api/v1/generations") as response:
        assert (await response.json())["generations"] == []


async def test_a_link_to_a_sound_is_priced_and_billed_by_what_is_behind_it(place: Place) -> None:
    sound = silence(1_400, rate=4_000)

    async def talk(_: web.Request) -> web.Response:
        return web.Response(body=sound, content_type="audio/wav")

    application = web.Application()
    application.router.add_get("/talk.wav", talk)
    async with TestServer(application) as server:
        body = {"model": "elevenlabs/audio-isolation", "input": {"audio_url": str(server.make_url("/talk.wav"))}}
        shown, states = [], []
        for key in ("1", "1", "2"):
            async with place.ann.post("/api/v1/price", json=body) as answer:
                price = await answer.json()
            shown.append((price["low"], price["high"]))
            created = await place.create(key, **body, max_credits=price["high"])
            done = await place.wait(created["id"])
            assert done["input"] == body["input"]
            states.append((created["id"], done["reserved_credits"], done["charged_credits"], done["failure"] is None))
    assert shown == [(0, 262), (280, 280), (280, 280)]
    assert states[0] == states[1]
    assert states[0][1:] == (262, None, False)
    assert states[2][1:] == (280, 280, True)


async def test_all_violations_come_at_once_in_the_language_asked_for(place: Place) -> None:
    bad = {"model": "z-image", "input": {"aspect_ratio": "17:3"}}
    async with place.ann.post("/api/v1/validate", json=bad, headers={"Accept-Language": "ru"}) as response:
        body = await response.json()
    assert not body["valid"]
    assert {one["path"] for one in body["violations"]} == {"prompt", "aspect_ratio"}
    async with place.ann.post("/api/v1/price", json=bad) as response:
        assert (response.status, (await response.json())["code"]) == (422, "invalid_input")
    async with place.ann.post("/api/v1/price", json=FOX | {"max_credits": 1}) as response:
        assert response.status == 422  # max_credits is no word of this operation
    async with place.ann.post("/api/v1/price", json={"model": "z-image", "input": FOX["input"]}) as response:
        price = await response.json()
    assert price["low"] <= price["high"]
    assert price["basis"] in {"exact", "range", "ceiling"}


async def test_only_a_valid_key_opens_the_door_and_only_to_its_own_persons_things(place: Place) -> None:
    created = await place.create("order-1")
    for path in (f"/api/v1/generations/{created['id']}", f"/api/v1/generations/{created['id']}/events"):
        async with place.bob.get(path) as response:
            assert response.status == 404
    async with place.bob.post(f"/api/v1/generations/{created['id']}/cancel") as response:
        assert response.status == 404
    async with place.stranger.get("/api/v1/generations") as response:
        assert (response.status, (await response.json())["code"]) == (401, "not_authenticated")
    async with place.bob.get("/api/v1/balance") as response:
        assert (response.status, await response.json()) == (
            200,
            {
                "billing": "off",
                "credits": None,
                "spent_today": 0,
                "limit_per_day": None,
                "key_limit_per_day": None,
            },
        )
    await place.revoke()
    async with place.bob.get("/api/v1/balance") as response:
        assert response.status == 401


async def test_an_upload_is_taken_by_its_bytes_and_used_by_its_id(place: Place) -> None:
    async with place.ann.post("/api/v1/uploads?name=page.png", data=b"<html>") as response:
        assert (response.status, (await response.json())["code"]) == (415, "upload_refused")
    async with place.ann.post("/api/v1/uploads?name=photo.png", data=picture()) as response:
        assert response.status == 201
        upload = await response.json()
    async with place.bob.get(f"/api/v1/media/{upload['id']}") as response:
        assert response.status == 404
    chosen = {"model": "recraft/remove-background", "input": {"image": {"upload": upload["id"]}}}
    headers = {"Idempotency-Key": "cut"}
    async with place.ann.post("/api/v1/generations", json={**chosen, "max_credits": 50}, headers=headers) as response:
        assert response.status == 201, await response.text()
        created = await response.json()
    assert created["input"]["image"] == {"upload": upload["id"]}
    assert (await place.wait(created["id"]))["state"] == "delivered"


async def test_a_webhook_is_signed_and_repeated_until_it_is_taken(place: Place) -> None:
    got: asyncio.Queue[tuple[str, str]] = asyncio.Queue()
    refused = 0

    async def receive(request: web.Request) -> web.Response:
        nonlocal refused
        body = await request.text()
        content = f"{request.headers['webhook-id']}.{request.headers['webhook-timestamp']}.{body}"
        got.put_nowait((request.headers["webhook-signature"], content))
        refused += 1
        return web.Response(status=500 if refused == 1 else 204)

    application = web.Application()
    application.add_routes([web.post("/hook", receive)])
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    try:
        async with place.ann.put("/api/v1/webhook", json={"url": f"http://127.0.0.1:{port}/hook"}) as response:
            secret = (await response.json())["secret"]
        created = await place.create("order-1")
        async with asyncio.timeout(30):
            first, second = await got.get(), await got.get()
        assert first[0] == signature(secret, first[1])
        assert second[0] == signature(secret, second[1])
        event = json.loads(second[1].split(".", 2)[2])
        assert event["data"] == {"id": created["id"], "state": "succeeded"}
    finally:
        await runner.cleanup()


async def test_the_mcp_client_of_the_sdk_runs_the_tools(place: Place) -> None:
    headers = {"Authorization": f"Bearer {place.ann_key}"}
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(httpx2.AsyncClient(headers=headers, timeout=60))
        read, write, *_ = await stack.enter_async_context(
            streamable_http_client(f"{place.service.url}/mcp", http_client=http)
        )
        session = await stack.enter_async_context(ClientSession(read, write))
        await session.initialize()
        tools = {tool.name for tool in (await session.list_tools()).tools}
        assert tools == {"find_models", "describe_model", "price", "generate", "wait", "history"}
        dear = {"model": "z-image", "input": FOX["input"], "max_credits": 0}
        refused = await session.call_tool("generate", dear)
        assert refused.is_error
        begun = await session.call_tool("generate", {**dear, "max_credits": 50, "idempotency_key": "one"})
        assert not begun.is_error
        started = begun.structured_content
        assert started
        assert started["started"]
        done = (await session.call_tool("wait", {"generation_id": started["id"], "seconds": 50})).structured_content
        assert done
        assert done["state"] == "delivered"
        (result,) = done["results"]
        assert (await session.read_resource(result["resource"])).contents


async def test_the_openapi_document_names_every_route_and_is_open_to_all(place: Place) -> None:
    async with aiohttp.ClientSession(place.service.url) as anyone, anyone.get("/api/v1/openapi.json") as response:
        document = await response.json()
    assert document["openapi"] == "3.1.0"
    assert "/api/v1/generations/{id}/events" in document["paths"]
    async with place.ann.patch("/api/v1/balance") as response:
        assert (response.status, response.headers["Allow"]) == (405, "GET")
    async with place.ann.get("/api/v1/nothing") as response:
        assert response.status == 404
