"""Every model of the registry runs on the simulated KIE, with the least input and with the fullest."""

from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

import pytest

from simulators.kie import KieSimulator
from tests.support.kie_client import CREATE, KieClient, running_kie
from tests.support.kie_registry import FileOf, full_input, minimal_input, raw_registry

Running = tuple[KieSimulator, KieClient]


@pytest.fixture
async def kie() -> AsyncIterator[Running]:
    async with running_kie(credits=1e9) as running:
        yield running


def request_of(model_id: str, given: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Path and body by which the model is asked."""
    path = raw_registry()[model_id].get("endpoint", {}).get("create", CREATE)
    if path == "/api/v1/veo/generate":
        camel = {"imageUrls": "image_urls", "generationType": "generation_type"}
        camel |= {"enableTranslation": "enable_translation", "enableFallback": "enable_fallback"}
        names = {snake: name for name, snake in camel.items()}
        return path, {"model": model_id} | {names.get(key, key): value for key, value in given.items()}
    return (path, given) if path != CREATE else (path, {"model": model_id, "input": given})


@pytest.mark.parametrize("make", [minimal_input, full_input])
async def test_every_model_takes_a_valid_input_and_ends_in_a_success(
    kie: Running, make: Callable[[Mapping[str, Any], FileOf, str], dict[str, Any]]
) -> None:
    simulator, client = kie
    files = await client.file_urls()
    earlier = await client.start(prompt="an earlier picture")
    assert len(raw_registry()) == 188
    for model_id, model in raw_registry().items():
        path, body = request_of(model_id, make(model, files.__getitem__, earlier))
        answer = await client.post(path, body)
        assert answer["code"] == 200, (model_id, answer, body)
        status = model.get("endpoint", {}).get("status", "/api/v1/jobs/recordInfo")
        record = (await client.get(status, taskId=answer["data"]["taskId"]))["data"]
        assert record["successFlag"] == 1, (model_id, record)
    assert len(list(simulator.account.accepted())) == 189


@pytest.mark.parametrize("status", ["suspended", "retired", "renamed", "not_a_kie_id"])
async def test_models_of_a_refused_status_are_not_published(status: str) -> None:
    model_id = next(
        model_id for model_id, model in raw_registry().items() if model["status"] == status and "endpoint" not in model
    )
    async with running_kie(refused_statuses=frozenset({status})) as (_, client):
        answer = await client.create(model_id, prompt="x")
    assert (answer["code"], answer["msg"]) == (422, "The page does not exist or is not published")


@pytest.mark.parametrize("model_id", ["no/such-model", "veo3", "midjourney/api", "", None, 7])
async def test_a_model_that_is_not_on_the_market_is_not_published(kie: Running, model_id: object) -> None:
    answer = await kie[1].post(CREATE, {"model": model_id, "input": {"prompt": "x"}})
    assert (answer["code"], answer["data"]) == (422, None)
    assert answer["msg"] == "The page does not exist or is not published"
