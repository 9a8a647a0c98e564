"""A person's archive while several ask for one: it is made once for all of them, and few are made at a time."""

import asyncio
import json
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from attrs import define, field

from adapters.memory.clock import ManualClock
from adapters.memory.media_index import InMemoryMediaIndex
from adapters.memory.media_store import InMemoryMediaStore
from application.operating.export_person import AT_ONCE, ExportPerson
from application.ports.person_records import Rows
from domain.generation import UserId
from tests.support.audit import an_audit
from tests.support.generations import ANN, BOB


@define
class SlowRecords:
    """Rows that come once ``opened`` is set; who has asked for them, in order."""

    opened: asyncio.Event = field(factory=asyncio.Event)
    asked: list[UserId] = field(factory=list)

    async def export(self, user: UserId, /) -> Rows:
        self.asked.append(user)
        await self.opened.wait()
        return {"people": [{"user": user}]}


@pytest.fixture
def records() -> SlowRecords:
    return SlowRecords()


@pytest.fixture
def export(records: SlowRecords, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ExportPerson:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    clock = ManualClock()
    return ExportPerson(
        records=records,  # type: ignore[arg-type]  # an export asks for rows alone
        index=InMemoryMediaIndex(clock),
        store=InMemoryMediaStore(clock),
        audit=an_audit(),
    )


async def _taken(export: ExportPerson, user: UserId) -> str:
    async with export.in_passing(user) as archive:
        with zipfile.ZipFile(archive) as opened:
            return str(json.loads(opened.read("records.json"))["people"][0]["user"])


async def _begun(users: Sequence[UserId], export: ExportPerson) -> list[asyncio.Task[str]]:
    tasks = [asyncio.create_task(_taken(export, user)) for user in users]
    for _ in range(10):
        await asyncio.sleep(0)
    return tasks


async def test_requests_of_one_person_at_the_same_time_share_one_archive(
    export: ExportPerson, records: SlowRecords, tmp_path: Path
) -> None:
    tasks = await _begun([ANN] * 5, export)
    assert records.asked == [ANN]
    tasks[0].cancel()  # who asked first goes away: the others wait on
    records.opened.set()
    assert [await task for task in tasks[1:]] == [ANN] * 4
    assert list(tmp_path.iterdir()) == []
    assert await _taken(export, ANN) == ANN
    assert records.asked == [ANN, ANN]


async def test_so_many_archives_are_made_at_a_time_and_the_others_wait(
    export: ExportPerson, records: SlowRecords
) -> None:
    everybody = [BOB, *(UserId(f"telegram:{number}") for number in range(100, 104))]
    tasks = await _begun(everybody, export)
    assert len(records.asked) == AT_ONCE
    records.opened.set()
    assert [await task for task in tasks] == everybody


async def test_nothing_is_left_of_an_archive_that_no_one_waits_for_any_more(
    export: ExportPerson, records: SlowRecords, tmp_path: Path
) -> None:
    for task in await _begun([ANN, ANN], export):
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    assert list(tmp_path.iterdir()) == []
    records.opened.set()
    assert await _taken(export, ANN) == ANN
