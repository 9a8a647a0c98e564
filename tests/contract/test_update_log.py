"""What every ``UpdateLog`` remembers."""

from datetime import timedelta

import asyncpg
import pytest

from adapters.memory.clock import ManualClock
from adapters.memory.update_log import InMemoryUpdateLog
from adapters.postgres_store import Database, PostgresUpdateLog
from application.ports.update_log import UpdateLog


@pytest.fixture(params=["memory", pytest.param("postgres", marks=pytest.mark.postgres)])
def log(request: pytest.FixtureRequest) -> UpdateLog:
    if request.param == "memory":
        return InMemoryUpdateLog(ManualClock())
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


@pytest.mark.postgres
async def test_what_is_older_than_telegram_keeps_updates_is_forgotten_in_time(
    database: str, opened_database: Database
) -> None:
    log = PostgresUpdateLog(opened_database)
    for update_id in (1, 2):
        await log.mark_handled("1", update_id)
    operator = await asyncpg.connect(database)
    await operator.execute(
        "UPDATE handled_updates SET handled_at = now() - $1::interval WHERE update_id = 1", timedelta(days=3)
    )
    await operator.close()
    for update_id in range(3, 1004):
        await log.mark_handled("1", update_id)
    assert not await log.is_handled("1", 1)
    assert await log.is_handled("1", 2)
