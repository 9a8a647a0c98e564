"""The API and MCP on fakes: another person's ids lead nowhere, and a key spends no more than its own limit."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession
from attrs import frozen

from adapters.api_http.caller import Caller
from adapters.api_http.mcp_tools import Tools
from adapters.api_http.operations import OPERATIONS, ROOT
from application.errors import GenerationNotFound, MediaGone
from domain.api_key import ApiKeyId
from domain.generation import Generation
from domain.kept_media import KeptMedia
from domain.media import MediaFile
from tests.support.generations import ANN, BOB, a_generation, life_of
from tests.support.studio import Studio
from tests.support.telegram_simulator import picture

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
