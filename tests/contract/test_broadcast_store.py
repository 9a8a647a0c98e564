"""What every ``BroadcastStore`` keeps."""

import asyncio
from datetime import timedelta

import pytest
from attrs import evolve, frozen

from adapters.memory.access_store import InMemoryAccessStore
from adapters.memory.broadcast_store import InMemoryBroadcastStore
from adapters.memory.clock import ManualClock
from adapters.postgres_store import Database, PostgresAccessStore, PostgresBroadcastStore
from application.ports.access_store import AccessStore
from application.ports.broadcast_store import BroadcastStore
from domain.access import Block, KnownUser, Subject
from domain.broadcast import Announcement, Broadcast, BroadcastId, BroadcastState, Recipient, RecipientState
from domain.generation import UserId
from tests.support.generations import ANN, BOB, NOON

CAT = UserId("telegram:3")
NEWS = Broadcast(
    id=BroadcastId("b1"),
    author=ANN,
    announcement=Announcement(text="<b>Новости</b> 🦊", photo="file-1"),
    created_at=NOON,
)
LATER = evolve(NEWS, id=BroadcastId("b2"), created_at=NOON + timedelta(hours=1), announcement=Announcement(text="more"))


@frozen
class Place:
    """A store, and the people it is about."""

    store: BroadcastStore
    access: AccessStore

    async def met(self, *users: UserId, chat: bool = True) -> None:
        """These people use the bot."""
        for user in users:
            number = user.partition(":")[2] if chat else None
            person = KnownUser(user=user, name="x", language="en", chat=number, seen_at=NOON)
            await self.access.record_visit(person, Subject(user), welcome=True)

    async def begun(self, *users: UserId) -> None:
        """``NEWS`` is being sent to these."""
        await self.met(*users)
        await self.store.add(NEWS)
        assert await self.store.start(NEWS.id)


@pytest.fixture(params=["memory", pytest.param("postgres", marks=pytest.mark.postgres)])
def place(request: pytest.FixtureRequest) -> Place:
    if request.param == "memory":
        access = InMemoryAccessStore(ManualClock())
        return Place(InMemoryBroadcastStore(ManualClock(), access), access)
    opened: Database = request.getfixturevalue("opened_database")
    return Place(PostgresBroadcastStore(opened, "1"), PostgresAccessStore(opened, "1"))


async def state(place: Place) -> BroadcastState:
    kept = await place.store.get(NEWS.id)
    assert kept is not None
    return kept.state


async def test_what_was_prepared_comes_back_and_goes_to_no_one(place: Place) -> None:
    await place.met(ANN)
    await place.store.add(NEWS)
    await place.store.add(LATER)
    assert await place.store.get(NEWS.id) == NEWS
    assert await place.store.get(BroadcastId("nul \x00")) is None
    assert await place.store.latest(limit=9) == [LATER, NEWS]
    assert await place.store.latest(limit=1) == [LATER]
    assert await place.store.under_way() is None
    assert await place.store.claim(NEWS.id) is None
    assert await place.store.counts(NEWS.id) == {}


async def test_it_goes_once_to_everybody_who_can_be_reached_and_is_not_blocked(place: Place) -> None:
    await place.met(ANN, BOB, CAT)
    await place.met(UserId("telegram:4"), chat=False)
    await place.access.block(Block(subject=Subject(CAT), at=NOON))
    await place.store.add(NEWS)
    assert await place.store.reachable() == 2
    assert await place.store.start(NEWS.id)
    assert not await place.store.start(NEWS.id)
    await place.met(UserId("telegram:5"))
    assert await place.store.under_way() == evolve(NEWS, state=BroadcastState.SENDING)
    claimed = [await place.store.claim(NEWS.id) for _ in range(3)]
    assert claimed == [Recipient(user=ANN, chat="1"), Recipient(user=BOB, chat="2"), None]
    assert await place.store.counts(NEWS.id) == {RecipientState.SENDING: 2}


async def test_the_oldest_under_way_comes_first(place: Place) -> None:
    for broadcast in (LATER, NEWS):
        await place.store.add(broadcast)
        assert await place.store.start(broadcast.id)
    sending = await place.store.under_way()
    assert sending is not None
    assert sending.id == NEWS.id


async def test_it_is_done_when_no_one_waits(place: Place) -> None:
    await place.begun(ANN, BOB)
    await place.store.claim(NEWS.id)
    assert not await place.store.finish(NEWS.id)
    await place.store.record(NEWS.id, ANN, RecipientState.SENT)
    await place.store.claim(NEWS.id)
    await place.store.record(NEWS.id, BOB, RecipientState.REFUSED)
    assert await place.store.finish(NEWS.id)
    assert not await place.store.finish(NEWS.id)
    assert await state(place) is BroadcastState.DONE
    assert await place.store.counts(NEWS.id) == {RecipientState.SENT: 1, RecipientState.REFUSED: 1}
    assert not await place.store.stop(NEWS.id)


async def test_who_is_gone_is_remembered_until_they_write_again(place: Place) -> None:
    await place.begun(ANN)
    await place.store.claim(NEWS.id)
    await place.store.record(NEWS.id, ANN, RecipientState.GONE)
    gone = await place.access.person(ANN)
    assert gone is not None
    assert gone.is_gone
    assert await place.store.reachable() == 0
    await place.met(ANN)
    assert await place.store.reachable() == 1


async def test_who_was_given_back_is_claimed_again(place: Place) -> None:
    await place.begun(ANN)
    first = await place.store.claim(NEWS.id)
    await place.store.release(NEWS.id, ANN)
    assert await place.store.claim(NEWS.id) == first


async def test_no_one_is_claimed_after_a_stop(place: Place) -> None:
    await place.begun(ANN, BOB)
    await place.store.claim(NEWS.id)
    assert await place.store.stop(NEWS.id)
    assert not await place.store.stop(NEWS.id)
    assert await place.store.claim(NEWS.id) is None
    assert await place.store.under_way() is None
    await place.store.record(NEWS.id, ANN, RecipientState.SENT)
    assert await place.store.counts(NEWS.id) == {RecipientState.SENT: 1, RecipientState.WAITING: 1}
    assert not await place.store.finish(NEWS.id)


async def test_a_prepared_one_can_be_dropped(place: Place) -> None:
    await place.store.add(NEWS)
    assert await place.store.stop(NEWS.id)
    assert not await place.store.start(NEWS.id)
    assert await state(place) is BroadcastState.STOPPED


async def test_who_was_being_sent_to_by_a_process_that_died_is_unknown_and_not_sent_to_again(place: Place) -> None:
    await place.begun(ANN, BOB)
    await place.store.claim(NEWS.id)
    assert await place.store.mark_unknown() == 1
    assert await place.store.mark_unknown() == 0
    await place.store.release(NEWS.id, ANN)
    await place.store.record(NEWS.id, ANN, RecipientState.GONE)
    assert await place.store.counts(NEWS.id) == {RecipientState.UNKNOWN: 1, RecipientState.WAITING: 1}
    ann = await place.access.person(ANN)
    assert ann is not None
    assert not ann.is_gone
    assert await place.store.claim(NEWS.id) == Recipient(user=BOB, chat="2")


async def test_several_at_once_never_claim_the_same_person(place: Place) -> None:
    people = [UserId(f"telegram:{number}") for number in range(20)]
    await place.begun(*people)
    claimed: list[Recipient] = []
    while found := [one for one in await asyncio.gather(*(place.store.claim(NEWS.id) for _ in range(5))) if one]:
        claimed += found
    assert sorted(one.user for one in claimed) == sorted(people)


@pytest.mark.postgres
async def test_another_bot_in_the_same_database_sends_nothing_of_it(opened_database: Database) -> None:
    mine = Place(PostgresBroadcastStore(opened_database, "1"), PostgresAccessStore(opened_database, "1"))
    others = Place(PostgresBroadcastStore(opened_database, "2"), PostgresAccessStore(opened_database, "2"))
    await others.met(BOB)
    await mine.begun(ANN)
    assert await mine.store.counts(NEWS.id) == {RecipientState.WAITING: 1}
    assert await others.store.get(NEWS.id) is None
    assert await others.store.under_way() is None
    await mine.store.claim(NEWS.id)
    assert await others.store.mark_unknown() == 0
