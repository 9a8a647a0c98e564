"""The HTTP port among strangers: idle, slow, half-sent and malformed requests, and more of them than there is room for."""

import asyncio
import os
import resource
import socket
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager, suppress

import pytest
from aiohttp import ClientSession
from attrs import evolve
from structlog.testing import capture_logs

from adapters.ops_http import OpsServer
from adapters.ops_http.connection import ConnectionLimits
from adapters.ops_http.listener import bound_sockets
from tests.support.ops_port import HEAD, PATH, SHORT, WRONG_SECRET, Behind, is_healthy, listening


async def connect(server: OpsServer, data: bytes = b"") -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(data)
    return reader, writer


async def closing_takes(reader: asyncio.StreamReader) -> float:
    """Seconds until the server closes the connection."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    await all_of(reader)
    return loop.time() - began


async def all_of(reader: asyncio.StreamReader) -> bytes:
    """What the server says until it closes the connection."""
    said = b""
    async with asyncio.timeout(5):
        with suppress(ConnectionError):
            while part := await reader.read(65536):
                said += part
    return said


@pytest.mark.parametrize(
    "sent", [b"", b"G", HEAD[:-2], b"POST " + WRONG_SECRET.encode() + b" HTTP/1.1\r\nContent-Length: 9"]
)
async def test_a_request_that_never_gets_to_its_end_is_dropped_after_seconds(sent: bytes) -> None:
    async with listening() as server:
        reader, _ = await connect(server, sent)
        assert 0.1 < await closing_takes(reader) < 2


async def test_a_head_that_drips_is_dropped_too() -> None:
    async with listening() as server:
        reader, writer = await connect(server)

        async def drip() -> None:
            for byte in HEAD * 100:
                writer.write(bytes([byte]))
                await asyncio.sleep(0.05)

        dripping = asyncio.create_task(drip())
        assert await closing_takes(reader) < 2
        dripping.cancel()


async def test_a_second_request_that_never_gets_to_its_end_is_dropped_and_an_idle_connection_waits_longer() -> None:
    async with listening() as server:
        half, writer = await connect(server, HEAD)
        idle, _ = await connect(server, HEAD)
        await half.readuntil(b"ok\n")
        await idle.readuntil(b"ok\n")
        writer.write(HEAD[:10])
        first, second = await asyncio.gather(closing_takes(half), closing_takes(idle))
        assert first < second


async def test_a_wrong_secret_is_refused_before_the_body_is_sent() -> None:
    async with listening() as server:
        reader, _ = await connect(
            server, f"POST {WRONG_SECRET} HTTP/1.1\r\nHost: x\r\nContent-Length: 8000000\r\n\r\n".encode()
        )
        assert b" 404 " in await reader.readline()


async def test_a_body_is_not_read_where_the_task_is_known() -> None:
    behind = Behind()
    behind.known = "t7"  # type: ignore[assignment]  # a TaskId
    async with listening() as server:
        server.opened(behind.service())
        reader, _ = await connect(server, f"POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n".encode())
        assert b" 200 " in await reader.readline()
    assert [report[2] for report in behind.reports] == ["t7"]


async def test_a_body_that_drips_is_dropped_also_with_the_right_secret() -> None:
    async with listening() as server:
        reader, writer = await connect(
            server, f"POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 9000\r\n\r\n".encode()
        )

        async def drip() -> None:
            while True:
                writer.write(b" ")
                await asyncio.sleep(0.02)

        dripping = asyncio.create_task(drip())
        assert await closing_takes(reader) < 3
        dripping.cancel()


async def test_a_reader_who_takes_nothing_of_the_answer_is_dropped() -> None:
    async with listening() as server:
        with socket.create_connection(("127.0.0.1", server.port)) as stalled:
            stalled.setblocking(False)
            await asyncio.get_running_loop().sock_sendall(stalled, HEAD.replace(b"healthz", b"metrics"))
            await asyncio.sleep(1.5)
            received = 0
            while part := await asyncio.get_running_loop().sock_recv(stalled, 1 << 20):
                received += len(part)
            assert received < 8_000_000


async def test_health_is_answered_while_strangers_hold_more_connections_than_there_is_room_for() -> None:
    patient = ConnectionLimits(head_s=60)
    async with listening(limits=patient, most=16) as server, AsyncExitStack() as stack:
        for number in range(100):
            _, writer = await connect(server, HEAD[: number % 20])
            stack.callback(writer.close)
            if number % 10 == 0:
                assert await is_healthy(server)
        assert await is_healthy(server)


async def test_who_is_being_answered_is_not_dropped_for_newcomers() -> None:
    async with listening(limits=ConnectionLimits(head_s=60), most=8) as server, AsyncExitStack() as stack:
        reader, writer = await connect(
            server, f"POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 15\r\n\r\n".encode()
        )
        await asyncio.sleep(0.1)
        for _ in range(40):
            _, other = await connect(server)
            stack.callback(other.close)
        writer.write(b'{"taskId":"t1"}')
        assert b" 200 " in await reader.readline()


@contextmanager
def few_descriptors(spare: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    lowest_free = os.dup(0)
    os.close(lowest_free)
    resource.setrlimit(resource.RLIMIT_NOFILE, (lowest_free + spare, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


async def test_without_descriptors_accepting_pauses_and_the_log_stays_short() -> None:
    async with listening(limits=ConnectionLimits(head_s=60), most=500) as server:
        waiting = [socket.socket() for _ in range(60)]
        with capture_logs() as lines, few_descriptors(20):
            for each in waiting:
                each.setblocking(False)
                each.connect_ex(("127.0.0.1", server.port))
            await asyncio.sleep(1.5)
        assert 1 <= len(lines) < 10
        assert {line["event"] for line in lines} == {"ops_http.exhausted"}
        assert {line["log_level"] for line in lines} == {"warning"}
        for each in waiting:
            each.close()
        assert await is_healthy(server)


UPGRADE = b"Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n"


@pytest.mark.parametrize(
    "sent",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GARBAGE\r\n\r\n",
        b"\x00" * 60_000,
        b"GET / HTTP/9.9\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"GET /" + b"a" * 20000 + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 1000 + b"\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
        b"GET http://[::1 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"CONNECT a.example:443 HTTP/1.1\r\nHost: x\r\n\r\n",
        HEAD[:-2] + UPGRADE,
        HEAD[:-2] + UPGRADE + b"A" * 60_000,
        HEAD * 100,
        b"GET /%zz%00 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"POST " + PATH.encode() + b" HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n",
        b"POST " + PATH.encode() + b" HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"POST " + PATH.encode() + b" HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"POST " + PATH.encode() + b" HTTP/1.1\r\nHost: x\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
    ],
    ids=lambda sent: sent[:30].decode(errors="replace"),
)
async def test_nothing_a_stranger_sends_is_an_error_in_the_log_or_answered_at_length(sent: bytes) -> None:
    with capture_logs() as lines:
        async with listening(limits=evolve(SHORT, head_s=3.0)) as server:  # busy machines read late
            reader, _ = await connect(server, sent)
            answer = await all_of(reader)
            assert await is_healthy(server)
    assert not [line for line in lines if line["log_level"] == "error" or line.get("exc_info")]
    assert answer.count(b"\r\nServer: ") == answer.count(b"\r\nServer: mediabot\r\n") > 0
    assert len(answer) < 200 * answer.count(b"HTTP/1.")


async def test_a_sender_who_hangs_up_within_the_body_is_no_error() -> None:
    with capture_logs() as lines:
        async with listening() as server:
            _, writer = await connect(
                server, f"POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n{{".encode()
            )
            await asyncio.sleep(0.1)
            writer.transport.abort()
            await asyncio.sleep(0.1)
            assert await is_healthy(server)
    assert not [line for line in lines if line["log_level"] == "error" or line.get("exc_info")]


async def test_answers_do_not_name_versions() -> None:
    async with (
        listening() as server,
        ClientSession() as http,
        http.get(f"http://127.0.0.1:{server.port}/healthz") as answer,
    ):
        assert answer.headers["Server"] == "mediabot"


async def test_the_port_listens_on_ipv6_too() -> None:
    async with (
        listening(host="0.0.0.0") as server,
        ClientSession() as http,
        http.get(f"http://[::1]:{server.port}/healthz") as answer,
    ):
        assert answer.status == 200


def test_a_taken_port_leaves_no_socket_behind() -> None:
    (first,) = bound_sockets("127.0.0.1", 0)
    with pytest.raises(OSError, match="in use"):
        bound_sockets("127.0.0.1", first.getsockname()[1])
    first.close()


async def test_with_a_token_the_figures_are_for_those_who_bear_it() -> None:
    async with listening(metrics_token="t0ken") as server, ClientSession(f"http://127.0.0.1:{server.port}") as http:
        bearing = {"Authorization": "Bearer t0ken"}
        for headers, metrics, keys in (({}, 401, {"role"}), (bearing, 200, {"role", "epoch"})):
            async with http.get("/metrics", headers=headers) as answer:
                assert answer.status == metrics
            async with http.get("/status", headers=headers) as answer:
                assert set(await answer.json()) == keys
        async with http.get("/metrics", headers={"Authorization": "Bearer other"}) as answer:
            assert answer.status == 401
