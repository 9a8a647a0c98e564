"""What the leader forgets, and what it keeps."""

import asyncio
from contextlib import suppress
from datetime import timedelta

import pytest
from attrs import evolve

from adapters.memory.audit_log import InMemoryAuditLog
from adapters.memory.chat_session_store import InMemoryChatSessionStore
from adapters.memory.clock import ManualClock
from adapters.memory.draft_store import InMemoryDraftStore
from adapters.memory.generation_store import InMemoryGenerationStore
from adapters.memory.leader_lock import InMemoryLeaderLock, LockRoom
from adapters.memory.media_index import InMemoryMediaIndex
from adapters.memory.media_store import InMemoryMediaStore
from adapters.memory.trouble import Trouble
from adapters.memory.update_inbox import InMemoryUpdateInbox
from application.errors import NotLeader, StoreUnavailable
from application.generating.carried_here import CarriedHere
from application.generating.handle_callback import HandleCallback
from application.operating.forget_old_records import AT_ONCE, EVERY_S, ForgetOldRecords
from application.ports.chat_session_store import ChatSession, SessionId
from application.results.tidy_media import TidyMedia
from domain.audit import COMMAND_LINE, AuditedAction, AuditEntry
from domain.draft import Draft, DraftId
from domain.generation import Destination, TaskId
from tests.support.callbacks import naming
from tests.support.generations import ANN, FLUX, a_generation, life_of

DAY = timedelta(days=1)


class Place:
    """The stores, and a leader that forgets."""

    def __init__(self) -> None:
        self.clock = ManualClock()
        self.drafts = InMemoryDraftStore(self.clock)
        self.sessions = InMemoryChatSessionStore(self.clock)
        self.updates = InMemoryUpdateInbox(self.clock)
        self.generations = InMemoryGenerationStore(self.clock)
        self.lock = InMemoryLeaderLock(LockRoom(self.clock))
        self.audit_log = InMemoryAuditLog(self.clock)
        self.duty = ForgetOldRecords(
            drafts=self.drafts,
            sessions=self.sessions,
            updates=self.updates,
            generations=self.generations,
            tidy_media=TidyMedia(
                store=InMemoryMediaStore(self.clock),
                index=InMemoryMediaIndex(self.clock),
                clock=self.clock,
                kept_for=None,
            ),
            audit_log=self.audit_log,
            audit_kept_for=30 * DAY,
            history_kept_for=40 * DAY,
            clock=self.clock,
        )

    def draft(self, name: str, *, age: timedelta) -> Draft:
        at = self.clock.now() - age
        return Draft(id=DraftId(name), user=ANN, destination=Destination(chat="1"), model_id=FLUX, updated_at=at)

    def session(self, name: str, *, age: timedelta) -> ChatSession:
        at = self.clock.now() - age
        return ChatSession(id=SessionId(name), user=ANN, destination=Destination(chat="1"), updated_at=at)

    async def lead(self, seconds: float) -> None:
        running = asyncio.create_task(self.duty.run(await self.lock.acquire()))
        await self.clock.advance(seconds)
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


@pytest.fixture
def place() -> Place:
    return Place()


async def test_a_card_is_kept_for_thirty_days_after_it_was_touched(place: Place) -> None:
    for name, age in (("kept", 29 * DAY), ("old", 31 * DAY)):
        await place.drafts.save(place.draft(name, age=age))
        await place.sessions.save(place.session(name, age=age))
    await place.lead(1)
    assert list(place.drafts.drafts) == ["kept"]
    assert list(place.sessions.sessions) == ["kept"]


async def test_what_admins_did_is_kept_for_the_days_of_the_configuration(place: Place) -> None:
    for age in (29 * DAY, 31 * DAY):
        at = place.clock.now() - age
        await place.audit_log.add(AuditEntry(at=at, by=COMMAND_LINE, action=AuditedAction.INVITE))
    await place.lead(1)
    assert [place.clock.now() - one.at for one in place.audit_log.entries] == [29 * DAY + timedelta(seconds=1)]


async def test_what_people_asked_for_is_erased_after_the_days_of_the_configuration(place: Place) -> None:
    for age in (39 * DAY, 41 * DAY):
        row = life_of(a_generation())[-1]
        place.generations.rows[row.id] = evolve(row, closed_at=place.clock.now() - age)
    running = a_generation(age=50 * DAY)
    place.generations.rows[running.id] = running
    await place.lead(1)
    erased = [row for row in place.generations.rows.values() if not row.input]
    assert [place.clock.now() - row.closed_at for row in erased if row.closed_at] == [41 * DAY + timedelta(seconds=1)]
    assert place.generations.erased == {erased[0].id}


async def test_however_many_have_piled_up_all_go(place: Place) -> None:
    for number in range(2 * AT_ONCE + 1):
        await place.drafts.save(place.draft(f"old{number}", age=31 * DAY))
    await place.lead(1)
    assert not place.drafts.drafts


async def test_what_grows_old_while_someone_leads_goes_as_well_although_the_store_was_away(place: Place) -> None:
    await place.updates.finish("1", [7])
    place.drafts.on_call.add(Trouble(error=StoreUnavailable("away")))
    await place.lead(49 * EVERY_S)
    assert not place.updates.handled


async def test_a_secret_that_was_forgotten_opens_nothing(place: Place) -> None:
    closed = life_of(a_generation())[-1]
    place.generations.rows[closed.id] = evolve(closed, closed_at=place.clock.now() - 2 * DAY)
    callback = HandleCallback(place.generations, CarriedHere())
    assert await callback(closed.id, closed.secret, naming(TaskId("t")))
    await place.lead(1)
    for secret in (closed.secret, ""):
        assert not await callback(closed.id, secret, naming(TaskId("t")))


async def test_nothing_is_forgotten_once_the_leadership_is_over(place: Place) -> None:
    await place.drafts.save(place.draft("old", age=31 * DAY))
    leadership = await place.lock.acquire()
    place.lock.lose()
    with pytest.raises(NotLeader):
        await place.duty.run(leadership)
    assert place.drafts.drafts
