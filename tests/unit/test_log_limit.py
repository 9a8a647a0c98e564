"""A log that strangers can't fill, and past which nothing is written."""

import asyncio
import gc
import io
import json
import logging
import sys
from collections.abc import Iterator

import asyncpg
import pytest
import structlog

from config.log_limit import MOST, WINDOW_S, LineLimit
from config.logs import configure_logging
from config.loop_faults import log_loop_faults

STEPS = 40
"""More turns of the event loop than it takes to connect and to ask for TLS."""


@pytest.fixture
def out() -> Iterator[io.StringIO]:
    before, root = structlog.get_config(), logging.getLogger()
    handlers, level = list(root.handlers), root.level
    out = io.StringIO()
    configure_logging(form="json", level="info", secrets=[], stream=out)
    yield out
    structlog.configure(**before)  # or every logger of this process keeps writing here
    root.handlers[:] = handlers
    root.setLevel(level)


def lines(out: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_thousand_warnings_of_one_kind_are_a_few_lines(out: io.StringIO) -> None:
    log = structlog.get_logger("test")
    for number in range(1000):
        log.warning("request.unreadable", number=number)
    log.warning("something.else")
    assert [line["event"] for line in lines(out)] == ["request.unreadable"] * MOST + ["something.else"]


def test_a_thousand_warnings_of_a_library_are_a_few_lines(out: io.StringIO) -> None:
    for number in range(1000):
        logging.getLogger("library").warning("socket %s has gone", number)
    assert len(lines(out)) == MOST


def test_news_is_never_left_out(out: io.StringIO) -> None:
    log = structlog.get_logger("test")
    for _ in range(1000):
        log.info("generation.delivered")
    assert len(lines(out)) == 1000


def test_the_next_line_says_how_many_there_were() -> None:
    now = 0.0
    limit = LineLimit(lambda: now, 3)
    assert [limit.left_out("kind") for _ in range(5)] == [0, 0, 0, None, None]
    now += WINDOW_S
    assert [limit.left_out("kind"), limit.left_out("kind")] == [2, 0]


def test_kinds_without_end_take_no_memory_without_end() -> None:
    limit = LineLimit()
    for number in range(5000):
        limit.left_out(f"kind {number}")
    assert len(limit._kinds) <= 1000


async def _give_up_connecting(port: int, after_steps: int) -> None:
    connecting = asyncio.create_task(
        asyncpg.connect(host="127.0.0.1", port=port, user="x", database="x", password="x", timeout=5)
    )
    for _ in range(after_steps):
        await asyncio.sleep(0)
    connecting.cancel()
    await asyncio.gather(connecting, return_exceptions=True)


async def test_a_connection_given_up_at_any_moment_leaves_nothing_but_lines_of_the_log(
    out: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """asyncpg drops a future when it is stopped between the connection and the answer about TLS."""
    gc.collect()  # what earlier tests left behind is not of this one
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    log_loop_faults()
    server = await asyncio.start_server(lambda _reader, _writer: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]

    async with server:
        for steps in range(STEPS):
            await _give_up_connecting(port, steps)
        gc.collect()

    noted = lines(out)
    assert {(line["event"], line["level"]) for line in noted} == {("loop.fault", "warning")}
    assert not any("exception" in line for line in noted)
