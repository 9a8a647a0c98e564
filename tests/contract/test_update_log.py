"""What every ``UpdateLog`` remembers."""

from datetime import timedelta

import pytest

from adapters.memory.update_log import InMemoryUpdateLog
from adapters.postgres_store import Database, PostgresUpdateLog
from adapters.system.clock import SystemClock
from application.ports.clock import Clock
from application.ports.update_log import UpdateLog


@pytest.fixture
def clock() -> Clock:
    return SystemClock()


@pytest.fixture(params=["memory", pytest.param("postgres", marks=pytest.mark.postgres)])
def log(request: pytest.FixtureRequest, clock: Clock) -> UpdateLog:
    if request.param == "memory":
        return InMemoryUpdateLog(clock)
    opened: Database = request.getfixturevalue("opened_database")
    return PostgresUpdateLog(opened)


async def test_an_update_is_handled_once_it_was_marked_for_that_bot(log: UpdateLog) -> None:
    assert not await log.is_handled("1", 7)
    await log.mark_handled("1", 7)
    await log.mark_handled("1", 7)
    assert await log.is_handled("1", 7)
    assert not await log.is_handled("1", 8)
    assert not await log.is_handled("2", 7)


async def test_update_ids_may_be_as_large_as_telegram_makes_them(log: UpdateLog) -> None:
    await log.mark_handled("1", 2**52)
    assert await log.is_handled("1", 2**52)


async def test_what_was_handled_before_a_moment_is_forgotten_a_few_at_a_time(log: UpdateLog, clock: Clock) -> None:
    for update_id in (1, 2, 3):
        await log.mark_handled("1", update_id)
    before = clock.now() + timedelta(seconds=1)
    assert await log.forget_handled(before - timedelta(hours=1), limit=9) == 0
    assert [await log.forget_handled(before, limit=2) for _ in range(3)] == [2, 1, 0]
    assert not any([await log.is_handled("1", update_id) for update_id in (1, 2, 3)])
