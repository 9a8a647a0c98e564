"""The HTTP port, over real sockets."""

import asyncio
import base64
import hashlib
import hmac
from collections.abc import AsyncIterator, Sequence

import pytest
from aiohttp import ClientSession
from structlog.testing import capture_logs

from adapters.ops_http import OpsServer
from tests.support.ops_port import NOW, PATH, SECRET, Behind

KEY = "webhook-key"


def ops_server(*, port: int = 0, callback_keys: Sequence[str] = ()) -> OpsServer:
    return OpsServer(
        host="127.0.0.1",
        port=port,
        now=lambda: NOW,
        metrics=lambda: (b"mediabot_up 1.0\n", "text/plain; version=0.0.4"),
        callback_keys=callback_keys,
    )


@pytest.fixture
async def server() -> AsyncIterator[OpsServer]:
    async with ops_server() as server:
        yield server


@pytest.fixture
async def http(server: OpsServer) -> AsyncIterator[ClientSession]:
    async with ClientSession(f"http://127.0.0.1:{server.port}") as session:
        yield session


@pytest.fixture
def behind(server: OpsServer) -> Behind:
    behind = Behind()
    server.opened(behind.service())
    return behind


def signed(task_id: str, *, key: str = KEY, seconds_ago: int = 0) -> dict[str, str]:
    timestamp = str(int(NOW.timestamp()) - seconds_ago)
    digest = hmac.digest(key.encode(), f"{task_id}.{timestamp}".encode(), hashlib.sha256)
    return {"X-Webhook-Timestamp": timestamp, "X-Webhook-Signature": base64.b64encode(digest).decode()}


async def test_before_the_service_has_started_it_is_alive_but_not_ready(http: ClientSession) -> None:
    async with http.get("/healthz") as health, http.get("/readyz") as readiness, http.get("/status") as status:
        assert (health.status, readiness.status, await readiness.text()) == (200, 503, "starting\n")
        assert await status.json() == {"role": "starting"}


async def test_before_the_service_has_started_callbacks_are_asked_to_come_again(http: ClientSession) -> None:
    async with http.post(PATH, json={"taskId": "t1"}) as callback, http.post("/telegram/webhook") as webhook:
        assert (callback.status, webhook.status) == (503, 503)


async def test_a_started_service_is_ready_and_says_how_it_is(http: ClientSession, behind: Behind) -> None:
    async with http.get("/readyz") as readiness, http.get("/status") as status:
        assert readiness.status == 200
        assert await status.json() == {"role": "leader", "epoch": 3}


async def test_a_misconfigured_service_is_not_ready_but_alive(http: ClientSession, behind: Behind) -> None:
    behind.not_ready = "telegram_token_refused"
    async with http.get("/healthz") as health, http.get("/readyz") as readiness:
        assert (health.status, readiness.status) == (200, 503)
        assert await readiness.text() == "telegram_token_refused\n"


async def test_metrics_keep_their_content_type(http: ClientSession) -> None:
    async with http.get("/metrics") as answer:
        assert answer.headers["Content-Type"] == "text/plain; version=0.0.4"
        assert await answer.text() == "mediabot_up 1.0\n"


async def test_further_paths_are_served_and_unknown_ones_are_not(http: ClientSession, behind: Behind) -> None:
    async with http.post("/telegram/webhook", data="hi") as known, http.post("/other") as unknown:
        assert (await known.json(), unknown.status) == ({"said": "hi"}, 404)


@pytest.mark.parametrize(
    "body",
    [
        {"code": 200, "data": {"taskId": "t1", "state": "success"}},
        {"code": 200, "data": {"task_id": "t1", "callbackType": "complete"}},
        {"code": 200, "data": {"result_video_url": "…"}, "taskId": "t1"},
        {"code": 501, "data": {"taskId": "t1", "state": "fail"}},
    ],
    ids=["market", "suno", "aleph", "failure"],
)
async def test_the_task_id_is_found_wherever_the_provider_puts_it(
    http: ClientSession, behind: Behind, body: dict[str, object]
) -> None:
    async with http.post(PATH, json=body) as answer:
        assert answer.status == 200
    assert behind.reports == [("abcdefgh01234567", SECRET, "t1")]


async def test_a_duplicate_is_welcome(http: ClientSession, behind: Behind) -> None:
    for _ in range(2):
        async with http.post(PATH, json={"taskId": "t1"}) as answer:
            assert answer.status == 200


@pytest.mark.parametrize("path", [PATH[:-1] + "X", "/kie/callback/abcdefgh01234567/short", "/kie/callback/A/" + SECRET])
async def test_an_unknown_generation_or_secret_is_not_found(http: ClientSession, behind: Behind, path: str) -> None:
    async with http.post(path, json={"taskId": "t1"}) as answer:
        assert answer.status == 404


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b'"t1"', b"\xff\xfe", b"[" * 100_000],
)
async def test_garbage_is_refused_and_reaches_no_one(http: ClientSession, behind: Behind, body: bytes) -> None:
    async with http.post(PATH, data=body) as answer:
        assert answer.status == 400
    assert behind.reports == []


@pytest.mark.parametrize("said", [None, 5, "", "a\nb", "t" * 129])
async def test_a_callback_that_names_no_usable_task_still_rings(
    http: ClientSession, behind: Behind, said: object
) -> None:
    async with http.post(PATH, json={"code": 200, "data": {"taskId": said}}) as answer:
        assert answer.status == 200
    assert behind.reports == [("abcdefgh01234567", SECRET, None)]


async def test_a_body_without_end_is_cut_off(http: ClientSession, behind: Behind) -> None:
    async with http.post(PATH, data=b" " * (2 * 1024 * 1024 + 1)) as answer:
        assert answer.status == 413


async def test_while_the_store_is_away_the_provider_is_asked_to_come_again(http: ClientSession, behind: Behind) -> None:
    behind.away = True
    async with http.post(PATH, json={"taskId": "t1"}) as answer:
        assert answer.status == 503


async def test_with_a_key_only_a_signature_over_this_task_is_let_through() -> None:
    behind = Behind()
    async with (
        ops_server(callback_keys=["another-accounts-key", KEY]) as server,
        ClientSession(f"http://127.0.0.1:{server.port}") as http,
    ):
        server.opened(behind.service())

        async def status(headers: dict[str, str], body: object = {"data": {"taskId": "t1"}}) -> int:
            async with http.post(PATH, json=body, headers=headers) as answer:
                return answer.status

        assert await status(signed("t1")) == 200
        assert await status(signed("t1", seconds_ago=299)) == 200
        assert await status(signed("t1", seconds_ago=-299)) == 200
        assert await status(signed("t2")) == 401
        assert await status(signed("t1", key="other")) == 401
        assert await status(signed("t1") | {"X-Webhook-Timestamp": "1e9"}) == 401
        assert await status(signed("t1") | {"X-Webhook-Signature": "ключ"}) == 401
        assert await status({}) == 401
        assert await status(signed("t1"), {"data": {}}) == 401
    assert len(behind.reports) == 3


@pytest.mark.parametrize("seconds_ago", [301, -301, 3_000_000])
async def test_a_clock_that_is_off_costs_no_callback_and_is_noticed(seconds_ago: int) -> None:
    behind = Behind()
    async with (
        ops_server(callback_keys=["another-accounts-key", KEY]) as server,
        ClientSession(f"http://127.0.0.1:{server.port}") as http,
    ):
        server.opened(behind.service())
        with capture_logs() as lines:
            async with http.post(
                PATH, json={"data": {"taskId": "t1"}}, headers=signed("t1", seconds_ago=seconds_ago)
            ) as answer:
                assert answer.status == 200
    assert [line["event"] for line in lines] == ["callback.clock_differs"]
    assert behind.reports == [("abcdefgh01234567", SECRET, "t1")]


async def test_no_log_line_holds_the_secret_of_a_callback(http: ClientSession, behind: Behind) -> None:
    behind.away = True
    with capture_logs() as lines:
        async with http.post(PATH, json={"taskId": "t1"}):
            pass
    assert [line["event"] for line in lines] == ["callback.postponed"]
    assert SECRET not in str(lines)


async def test_a_stuck_event_loop_gives_no_answer(server: OpsServer) -> None:
    """Health is asked for from outside; here with a bare socket in a thread, while the loop is blocked."""
    import socket  # noqa: PLC0415  # loaded where it is used
    import threading  # noqa: PLC0415  # loaded where it is used

    answered = threading.Event()

    def ask() -> None:
        with socket.create_connection(("127.0.0.1", server.port)) as connection:
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
            connection.recv(100)
            answered.set()

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    assert not answered.wait(0.2)  # blocks the loop
    assert await asyncio.to_thread(answered.wait, 5)


async def test_a_taken_port_is_an_error_at_once(server: OpsServer) -> None:
    with pytest.raises(OSError, match="Address already in use"):
        async with ops_server(port=server.port):
            pass
