"""What every ``AuditLog`` keeps."""

from datetime import timedelta

import pytest

from adapters.memory.audit_log import InMemoryAuditLog
from adapters.memory.clock import ManualClock
from adapters.postgres_store import Database
from adapters.postgres_store.audit_log import DEPLOYMENT, PostgresAuditLog
from adapters.postgres_store.person_records import PostgresPersonRecords
from application.ports.audit_log import AuditLog
from domain.audit import COMMAND_LINE, AuditedAction, AuditEntry
from domain.generation import UserId
from tests.support.generations import ANN, BOB, NOON


@pytest.fixture(params=["memory", pytest.param("postgres", marks=pytest.mark.postgres)])
def audit_log(request: pytest.FixtureRequest) -> AuditLog:
    if request.param == "memory":
        return InMemoryAuditLog(ManualClock())
    opened: Database = request.getfixturevalue("opened_database")
    return PostgresAuditLog(opened, "1")


def entry(action: AuditedAction, *, days: int = 0, by: UserId = ANN, about: str = BOB) -> AuditEntry:
    return AuditEntry(at=NOON + timedelta(days=days), by=by, action=action, about=about, details="for <reasons>\n№ 1")


async def test_entries_come_back_whole_and_the_last_written_first(audit_log: AuditLog) -> None:
    written = [entry(AuditedAction.BLOCK), entry(AuditedAction.LIMIT), entry(AuditedAction.UNBLOCK)]
    for one in written:
        await audit_log.add(one)
    assert list(await audit_log.newest(limit=9)) == written[::-1]
    assert list(await audit_log.newest(limit=1, skip=1)) == [written[1]]


async def test_old_entries_are_forgotten_a_few_at_a_time(audit_log: AuditLog) -> None:
    for days in (0, 1, 2, 3):
        await audit_log.add(entry(AuditedAction.INVITE, days=days))
    before = NOON + timedelta(days=3)
    assert await audit_log.forget_before(before, limit=2) == 2
    assert await audit_log.forget_before(before, limit=2) == 1
    assert [one.at for one in await audit_log.newest(limit=9)] == [before]


@pytest.mark.postgres
async def test_a_bot_sees_its_own_entries_and_those_of_the_deployment(opened_database: Database) -> None:
    for bot in ("1", "2", DEPLOYMENT):
        await PostgresAuditLog(opened_database, bot).add(entry(AuditedAction.BOT_PUT, about=bot, by=COMMAND_LINE))
    found = await PostgresAuditLog(opened_database, "1").newest(limit=9)
    assert [one.about for one in found] == ["", "1"]


@pytest.mark.postgres
async def test_a_person_who_is_forgotten_is_taken_out_of_it(opened_database: Database) -> None:
    log = PostgresAuditLog(opened_database, "1")
    await log.add(entry(AuditedAction.BLOCK))
    await log.add(entry(AuditedAction.PAUSE, by=BOB, about="flux"))
    await PostgresPersonRecords(opened_database, "1").erase(BOB)
    pause, block = await log.newest(limit=9)
    assert (block.by, block.about, block.details) == (ANN, "", "")
    assert (pause.by, pause.about) == ("", "flux")
