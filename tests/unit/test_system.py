import asyncio
import re
import time
from datetime import UTC, datetime, timedelta

import pytest

from adapters.memory.ids import SequentialIds
from adapters.system.machine import SystemClock, SystemIds
from application.ports.ids import Ids


@pytest.fixture(params=[SystemIds, SequentialIds])
def ids(request: pytest.FixtureRequest) -> Ids:
    made: Ids = request.param()
    return made


def test_ids_have_the_length_and_letters_that_buttons_and_urls_take(ids: Ids) -> None:
    for _ in range(50):
        assert re.fullmatch(r"[a-z0-9]{16}", ids.generation_id())
        assert re.fullmatch(r"[a-z0-9]{10}", ids.short_id())
        assert re.fullmatch(r"[A-Za-z0-9_-]{22,}", ids.secret())


def test_no_id_comes_twice(ids: Ids) -> None:
    made = [name for _ in range(1000) for name in (ids.generation_id(), ids.short_id(), ids.secret())]
    assert len(set(made)) == len(made)


def test_the_wall_clock_is_aware_utc() -> None:
    now = SystemClock().now()
    assert now.tzinfo is UTC
    assert abs(now - datetime.now(UTC)) < timedelta(seconds=5)


def test_monotonic_time_never_goes_back_and_counts_seconds() -> None:
    clock = SystemClock()
    before, reference = clock.monotonic(), time.monotonic()
    time.sleep(0.02)
    passed, expected = clock.monotonic() - before, time.monotonic() - reference
    assert passed == pytest.approx(expected, abs=0.015)


async def test_sleeping_for_nothing_still_lets_others_run() -> None:
    ran: list[str] = []

    async def other() -> None:
        ran.append("other")

    task = asyncio.create_task(other())
    await SystemClock().sleep(0)
    assert ran == ["other"]
    await task
