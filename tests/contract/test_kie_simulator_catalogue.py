"""The simulated live catalogue agrees with the facts that it is made from."""

from collections.abc import AsyncIterator
from urllib.parse import unquote

import pytest

from simulators.kie import known_facts
from tests.support.kie_client import CREATE, KieClient, running_kie

MODELS = "/api/v1/models"
MODELS_KNOWN = known_facts().models


@pytest.fixture
async def client() -> AsyncIterator[KieClient]:
    async with running_kie() as (_, client):
        yield client


async def test_the_catalogue_lists_the_models_of_today(client: KieClient) -> None:
    data = (await client.get(MODELS))["data"]
    current = {model_id for model_id, model in MODELS_KNOWN.items() if model["status"] == "current"}
    assert {entry["model"] for entry in data["models"]} == current
    assert data["total"] == len(current)
    assert data["models"][0].keys() == {
        "model", "slug", "title", "provider", "taskType", "description", "pricingDesc",
    }  # fmt: skip


async def test_the_catalogue_can_be_filtered(client: KieClient) -> None:
    films = (await client.get(MODELS, taskType="Text to Video", provider="Google"))["data"]["models"]
    assert films
    assert all(MODELS_KNOWN[entry["model"]]["model_type"] == "text_to_video" for entry in films)
    assert all(entry["provider"] == "Google" for entry in films)
    named = (await client.get(MODELS, q="nano BANANA"))["data"]["models"]
    assert {"google/nano-banana", "nano-banana-2"} <= {entry["model"] for entry in named}


async def test_every_schema_names_its_path_and_its_fields(client: KieClient) -> None:
    for model_id, model in MODELS_KNOWN.items():
        answer = await client.get(f"{MODELS}/{model_id}/schema")
        if model["status"] != "current":
            assert answer["code"] == 404
            continue
        openapi = answer["data"]["openapi"]
        assert openapi["openapi"] == "3.1.0"
        ((path, operations),) = openapi["paths"].items()
        assert path == model.get("endpoint", {}).get("create", CREATE)
        schemas = openapi["components"]["schemas"]
        request = schemas[_referred(operations["post"]["requestBody"]["content"]["application/json"]["schema"])]
        given = schemas[_referred(request["properties"]["input"])]
        assert given["properties"].keys() == model["input"].keys()
        required = [name for name, parameter in model["input"].items() if parameter.get("required")]
        assert given["required"] == required


def _referred(schema: dict[str, str]) -> str:
    return unquote(schema["$ref"].rpartition("/")[2])


async def test_a_schema_carries_values_limits_and_defaults(client: KieClient) -> None:
    answer = await client.get(f"{MODELS}/google/nano-banana-edit/schema")
    schemas = answer["data"]["openapi"]["components"]["schemas"]
    fields = next(schema for name, schema in schemas.items() if name.endswith("Input"))["properties"]
    assert (fields["prompt"]["type"], fields["prompt"]["maxLength"]) == ("string", 5000)
    assert (fields["output_format"]["enum"], fields["output_format"]["default"]) == (["png", "jpeg"], "png")
    assert fields["image_urls"]["maxItems"] == 10
    items = {"type": "string", "format": "uri", "description": "File of type image/jpeg, image/png, image/webp"}
    assert fields["image_urls"]["items"] == items


async def test_a_price_is_prose_and_a_day_has_144_points(client: KieClient) -> None:
    price = (await client.get(f"{MODELS}/google/nano-banana/price"))["data"]
    assert price == {"model": "google/nano-banana", "pricingDesc": "4 credits per image"}
    points = (await client.get(f"{MODELS}/google/nano-banana/success-rate"))["data"]
    assert len(points) == 144
    assert points[0]["end"] == points[1]["start"]


async def test_the_catalogue_may_be_asked_once_a_second_in_all() -> None:
    async with running_kie(catalogue_limit=1) as (_, client):
        assert (await client.get(MODELS))["code"] == 200
        assert (await client.get(f"{MODELS}/google/nano-banana/price"))["code"] == 429
