"""What strangers send to the HTTP port by the thousand does not keep the event loop from its other work."""

import asyncio
import socket
import time
from contextlib import ExitStack, suppress

import pytest

from adapters.ops_http.connection import ConnectionLimits
from tests.support.ops_port import HEAD, WRONG_SECRET, is_healthy, listening

pytestmark = pytest.mark.leases

FLOODS = {
    "requests without waiting for answers": HEAD * 4000,
    "requests for nothing": b"GET /x HTTP/1.1\r\nHost: x\r\n\r\n" * 5000,
    "a body in pieces of one byte": (
        f"POST {WRONG_SECRET} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
        + b"1\r\nx\r\n" * 30_000
    ),
    "headers without end": b"GET / HTTP/1.1\r\n" + b"".join(b"a%d: x\r\n" % number for number in range(10_000)),
}
SENDERS = 100
TURN_S = 0.2
"""Of the loop's own CPU time, so that what the machine does besides does not count. A lease is three seconds."""
HEALTHY_S = 1.0
"""CPU time until a question that comes after the flood has its answer."""


def _flood(port: int, data: bytes) -> None:
    """What one machine of strangers does, in a thread of its own: as much as the kernel takes, from many connections."""
    with ExitStack() as connections:
        opened = []
        for _ in range(SENDERS):
            with suppress(OSError):
                opened.append(connections.enter_context(socket.create_connection(("127.0.0.1", port), timeout=1)))
        for each in opened:
            each.setblocking(False)
        for _ in range(3):
            for each in opened:
                with suppress(OSError):
                    each.send(data)
            time.sleep(0.05)


@pytest.mark.parametrize("flood", FLOODS.values(), ids=FLOODS)
async def test_no_flood_keeps_the_event_loop_from_its_other_work_for_long(flood: bytes) -> None:
    longest_s = 0.0

    async def measure() -> None:
        nonlocal longest_s
        while True:
            began = time.thread_time()
            await asyncio.sleep(0)
            longest_s = max(longest_s, time.thread_time() - began)

    async with listening(limits=ConnectionLimits(), most=2 * SENDERS) as server:
        measuring = asyncio.create_task(measure())
        await asyncio.to_thread(_flood, server.port, flood)
        began = time.thread_time()
        assert await is_healthy(server)
        assert time.thread_time() - began < HEALTHY_S
        measuring.cancel()
    assert longest_s < TURN_S
