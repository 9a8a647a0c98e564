"""The API and MCP on fakes: another person's ids lead nowhere, and a key spends no more than its own limit."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import get_type_hints

import pytest
from aiohttp import ClientSession, request
from attrs import evolve, frozen
from pydantic import TypeAdapter, ValidationError

from adapters.api_http.caller import Caller
from adapters.api_http.mcp_tools import Tools
from adapters.api_http.operations import OPERATIONS, ROOT
from adapters.api_http.schemas import NewGeneration
from application.errors import CostsMore, GenerationNotFound, MediaGone, RequestKeyReused
from config.settings import Settings
from domain.access import Block, Subject
from domain.api_key import ApiKeyId
from domain.generation import Generation, UserId
from domain.kept_media import KeptMedia
from domain.media import MediaFile
from tests.support.generations import ANN, BOB, NOON, a_generation, life_of
from tests.support.studio import Studio
from tests.support.telegram_simulator import picture

LIST_TOOLS = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
FOX = {"model": "z-image", "input": {"prompt": "a red fox in snow"}}


@frozen(kw_only=True)
class Place:
    """Bob's program, and things of Ann's."""

    studio: Studio
    bob: ClientSession
    generation: Generation
    media: KeptMedia


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    path = tmp_path / "fox.jpg"
    path.write_bytes(picture())
    photo = MediaFile(path=path, name="fox.jpg", mime="image/jpeg", size_bytes=path.stat().st_size)
    async with Studio().serving() as studio:
        generation = life_of(a_generation(user=ANN, model_id="z-image", created_at=studio.world.clock.now()))[-1]
        studio.world.store.rows[generation.id] = generation
        media = await studio.keep(photo, ANN, generation)
        headers = {"Authorization": f"Bearer {await studio.key(BOB)}"}
        async with ClientSession(studio.base, headers=headers) as bob:
            yield Place(studio=studio, bob=bob, generation=generation, media=media)


async def begun(place: Place) -> str:
    """A generation that Bob's program has begun."""
    headers = {"Idempotency-Key": "begun"}
    async with place.bob.post(f"{ROOT}/generations", json={**FOX, "max_credits": 9}, headers=headers) as answer:
        return str((await answer.json())["id"])


async def test_another_persons_ids_lead_nowhere_on_any_path_or_body(place: Place) -> None:
    ids = {"/generations": place.generation.id, "/media": place.media.id}
    tried = 0
    for operation in OPERATIONS:
        found = next((own for start, own in ids.items() if operation.path.startswith(f"{start}/{{id}}")), None)
        if found is None:
            continue
        path = ROOT + operation.path.replace("{id}", found)
        async with place.bob.request(operation.method, path) as answer:
            assert (answer.status, (await answer.json())["status"]) == (404, 404), path
        tried += 1
    assert tried == sum("{id}" in one.path and not one.path.startswith("/models") for one in OPERATIONS)
    foreign = {"upload": place.media.id}
    edited = {"model": "recraft/remove-background", "input": {"image": foreign}}
    for path, body in (
        ("/price", edited),
        ("/validate", edited),
        ("/presets", {**edited, "name": "mine"}),
        ("/generations", {**edited, "max_credits": 9}),
        ("/offers", {"text": "cut it out", "files": [foreign]}),
    ):
        async with place.bob.post(ROOT + path, json=body, headers={"Idempotency-Key": "1"}) as answer:
            assert answer.status == 404, path
    assert list(place.studio.world.store.rows.values()) == [place.generation]
    async with place.bob.get(f"{ROOT}/generations") as answer:
        assert (await answer.json())["generations"] == []


async def test_what_the_provider_will_drop_of_a_wish_is_said_in_its_offer(place: Place) -> None:
    async with place.bob.post(f"{ROOT}/offers", json={"text": "30 second jingle for a toothpaste brand"}) as answer:
        [first, *_] = (await answer.json())["models"]
    assert first["ready"]
    assert [(one["path"], one["message"][:15]) for one in first["notices"]] == [("duration", "KIE will ignore")]


@pytest.mark.parametrize(
    "said", ["0", "101", "-1", "1.0", "", " 5", "٣", "0000019999999", "1" + "0" * 20, "000001" + "9" * 5000]
)
async def test_a_limit_is_a_number_within_its_bounds_however_it_is_written(place: Place, said: str) -> None:
    async with place.bob.get(f"{ROOT}/generations", params={"limit": said}) as answer:
        assert answer.status == 400


async def test_another_persons_ids_lead_nowhere_for_an_agent(place: Place) -> None:
    services = place.studio.api.services
    assert services
    caller = Caller(services=services, user=BOB, key=ApiKeyId("bobsagent0"), language="en")
    tools = Tools(lambda: caller)
    with pytest.raises(GenerationNotFound):
        await tools.wait(place.generation.id, 0)
    with pytest.raises(MediaGone):
        await tools.media(place.media.id)
    assert (await tools.history())["generations"] == []


async def test_every_model_that_a_program_is_shown_has_its_price(place: Place) -> None:
    services = place.studio.api.services
    assert services
    tools = Tools(lambda: Caller(services=services, user=BOB, key=ApiKeyId("bobsagent0"), language="en"))
    async with place.bob.get(f"{ROOT}/models") as answer:
        shown = (await answer.json())["models"]
    async with place.bob.get(f"{ROOT}/models/z-image") as answer:
        shown.append(await answer.json())
    for query, task in (("", ""), ("z-image", ""), ("a red fox in snow", ""), ("", "text_to_image")):
        shown += (await tools.find_models(query, task))["models"]
    shown.append(await tools.describe_model("z-image"))
    assert len(shown) > 200
    assert [one["id"] for one in shown if one.get("price", {}).get("high") is None] == []


async def test_a_dear_call_of_an_agent_is_answered_with_its_price_and_runs_when_confirmed(place: Place) -> None:
    services = place.studio.api.services
    assert services
    tools = Tools(lambda: Caller(services=services, user=BOB, key=ApiKeyId("bobsagent0"), language="en"))
    film = {"prompt": "a fox runs", "duration": "10", "resolution": "4k"}
    model = "google/gemini-omni-flash-1-1"
    asked = await tools.generate(model, film, 1000)
    assert (asked["started"], asked["price"]["needs_confirmation"]) == (False, True)
    assert asked["price"]["high"] > 100
    assert set(place.studio.world.store.rows) == {place.generation.id}
    with pytest.raises(CostsMore):
        await tools.generate(model, film, asked["price"]["high"] - 1, confirmed=True)
    begun_twice = [await tools.generate(model, film, 1000, confirmed=True, idempotency_key="film") for _ in range(2)]
    assert begun_twice[0]["started"]
    assert len({one["id"] for one in begun_twice}) == 1
    with pytest.raises(RequestKeyReused):
        await tools.generate(model, {**film, "prompt": "a hare"}, 1000, confirmed=True, idempotency_key="film")


async def test_a_key_spends_no_more_than_its_own_limit(place: Place) -> None:
    limited = {"Authorization": f"Bearer {await place.studio.key(BOB, 1.5)}"}
    order = {**FOX, "max_credits": 9}
    async with ClientSession(place.studio.base, headers=limited) as program:
        statuses = []
        for number in range(3):
            headers = {"Idempotency-Key": str(number)}
            async with program.post(f"{ROOT}/generations", json=order, headers=headers) as answer:
                statuses.append(answer.status)
                said = await answer.json()
        assert statuses == [201, 429, 429]
        assert "1.5 credits in 24 hours" in said["title"]
        async with program.get(f"{ROOT}/balance") as answer:
            assert (await answer.json())["key_limit_per_day"] == 1.5
    async with place.bob.post(f"{ROOT}/generations", json=order, headers={"Idempotency-Key": "other"}) as answer:
        assert answer.status == 201


async def test_a_key_used_for_another_request_starts_nothing_and_the_same_request_is_known_whatever_holds_by_now(
    place: Place,
) -> None:
    path, name = f"{ROOT}/generations", {"Idempotency-Key": "order-17"}
    async with place.bob.post(path, json={**FOX, "max_credits": 9}, headers=name) as answer:
        made = (await answer.json())["id"]
    for same in ({**FOX, "max_credits": 0}, {**FOX, "model": "Z-Image", "max_credits": 9}):
        async with place.bob.post(path, json=same, headers=name) as answer:
            assert (answer.status, (await answer.json())["id"]) == (201, made)
    for other in ({**FOX, "input": {"prompt": "a hare"}}, {**FOX, "model": "nano-banana-2"}, {**FOX, "input": {}}):
        async with place.bob.post(path, json={**other, "max_credits": 99}, headers=name) as answer:
            said = await answer.json()
            assert (answer.status, said["code"]) == (422, "request_key_reused")
            assert made in said["title"]
    assert set(place.studio.world.store.rows) == {place.generation.id, made}


@pytest.mark.parametrize(
    ("value", "code"),
    [(b"1e999", "not_json"), (b'"\\ud800"', "not_json"), (b'{"a":' * 900 + b"1" + b"}" * 900, "too_deep")],
)
async def test_a_body_that_no_model_takes_is_refused_at_the_door(place: Place, value: bytes, code: str) -> None:
    body = b'{"model": "z-image", "name": "mine", "input": {"prompt": ' + value + b"}}"
    for path in ("/price", "/validate", "/presets"):
        async with place.bob.post(ROOT + path, data=body) as answer:
            assert (answer.status, (await answer.json())["code"]) == (400, code), path


@pytest.mark.parametrize("path", [f"{ROOT}/price", "/mcp"])
async def test_a_body_without_a_length_is_measured_as_it_comes(place: Place, path: str) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(80):
            yield bytes(1 << 16)

    async with place.bob.post(path, data=endless()) as answer:
        assert (answer.status, (await answer.json())["code"]) == (413, "too_large")


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
async def test_a_moment_outside_the_calendar_is_none(place: Place, moment: str) -> None:
    async with place.bob.get(f"{ROOT}/generations", params={"before": moment}) as answer:
        assert (answer.status, (await answer.json())["code"]) == (400, "before")


@pytest.mark.parametrize("method", ["GET", "DELETE", "PUT"])
async def test_agents_only_post(place: Place, method: str) -> None:
    headers = {"Accept": "application/json, text/event-stream"}
    async with asyncio.timeout(30), place.bob.request(method, "/mcp", headers=headers) as answer:
        assert (answer.status, answer.headers["Allow"]) == (405, "POST")


async def test_a_call_that_would_never_end_is_ended(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.api_http.mcp_http.ANSWERS_WITHIN_S", 0.5)
    arguments = {"generation_id": await begun(place)}
    listen = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "wait", "arguments": arguments}}
    headers = {"Accept": "application/json, text/event-stream"}
    async with asyncio.timeout(30), place.bob.post("/mcp", json=listen, headers=headers) as answer:
        assert (answer.status, (await answer.json())["code"]) == (504, "too_slow")


async def test_a_stream_ends_once_its_key_is_revoked(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.api_http.generations.HEARTBEAT_S", 0.05)
    path = f"{ROOT}/generations/{await begun(place)}/events"
    async with asyncio.timeout(30), place.bob.get(path) as stream:
        assert b"event: generation" in await stream.content.readline()
        for key in await place.studio.api_keys.all():
            await place.studio.api_keys.revoke(key.id, at=place.studio.world.clock.now())
        assert b"still here" in await stream.content.read()


@pytest.mark.parametrize("door", [f"{ROOT}/balance", "/mcp"])
async def test_a_key_works_as_long_as_its_person_is_served(door: str) -> None:
    studio = Studio()
    keys = {user: await studio.key(user) for user in (ANN, BOB, UserId("cli:shop"))}

    async def knock(settings: Settings) -> list[tuple[int, str]]:
        """How each key is answered: the status, and the code of a refusal."""
        studio.settings, said = settings, []
        async with studio.serving() as open_studio:
            for key in keys.values():
                headers = {"Authorization": f"Bearer {key}", "Accept": "application/json, text/event-stream"}
                method, body = ("POST", LIST_TOOLS) if door == "/mcp" else ("GET", None)
                async with request(method, open_studio.base + door, json=body, headers=headers) as answer:
                    said.append((answer.status, (await answer.json()).get("code", "")))
        return said

    open_door = studio.settings
    invited = evolve(open_door, access="invited")
    works, refused = (200, ""), (403, "not_served")
    assert await knock(open_door) == [works] * 3
    assert await knock(invited) == [
        works,
        refused,
        works,
    ]  # an admin, someone who is not let in, the operator's program
    assert await knock(evolve(invited, allowed_users=frozenset({BOB}))) == [works] * 3
    studio.access.admitted.add(BOB)
    assert await knock(invited) == [works] * 3
    await studio.access.block(Block(subject=Subject(BOB), at=NOON))
    assert await knock(open_door) == [works, refused, works]
    assert await studio.access.people(limit=9) == []


@pytest.mark.parametrize(("language", "words"), [("en", "is not served here"), ("ru", "больше не обслуживают")])
async def test_a_refused_person_learns_why_in_their_language(place: Place, language: str, words: str) -> None:
    await place.studio.access.block(Block(subject=Subject(BOB), at=NOON))
    async with place.bob.get(f"{ROOT}/balance", headers={"Accept-Language": language}) as answer:
        assert (answer.status, words in (await answer.json())["title"]) == (403, True)


async def test_a_stream_ends_once_its_person_is_served_no_more(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.api_http.generations.HEARTBEAT_S", 0.05)
    path = f"{ROOT}/generations/{await begun(place)}/events"
    async with asyncio.timeout(30), place.bob.get(path) as stream:
        assert b"event: generation" in await stream.content.readline()
        await place.studio.access.block(Block(subject=Subject(BOB), at=NOON))
        assert b"still here" in await stream.content.read()


@pytest.mark.parametrize("most", [float("inf"), "Infinity", float("nan"), -1, 1_000_001])
def test_no_door_for_programs_agrees_to_a_cost_that_is_no_amount(most: object) -> None:
    of_tool = get_type_hints(Tools.generate, include_extras=True)["max_credits"]
    of_api = get_type_hints(NewGeneration, include_extras=True)["max_credits"]
    for agreed in (of_tool, of_api):
        with pytest.raises(ValidationError):
            TypeAdapter(agreed).validate_python(most)
