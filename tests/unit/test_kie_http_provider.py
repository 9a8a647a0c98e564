"""KIE's adapter against a server that answers word for word what a test says."""

import json
import socket
import traceback
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import aiohttp
import pytest
import structlog
from aiohttp import web
from aiohttp.test_utils import TestServer
from attrs import evolve

from adapters.kie_http import KieHttpProvider
from adapters.kie_http.uploads import BASE64_LIMIT_BYTES
from application.errors import ProviderError, ProviderOutcomeUnknown, ProviderRejected, ProviderUnavailable
from application.ports.media_provider import Submission
from domain.failure import FailureKind
from domain.generation import TaskId
from domain.media import MediaFile
from domain.model import Endpoint, Model
from tests.support.faulty_server import Fault, FaultyServer, RawAnswer, faulty
from tests.support.kie_http import KEY, MODEL, PATIENT, TASK, VEO, Kie, look_up, provider_at, some_model

URL = "https://tempfile.aiquickdraw.com/1.png"

OK_TASK = {"code": 200, "msg": "success", "data": {"taskId": TASK, "recordId": TASK}}

MIDJOURNEY = some_model("mj", endpoint=Endpoint(create="/api/v1/mj/generate", status="/api/v1/mj/record-info"))

CREATE = "/api/v1/jobs/createTask"


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


@pytest.fixture
async def relay() -> AsyncIterator[FaultyServer]:
    async with faulty(1) as relay:
        yield relay


async def submit(provider: KieHttpProvider, model: Model = MODEL, **given: object) -> TaskId:
    return await provider.submit(Submission(model=model, input=given or {"prompt": "a fox"}))


async def test_a_market_model_is_created_by_model_input_and_callback(provider: KieHttpProvider, kie: Kie) -> None:
    kie.answer(OK_TASK)
    submission = Submission(model=MODEL, input={"prompt": "лиса", "n": 2}, callback_url="https://bot.example/cb/1")
    assert await provider.submit(submission) == TASK

    (asked,) = kie.asked
    assert (asked.method, asked.path) == ("POST", CREATE)
    assert json.loads(asked.body) == {
        "model": "some/model",
        "input": {"prompt": "лиса", "n": 2},
        "callBackUrl": "https://bot.example/cb/1",
    }
    assert asked.headers["Authorization"] == f"Bearer {KEY}"
    assert asked.headers["Content-Type"] == "application/json"
    assert asked.headers["User-Agent"].startswith("curl/8")


async def test_without_a_callback_the_body_names_none(provider: KieHttpProvider, kie: Kie) -> None:
    kie.answer(OK_TASK)
    await submit(provider)
    assert json.loads(kie.asked[0].body) == {"model": "some/model", "input": {"prompt": "a fox"}}


async def test_a_model_that_wants_an_address_gets_one_that_never_resolves_where_we_have_none(
    provider: KieHttpProvider, kie: Kie
) -> None:
    model = evolve(MODEL, callback_required=True)
    for known, sent in ((None, "https://callback.invalid/"), ("https://bot.example/cb/1", "https://bot.example/cb/1")):
        kie.answer(OK_TASK)
        await provider.submit(Submission(model=model, input={}, callback_url=known))
        assert json.loads(kie.asked[-1].body)["callBackUrl"] == sent


async def test_veo_is_created_by_a_flat_camel_case_body(provider: KieHttpProvider, kie: Kie) -> None:
    kie.answer(OK_TASK)
    await submit(
        provider,
        VEO,
        prompt="a fox",
        image_urls=[URL],
        generation_type="x",
        aspect_ratio="16:9",
        enable_translation=True,
    )
    assert kie.asked[0].path == "/api/v1/veo/generate"
    assert json.loads(kie.asked[0].body) == {
        "model": "veo3_fast",
        "prompt": "a fox",
        "imageUrls": [URL],
        "generationType": "x",
        "aspect_ratio": "16:9",
        "enableTranslation": True,
    }


async def test_midjourney_is_created_without_a_model(provider: KieHttpProvider, kie: Kie) -> None:
    kie.answer(OK_TASK)
    await submit(provider, MIDJOURNEY, prompt="a fox", taskType="mj_txt2img")
    assert kie.asked[0].path == "/api/v1/mj/generate"
    assert json.loads(kie.asked[0].body) == {"prompt": "a fox", "taskType": "mj_txt2img"}


async def test_a_model_of_an_endpoint_we_do_not_speak_is_refused_before_anything_is_sent(
    provider: KieHttpProvider, kie: Kie
) -> None:
    strange = some_model(endpoint=Endpoint(create="/api/v1/strange/generate", status="/api/v1/strange/record"))
    with pytest.raises(ProviderRejected) as caught:
        await submit(provider, strange)
    assert caught.value.failure.kind is FailureKind.MODEL_UNAVAILABLE
    assert kie.asked == []


@pytest.mark.parametrize(
    "answer",
    [
        '{"code":200,"msg":"succ',
        "[]",
        "",
        '{"msg":"no code","data":{"taskId":"1"}}',
        '{"code":true,"data":{"taskId":"1"}}',
        {"code": 200, "msg": "success", "data": None},
        {"code": 200, "msg": "success", "data": {"recordId": "1"}},
        {"code": 200, "msg": "success", "data": {"taskId": ""}},
        {"code": 200, "msg": "success", "data": {"taskId": [7]}},
        {"code": 200, "msg": "success", "data": {"taskId": True}},
        {"code": 500, "msg": "Server exception", "data": None},
        {"code": 200, "data": {"taskId": "1", "padding": "x" * 60_000}},
        web.Response(status=502, text="<h1>Bad gateway</h1>"),
        web.Response(status=302, headers={"Location": "http://127.0.0.1:1/elsewhere"}),
    ],
)
async def test_a_creation_whose_answer_cannot_be_read_may_have_started_and_is_sent_once(
    provider: KieHttpProvider, kie: Kie, answer: web.Response | Mapping[str, object] | str
) -> None:
    kie.answer(answer)
    with pytest.raises(ProviderOutcomeUnknown):
        await submit(provider)
    assert len(kie.asked) == 1


@pytest.mark.parametrize(
    "trouble",
    [
        Fault.RESET,
        Fault.STALL,
        RawAnswer(b"not http at all\r\n\r\n"),
        RawAnswer(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"),
    ],
)
async def test_a_creation_whose_connection_breaks_may_have_started_and_is_sent_once(
    session: aiohttp.ClientSession, relay: FaultyServer, trouble: Fault | RawAnswer
) -> None:
    relay.spoil(trouble)
    with pytest.raises(ProviderOutcomeUnknown):
        await submit(provider_at(session, relay.url))
    assert relay.connections == 1


@pytest.mark.parametrize("base", ["http://127.0.0.1:{port}", "https://127.0.0.1:{port}"])
async def test_a_creation_that_cannot_connect_certainly_started_nothing(
    session: aiohttp.ClientSession, base: str
) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        with pytest.raises(ProviderUnavailable):
            await submit(provider_at(session, base.format(port=port)))


async def test_a_server_that_does_not_speak_tls_got_no_creation(
    session: aiohttp.ClientSession, relay: FaultyServer
) -> None:
    relay.spoil(RawAnswer(b"HTTP/1.1 400 Bad Request\r\n\r\n"))
    with pytest.raises(ProviderUnavailable):
        await submit(provider_at(session, relay.url.replace("http:", "https:")))


async def test_the_code_in_the_body_decides_whatever_the_http_status(provider: KieHttpProvider, kie: Kie) -> None:
    kie.answer(web.Response(status=500, text=json.dumps({"code": 402, "message": "Credits insufficient"})))
    with pytest.raises(ProviderRejected) as caught:
        await submit(provider)
    failure = caught.value.failure
    assert (failure.kind, failure.provider_code, failure.provider_message) == (
        FailureKind.OUT_OF_CREDITS,
        "402",
        "Credits insufficient",
    )


async def test_the_wait_a_server_asks_for_is_passed_on(provider: KieHttpProvider, kie: Kie) -> None:
    kie.answer(web.Response(status=429, text="slow down", headers={"Retry-After": "7"}))
    with pytest.raises(ProviderUnavailable) as caught:
        await submit(provider)
    assert caught.value.retry_after_s == 7.0


async def test_a_redirect_is_not_followed_so_the_key_goes_nowhere_else(
    provider: KieHttpProvider, kie: Kie, session: aiohttp.ClientSession, relay: FaultyServer
) -> None:
    kie.answer(web.Response(status=307, headers={"Location": f"{relay.url}/steal"}))
    with pytest.raises(ProviderUnavailable):
        await submit(provider)
    with pytest.raises(ProviderUnavailable):
        await look_up(provider)
    assert relay.connections == 0


def some_file(folder: Path, size: int, name: str = "My holiday.PNG", mime: str = "image/png") -> MediaFile:
    path = folder / "file"
    path.write_bytes(bytes(size))
    return MediaFile(path=path, name=name, mime=mime, size_bytes=size)


@pytest.mark.parametrize(
    ("size", "path"), [(10, "/api/file-base64-upload"), (BASE64_LIMIT_BYTES + 1, "/api/file-stream-upload")]
)
async def test_small_files_go_as_base64_and_large_ones_as_a_stream(
    provider: KieHttpProvider, kie: Kie, tmp_path: Path, size: int, path: str
) -> None:
    kie.answer(
        {
            "success": True,
            "code": 200,
            "data": {"downloadUrl": "https://kept.example/1", "fileUrl": "https://old.example/1"},
        }
    )
    assert await provider.upload(some_file(tmp_path, size)) == "https://kept.example/1"
    assert kie.asked[0].path == path
    assert len(kie.asked[0].body) > size
    assert b"My holiday" not in kie.asked[0].body  # the person's own name for it stays here
    assert b".png" in kie.asked[0].body


async def test_an_upload_is_repeated_over_passing_faults_under_the_same_name(
    provider: KieHttpProvider, kie: Kie, tmp_path: Path
) -> None:
    kie.answer(web.Response(status=503), {"success": True, "code": 200, "data": {"fileUrl": "https://old.example/1"}})
    assert await provider.upload(some_file(tmp_path, BASE64_LIMIT_BYTES + 1)) == "https://old.example/1"
    names = [asked.body.partition(b'filename="')[2].partition(b'"')[0] for asked in kie.asked]
    assert len(names) == 2
    assert names[0] == names[1] != b""


@pytest.mark.parametrize("data", [None, {}, {"downloadUrl": "ftp://a/b"}, {"downloadUrl": 7}])
async def test_an_upload_without_a_usable_url_did_not_happen(
    provider: KieHttpProvider, kie: Kie, tmp_path: Path, data: object
) -> None:
    kie.answer({"code": 200, "data": data})
    with pytest.raises(ProviderUnavailable):
        await provider.upload(some_file(tmp_path, 10))


async def test_a_refused_file_says_so(provider: KieHttpProvider, kie: Kie, tmp_path: Path) -> None:
    kie.answer({"code": 413, "msg": "too large"})
    with pytest.raises(ProviderRejected):
        await provider.upload(some_file(tmp_path, 10))


@pytest.mark.parametrize("named", ["t1", " t1\n", 7, 12345678901234567890])
@pytest.mark.parametrize("code", [200, "200", 200.0])
async def test_a_task_is_created_however_its_id_and_the_code_are_written(
    provider: KieHttpProvider, kie: Kie, named: str | int, code: object
) -> None:
    kie.answer({"code": code, "msg": "success", "data": {"taskId": named}})
    assert await provider.submit(Submission(model=MODEL, input={"prompt": "a fox"})) == str(named).strip()


@pytest.mark.parametrize(("said", "left"), [("88.25", 88.25), (" 12 ", 12.0), (0, 0.0), ("-3.5", -3.5)])
async def test_credits_are_read_as_text_too(provider: KieHttpProvider, kie: Kie, said: object, left: float) -> None:
    kie.answer({"code": 200, "msg": "success", "data": said})
    assert await provider.credits() == left


async def test_the_credits_are_the_bare_number(provider: KieHttpProvider, kie: Kie) -> None:
    kie.answer({"code": 200, "msg": "success", "data": 5916.25})
    assert await provider.credits() == 5916.25
    kie.answer({"code": 200, "msg": "success", "data": "many"})
    kie.answers.popleft()
    with pytest.raises(ProviderUnavailable):
        await provider.credits()


async def test_a_download_link_is_the_bare_url(provider: KieHttpProvider, kie: Kie) -> None:
    kie.answer({"code": 200, "msg": "success", "data": f"{URL}?sign=1"})
    assert await provider.download_link(URL) == f"{URL}?sign=1"
    assert json.loads(kie.asked[0].body) == {"url": URL}


@pytest.mark.parametrize(
    "answer",
    [
        {"code": 401, "msg": f"no such key: {KEY}"},
        web.Response(status=502, text=f"<h1>{KEY}</h1>"),
        {"code": 500, "msg": f"Bearer {KEY} is required"},
        "<html>",
    ],
)
async def test_the_key_shows_in_no_error_log_or_repr(
    provider: KieHttpProvider, kie: Kie, answer: web.Response | Mapping[str, object] | str
) -> None:
    kie.answer(answer)
    with structlog.testing.capture_logs() as logs:
        for call in (submit, look_up):
            with pytest.raises(ProviderError) as caught:
                await call(provider)
            assert KEY not in everything_about(caught.value)
    assert KEY not in repr((logs, provider, vars(provider)))
    assert all(asked.headers["Authorization"].endswith(KEY) for asked in kie.asked)


async def test_the_key_shows_in_no_error_about_garbage(session: aiohttp.ClientSession, relay: FaultyServer) -> None:
    relay.spoil(RawAnswer(b"HTTP/1.1 abc\r\n\r\n"))
    with pytest.raises(ProviderOutcomeUnknown) as caught:
        await submit(provider_at(session, relay.url))
    assert KEY not in everything_about(caught.value)


def everything_about(error: BaseException) -> str:
    """What a careless logger could print: the error, its failure, its whole chain, every local of our frames."""
    shown = traceback.TracebackException.from_exception(error, capture_locals=True)
    shown.stack[:] = [frame for frame in shown.stack if frame.filename != __file__]
    return "".join(shown.format()) + repr(error) + repr(vars(error)) + repr((error.__cause__, error.__context__))
