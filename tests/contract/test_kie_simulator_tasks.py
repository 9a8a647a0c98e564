"""Creating and reading tasks on the simulated KIE over real sockets: shapes, codes, limits, dedicated endpoints."""

import json
import re
from collections.abc import AsyncIterator
from typing import Any

import pytest

from simulators.kie import BodyCode, KieSimulator, ScriptedAnswer
from tests.support.kie_client import CREATE, PICTURE_MODEL, STATUS, KieClient, running_kie

Running = tuple[KieSimulator, KieClient]
CODES = (400, 401, 402, 403, 404, 408, 409, 413, 422, 429, 430, 433, 451, 455, 500, 501, 505, 531, 550)


@pytest.fixture
async def kie() -> AsyncIterator[Running]:
    async with running_kie() as running:
        yield running


async def test_a_creation_answers_as_recorded(kie: Running) -> None:
    answer = await kie[1].create(prompt="a red fox")
    assert answer.keys() == {"code", "msg", "data"}
    assert (answer["code"], answer["msg"]) == (200, "success")
    assert answer["data"].keys() == {"taskId", "recordId"}
    assert re.fullmatch("[0-9a-f]{32}", answer["data"]["taskId"])


async def test_a_success_reads_as_in_the_newest_documents(kie: Running) -> None:
    client = kie[1]
    task_id = await client.start(prompt="рыжая лиса", callback="http://127.0.0.1:1/no-one")
    record = await client.record(task_id)
    assert record["taskId"] == task_id
    assert (record["model"], record["state"], record["successFlag"]) == (PICTURE_MODEL, "success", 1)
    assert (record["failCode"], record["failMsg"], record["progress"]) == (None, None, None)
    param = json.loads(record["param"])
    assert param["callBackUrl"] == "http://127.0.0.1:1/no-one"
    assert json.loads(param["input"]) == {"prompt": "рыжая лиса"}
    assert json.loads(record["resultJson"]) == record["response"]
    assert record["response"].keys() == {"resultUrls"}
    assert isinstance(record["costTime"], int)
    assert record["createTime"] > 1_000_000_000_000
    assert record["completeTime"] == record["updateTime"] >= record["createTime"]
    assert record["creditsConsumed"] == 4.0


async def test_a_running_task_has_no_outcome() -> None:
    async with running_kie(duration_s=100.0) as (_, client):
        record = await client.record(await client.start(prompt="x"))
    assert (record["state"], record["successFlag"], record["resultJson"]) == ("waiting", 0, "")
    for name in ("response", "failCode", "failMsg", "costTime", "completeTime", "creditsConsumed"):
        assert record[name] is None


async def test_older_records_lack_the_newest_fields() -> None:
    async with running_kie(newest_fields=False) as (_, client):
        record = await client.record(await client.start(prompt="x"))
    assert record.keys() == {
        "taskId", "model", "state", "param", "resultJson", "failCode", "failMsg", "costTime", "completeTime", "createTime",
    }  # fmt: skip


@pytest.mark.parametrize("code", CODES)
async def test_a_prompt_can_order_any_code(kie: Running, code: int) -> None:
    client = kie[1]
    refused = await client.create(prompt=f"a fox !refuse {code} said no")
    assert (refused["code"], refused["msg"], refused["data"]) == (code, "said no", None)
    record = await client.record(await client.start(prompt=f"a fox !fail {code} fell over"))
    assert (record["state"], record["successFlag"]) == ("fail", 3)
    assert (record["failCode"], record["failMsg"]) == (str(code), "fell over")
    assert (record["resultJson"], record["response"], record["creditsConsumed"]) == ("", None, 0)


@pytest.mark.parametrize("code", CODES)
async def test_any_code_can_be_planned_for_creating_and_for_reading(kie: Running, code: int) -> None:
    simulator, client = kie
    simulator.faults.add(CREATE, BodyCode(code, "planned"))
    simulator.faults.add(STATUS, BodyCode(code))
    assert (await client.create(prompt="x"))["code"] == code
    task_id = await client.start(prompt="x")
    assert (await client.get(STATUS, taskId=task_id))["code"] == code
    assert (await client.record(task_id))["state"] == "success"
    assert len(list(simulator.account.accepted())) == 1


@pytest.mark.parametrize("key", ["", "wrong", "Bearer wrong"])
async def test_without_the_key_there_is_no_access(kie: Running, key: str) -> None:
    simulator, client = kie
    headers = {"Authorization": key, "apikey": "simulator-key"}
    async with client.session.post(CREATE, json={}, headers=headers) as response:
        assert response.status == 200
        assert (await response.json())["code"] == 401
    assert simulator.account.creates == []


@pytest.mark.parametrize("text", ["", "nonsense", "[]", '{"model":NaN}', "null", "[" * 100_000])
async def test_a_body_that_is_no_json_object_is_refused(kie: Running, text: str) -> None:
    async with kie[1].session.post(CREATE, data=text) as response:
        assert (await response.json())["code"] == 400


@pytest.mark.parametrize(
    "extra", [{"callbackUrl": "http://a.example"}, {"prompt": "x"}, {"callBackUrl": 5}, {"callBackUrl": "a"}]
)
async def test_a_body_with_a_stray_or_wrong_field_is_refused(kie: Running, extra: dict[str, Any]) -> None:
    answer = await kie[1].post(CREATE, {"model": PICTURE_MODEL, "input": {"prompt": "x"}} | extra)
    assert answer["code"] == 422


async def test_an_unknown_task_reads_as_null(kie: Running) -> None:
    answer = await kie[1].get(STATUS, taskId="0" * 32)
    assert (answer["code"], answer["msg"], answer["data"]) == (422, "recordInfo is null", None)
    assert (await kie[1].get(STATUS))["code"] == 422


async def test_a_path_that_does_not_exist_answers_404_in_the_body(kie: Running) -> None:
    assert (await kie[1].get("/api/v1/account/balance"))["code"] == 404


async def test_the_twenty_first_creation_in_ten_seconds_gets_429_and_starts_nothing() -> None:
    async with running_kie(creation_limit=20, creation_window_s=60.0) as (simulator, client):
        codes = [(await client.create(prompt=str(i)))["code"] for i in range(21)]
        assert codes == [200] * 20 + [429]
        assert len(simulator.account.tasks) == 20


async def test_credits_are_a_bare_number_that_falls_with_successes_only() -> None:
    async with running_kie(credits=9.5) as (_, client):
        await client.start(prompt="x")
        await client.start(prompt="!fail")
        answer = await client.get("/api/v1/chat/credit")
        assert answer == {"code": 200, "msg": "success", "data": 5.5}
        await client.start(prompt="y")
        assert (await client.create(prompt="z"))["code"] == 402


async def test_every_creation_and_read_is_on_record(kie: Running) -> None:
    simulator, client = kie
    first = await client.start(prompt="x", callback="http://127.0.0.1:1/generation/7")
    await client.create(prompt=7)
    await client.create(prompt="again", callback="http://127.0.0.1:1/generation/7")
    await client.record(first)
    calls = simulator.account.creates
    assert [(call.code, call.body["input"]["prompt"]) for call in calls] == [(200, "x"), (422, 7), (200, "again")]
    assert (calls[0].task_id, calls[1].task_id) == (first, None)
    assert simulator.account.accepted_per_callback() == {"http://127.0.0.1:1/generation/7": 2}
    assert [read.task_id for read in simulator.account.reads] == [first]
    assert simulator.account.requests[CREATE] == 3


async def test_empty_and_unreadable_results_are_successes(kie: Running) -> None:
    client = kie[1]
    empty = await client.record(await client.start(prompt="!empty"))
    assert (empty["state"], empty["response"], json.loads(empty["resultJson"])) == ("success", {}, {})
    broken = await client.record(await client.start(prompt="!badjson"))
    assert (broken["state"], broken["response"]) == ("success", None)
    with pytest.raises(ValueError, match="Unterminated"):
        json.loads(broken["resultJson"])


async def test_a_task_can_be_ended_by_hand() -> None:
    async with running_kie(duration_s=1_000.0) as (simulator, client):
        task_id = await client.start(prompt="x")
        simulator.account.end_now(simulator.account.tasks[task_id], ScriptedAnswer(501, "stopped"))
        assert (await client.record(task_id))["failMsg"] == "stopped"


async def test_veo_takes_a_flat_camel_case_body_and_has_its_own_record(kie: Running) -> None:
    client = kie[1]
    body = {
        "model": "veo3_fast",
        "prompt": "waves",
        "aspect_ratio": "9:16",
        "generationType": "TEXT_2_VIDEO",
        "duration": 8,
    }
    answer = await client.post("/api/v1/veo/generate", body)
    task_id = answer["data"]["taskId"]
    data = (await client.get("/api/v1/veo/record-info", taskId=task_id))["data"]
    assert (data["successFlag"], data["errorCode"], data["errorMessage"]) == (1, None, None)
    assert json.loads(data["paramJson"]) == body
    assert data["response"]["resultUrls"][0].endswith(".mp4")
    assert (await client.get(STATUS, taskId=task_id))["code"] == 422
    for wrong in (
        {"generation_type": "TEXT_2_VIDEO"},
        {"model": "veo-3-1"},
        {"duration": "8"},
        {"aspectRatio": "9:16"},
    ):
        assert (await client.post("/api/v1/veo/generate", body | wrong))["code"] == 422


async def test_midjourney_answers_a_grid_of_four(kie: Running) -> None:
    client = kie[1]
    body = {"taskType": "mj_txt2img", "prompt": "a fox", "aspectRatio": "16:9"}
    task_id = (await client.post("/api/v1/mj/generate", body))["data"]["taskId"]
    data = (await client.get("/api/v1/mj/record-info", taskId=task_id))["data"]
    assert data["successFlag"] == 1
    assert len({found["resultUrl"] for found in data["resultInfoJson"]["resultUrls"]}) == 4
    failed = (await client.post("/api/v1/mj/generate", body | {"prompt": "!fail 500 no"}))["data"]["taskId"]
    data = (await client.get("/api/v1/mj/record-info", taskId=failed))["data"]
    assert (data["successFlag"], data["errorCode"], data["errorMessage"]) == (3, 500, "no")
    assert data["resultInfoJson"] is None
