"""What KIE's adapter makes of the answers about a task."""

import json
from collections.abc import AsyncIterator, Mapping
from datetime import timedelta

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from adapters.kie_http import KieHttpProvider
from adapters.memory.clock import ManualClock
from application.errors import ProviderRejected, ProviderUnavailable
from application.ports.media_provider import TaskFailed, TaskRunning, TaskSucceeded
from domain.failure import Charged, FailureKind
from domain.generation import Result
from domain.media import MediaKind
from domain.model import Endpoint, Model
from tests.support.kie_http import LIMITS, MODEL, PATIENT, TASK, VEO, Kie, look_up, provider_at, some_model

URL = "https://tempfile.aiquickdraw.com/1.png"

MIDJOURNEY = some_model("mj", endpoint=Endpoint(create="/api/v1/mj/generate", status="/api/v1/mj/record-info"))

READ = "/api/v1/jobs/recordInfo"


@pytest.fixture
def kie() -> Kie:
    return Kie()


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(force_close=True)) as session:
        yield session


@pytest.fixture
async def provider(kie: Kie, session: aiohttp.ClientSession) -> AsyncIterator[KieHttpProvider]:
    app = web.Application(client_max_size=50_000_000)
    app.router.add_route("*", "/{path:.*}", kie.handle)
    async with TestServer(app) as server:
        yield provider_at(session, str(server.make_url("/")), limits=PATIENT)


def record(**data: object) -> dict[str, object]:
    return {"code": 200, "msg": "success", "data": {"taskId": TASK, **data}}


async def test_a_read_is_repeated_over_passing_faults(provider: KieHttpProvider, kie: Kie) -> None:
    kie.answer(web.Response(status=502, text="<h1>"), {"code": 500, "msg": "oops"}, record(state="waiting"))
    assert await look_up(provider) == TaskRunning()
    assert len(kie.asked) == LIMITS.attempts


async def test_a_read_that_finds_no_answer_gives_up_after_its_attempts(provider: KieHttpProvider, kie: Kie) -> None:
    kie.answer("<html>")
    with pytest.raises(ProviderUnavailable):
        await look_up(provider)
    assert len(kie.asked) == LIMITS.attempts


async def test_a_read_over_the_rate_limit_is_not_repeated_at_once(provider: KieHttpProvider, kie: Kie) -> None:
    kie.answer({"code": 429, "msg": "too often"})
    with pytest.raises(ProviderUnavailable):
        await look_up(provider)
    assert len(kie.asked) == 1


async def test_a_wrong_key_says_nothing_about_the_task(provider: KieHttpProvider, kie: Kie) -> None:
    kie.answer({"code": 401, "msg": "You do not have access permissions"})
    with pytest.raises(ProviderRejected) as caught:
        await look_up(provider)
    assert caught.value.failure.kind is FailureKind.UNAUTHORISED


@pytest.mark.parametrize("state", ["waiting", "queuing", "generating", "something new"])
async def test_every_state_that_is_no_end_is_running(provider: KieHttpProvider, kie: Kie, state: str) -> None:
    kie.answer(record(state=state, resultJson="", failCode=None, failMsg=None))
    assert await look_up(provider) == TaskRunning()
    assert kie.asked[0].query == {"taskId": TASK}


async def test_a_success_as_recorded_in_april_has_results_and_a_run_time(provider: KieHttpProvider, kie: Kie) -> None:
    kie.answer(
        record(
            state="success",
            resultJson=json.dumps({"resultUrls": [URL]}),
            failCode=None,
            failMsg=None,
            costTime=48,
            createTime=1_775_000_000_000,
            completeTime=1_775_000_048_500,
        )
    )
    assert await look_up(provider) == TaskSucceeded(results=(Result(kind=MediaKind.IMAGE, url=URL),), run_time_s=48.5)


async def test_a_success_in_the_newest_form_has_its_cost_too(provider: KieHttpProvider, kie: Kie) -> None:
    kie.answer(
        record(successFlag=1, response={"resultUrls": [URL]}, resultJson="{broken", costTime=12, creditsConsumed=4.5)
    )
    assert await look_up(provider) == TaskSucceeded(
        results=(Result(kind=MediaKind.IMAGE, url=URL),), credits=4.5, run_time_s=12.0
    )


@pytest.mark.parametrize(
    ("data", "kind", "charged"),
    [
        ({"resultJson": '{"resultUrls":["https://'}, FailureKind.UNREADABLE_RESULT, Charged.UNKNOWN),
        ({"resultJson": "{}", "creditsConsumed": 4}, FailureKind.NO_RESULT, Charged.YES),
        ({"resultJson": None, "creditsConsumed": 0}, FailureKind.NO_RESULT, Charged.NO),
        ({"resultJson": 7}, FailureKind.NO_RESULT, Charged.UNKNOWN),
    ],
)
async def test_a_success_without_a_result_to_read_is_a_failure_that_may_have_cost(
    provider: KieHttpProvider, kie: Kie, data: Mapping[str, object], kind: FailureKind, charged: Charged
) -> None:
    kie.answer(record(state="success", **data))
    report = await look_up(provider)
    assert isinstance(report, TaskFailed)
    assert (report.failure.kind, report.failure.charged) == (kind, charged)


@pytest.mark.parametrize("fail_code", ["422", 422])
async def test_a_failed_task_says_why_whether_its_code_is_text_or_number(
    provider: KieHttpProvider, kie: Kie, fail_code: object
) -> None:
    kie.answer(record(state="fail", failCode=fail_code, failMsg="Image\n  too small", resultJson=None))
    report = await look_up(provider)
    assert isinstance(report, TaskFailed)
    failure = report.failure
    assert (failure.kind, failure.charged) == (FailureKind.INPUT_REJECTED, Charged.NO)
    assert (failure.provider_code, failure.provider_message) == ("422", "Image too small")


@pytest.mark.parametrize(
    ("model", "data", "url"),
    [
        (VEO, {"successFlag": 1, "response": {"resultUrls": ["https://a.example/1.mp4"]}}, "https://a.example/1.mp4"),
        (VEO, {"successFlag": 1, "resultUrls": '["https://a.example/1.mp4"]'}, "https://a.example/1.mp4"),
        (MIDJOURNEY, {"successFlag": 1, "resultInfoJson": {"resultUrls": [{"resultUrl": URL}]}}, URL),
        (MIDJOURNEY, {"successFlag": 1, "resultInfoJson": json.dumps({"resultUrls": [{"resultUrl": URL}]})}, URL),
    ],
)
async def test_the_dedicated_endpoints_results_are_read(
    provider: KieHttpProvider, kie: Kie, model: Model, data: Mapping[str, object], url: str
) -> None:
    kie.answer(record(**data))
    report = await look_up(provider, model)
    assert isinstance(report, TaskSucceeded)
    assert [result.url for result in report.results] == [url]
    assert model.endpoint is not None
    assert kie.asked[0].path == model.endpoint.status


@pytest.mark.parametrize(("flag", "ends"), [(0, False), (2, True), (3, True)])
async def test_the_dedicated_endpoints_flags_are_read(
    provider: KieHttpProvider, kie: Kie, flag: int, ends: bool
) -> None:
    kie.answer(record(successFlag=flag, errorCode=400, errorMessage="Unsafe content"))
    report = await look_up(provider, VEO)
    assert isinstance(report, TaskFailed) is ends
    if isinstance(report, TaskFailed):
        assert (report.failure.kind, report.failure.provider_code) == (FailureKind.CONTENT_REFUSED, "400")


@pytest.mark.parametrize(
    "answer",
    [
        {"code": 422, "msg": "recordInfo is null", "data": None},
        {"code": 404, "msg": "not found"},
        {"code": 200, "msg": "success", "data": None},
    ],
)
async def test_a_task_that_cannot_be_found_runs_for_90_seconds(
    session: aiohttp.ClientSession, kie: Kie, answer: Mapping[str, object]
) -> None:
    kie.answer(answer)
    app = web.Application()
    app.router.add_get(READ, kie.handle)
    clock = ManualClock()
    async with TestServer(app) as server:
        provider = provider_at(session, str(server.make_url("/")), clock)
        born = clock.now()
        assert await provider.look_up(MODEL, TASK, submitted_at=born - timedelta(seconds=89)) == TaskRunning()
        assert isinstance(await provider.look_up(MODEL, TASK, submitted_at=born - timedelta(seconds=91)), TaskFailed)


async def test_an_answer_too_large_to_read_ends_that_task_only(provider: KieHttpProvider, kie: Kie) -> None:
    kie.answer(record(state="success", resultJson="x" * 60_000))
    report = await look_up(provider)
    assert isinstance(report, TaskFailed)
    assert report.failure.kind is FailureKind.UNREADABLE_RESULT
