"""Every model that KIE has runs on the simulated KIE, with the least input and with the fullest."""

from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

import pytest

from simulators.kie import KieSimulator, SimulatorOptions, known_facts
from tests.support.kie_client import CREATE, KieClient, running_kie
from tests.support.kie_registry import FileOf, full_input, minimal_input
from tests.support.kie_rules import broken_rules, example_input, obeying

SONG: dict[str, Any] = {"custom_mode": False, "instrumental": False, "model": "V6"}
MODELS = known_facts().models
NOWHERE = "https://callback.invalid/"
Running = tuple[KieSimulator, KieClient]


@pytest.fixture
async def kie() -> AsyncIterator[Running]:
    async with running_kie(credits=1e9) as running:
        yield running


def request_of(model_id: str, given: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Path and body by which the model is asked."""
    path = MODELS[model_id].get("endpoint", {}).get("create", CREATE)
    callback = {"callBackUrl": NOWHERE} if MODELS[model_id].get("callback_required") else {}
    return (path, given) if path != CREATE else (path, {"model": model_id, "input": given} | callback)


@pytest.mark.parametrize("make", [minimal_input, full_input])
async def test_every_model_takes_a_valid_input_and_ends_in_a_success(
    kie: Running, make: Callable[[Mapping[str, Any], FileOf, str], dict[str, Any]]
) -> None:
    simulator, client = kie
    files = await client.file_urls()
    earlier = await client.start("ai-music-api/generate", prompt="an earlier song", **SONG)
    assert len(MODELS) == 212
    for model_id, model in MODELS.items():
        given = make(model, files.__getitem__, earlier)
        given |= {"audio_id": f"{earlier[:8]}-0"} if "audio_id" in given else {}
        given = obeying(model_id, given, files.__getitem__, earlier, f"{earlier[:8]}-0")
        path, body = request_of(model_id, given)
        answer = await client.post(path, body)
        assert answer["code"] == 200, (model_id, answer, body)
        status = model.get("endpoint", {}).get("status", "/api/v1/jobs/recordInfo")
        record = (await client.get(status, taskId=answer["data"]["taskId"]))["data"]
        assert record["successFlag"] == 1, (model_id, record)
    assert len(list(simulator.account.accepted())) == 213


@pytest.mark.parametrize("status", ["suspended", "retired", "renamed", "not_a_kie_id"])
async def test_models_of_a_refused_status_are_not_published(status: str) -> None:
    model_id = next(
        model_id for model_id, model in MODELS.items() if model["status"] == status and "endpoint" not in model
    )
    async with running_kie(refused_statuses=SimulatorOptions().refused_statuses) as (_, client):
        answer = await client.create(model_id, prompt="x")
    assert (answer["code"], answer["msg"]) == (422, "The page does not exist or is not published")


@pytest.mark.parametrize("model_id", ["no/such-model", "midjourney/api", "", None, 7])
async def test_a_model_that_is_not_on_the_market_is_not_published(kie: Running, model_id: object) -> None:
    answer = await kie[1].post(CREATE, {"model": model_id, "input": {"prompt": "x"}})
    assert (answer["code"], answer["data"]) == (422, None)
    assert answer["msg"] == "The page does not exist or is not published"


async def test_a_model_that_wants_an_address_to_call_back_is_refused_without_one(kie: Running) -> None:
    _, client = kie
    files = await client.file_urls()
    (model_id,) = (model_id for model_id, model in MODELS.items() if model.get("callback_required"))
    given = obeying(model_id, minimal_input(MODELS[model_id], files.__getitem__, ""), files.__getitem__, "")
    answer = await client.create(model_id, None, **given)
    assert (answer["code"], answer["msg"]) == (422, "Please enter callBackUrl.")
    assert (await client.create(model_id, NOWHERE, **given))["code"] == 200


async def test_every_rule_is_kept_over_http(kie: Running) -> None:
    _, client = kie
    files = await client.file_urls()
    earlier = await client.start("ai-music-api/generate", prompt="an earlier song", **SONG)
    song = f"{earlier[:8]}-0"
    wrong = []
    for model_id, rules in known_facts().rules.items():
        for rule in rules:
            for form, example in rule["examples"][model_id].items():
                given = example_input(model_id, example, files.__getitem__, earlier, song)
                answer = await client.create(model_id, None, **given)
                said = {each["id"] for each in broken_rules(model_id, given) if f"[{each['id']}]" in answer["msg"]}
                refused_before = "already" in rule or (answer["code"] != 200 and form == "breaks")
                takes = form == "obeys" or rule["effect"] == "ignored"
                if takes != (answer["code"] == 200) or (not takes and not (said or refused_before)):
                    wrong.append((rule["id"], model_id, form, answer))
    assert wrong == []
