"""What every ``AccessStore`` keeps."""

import asyncio
from datetime import timedelta

import pytest
from attrs import evolve

from adapters.memory.access_store import InMemoryAccessStore
from adapters.memory.clock import ManualClock
from adapters.postgres_store import Database, PostgresAccessStore
from application.ports.access_store import AccessStore
from domain.access import AccessStatus, Block, Invite, KnownUser, Subject
from domain.generation import UserId
from tests.support.generations import ANN, BOB, NOON

PRIVATE = Subject("telegram:1")
GROUP = Subject("telegram:-100")
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
HERSELF = KnownUser(user=ANN, name="Ann <&> 🦊", language="en", chat="1", seen_at=NOON)
HIMSELF = KnownUser(user=BOB, name="Bob", language="ru", chat=None, seen_at=NOON + HOUR)


@pytest.fixture(params=["memory", pytest.param("postgres", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest) -> AccessStore:
    if request.param == "memory":
        return InMemoryAccessStore(ManualClock())
    opened: Database = request.getfixturevalue("opened_database")
    return PostgresAccessStore(opened, "1")


async def test_who_is_welcome_is_remembered_the_last_seen_first(store: AccessStore) -> None:
    assert await store.record_visit(HERSELF, PRIVATE, welcome=True) == AccessStatus()
    assert await store.record_visit(HIMSELF, GROUP, welcome=True) == AccessStatus()
    assert await store.people(limit=9) == [HIMSELF, HERSELF]
    assert await store.people(limit=1, offset=1) == [HERSELF]
    assert await store.person(ANN) == HERSELF
    assert await store.person(UserId("telegram:3")) is None


async def test_who_is_not_welcome_is_not_remembered(store: AccessStore) -> None:
    assert await store.record_visit(HERSELF, PRIVATE, welcome=False) == AccessStatus()
    assert await store.people(limit=9) == []


async def test_someone_is_seen_again_after_an_hour_and_at_once_when_something_is_new(store: AccessStore) -> None:
    await store.record_visit(HERSELF, PRIVATE, welcome=True)
    await store.record_visit(evolve(HERSELF, seen_at=NOON + HOUR / 2), PRIVATE, welcome=True)
    assert await store.person(ANN) == HERSELF
    renamed = evolve(HERSELF, name="Anna", language="ru", seen_at=NOON + HOUR / 2)
    for later in (renamed, evolve(renamed, seen_at=renamed.seen_at + HOUR)):
        await store.record_visit(later, PRIVATE, welcome=True)
        assert await store.person(ANN) == later


async def test_a_private_chat_once_known_stays_known(store: AccessStore) -> None:
    await store.record_visit(evolve(HERSELF, chat=None), GROUP, welcome=True)
    await store.record_visit(HERSELF, PRIVATE, welcome=True)
    await store.record_visit(evolve(HERSELF, chat=None, seen_at=NOON + DAY), GROUP, welcome=True)
    assert await store.person(ANN) == evolve(HERSELF, seen_at=NOON + DAY)


async def test_a_block_is_of_the_person_or_else_of_the_chat(store: AccessStore) -> None:
    everywhere = Block(subject=Subject(ANN), reason="spam", at=NOON)
    here = Block(subject=GROUP, at=NOON + HOUR)
    await store.block(everywhere)
    await store.block(here)
    assert await store.record_visit(HERSELF, GROUP, welcome=True) == AccessStatus(block=everywhere)
    assert await store.record_visit(HIMSELF, GROUP, welcome=True) == AccessStatus(block=here)
    assert await store.record_visit(HIMSELF, Subject(BOB), welcome=True) == AccessStatus()
    assert await store.blocks() == [here, everywhere]
    assert await store.person(ANN) is None


async def test_how_a_person_stands_is_read_without_a_trace(store: AccessStore) -> None:
    assert await store.standing(ANN) == AccessStatus()
    block = Block(subject=PRIVATE, reason="spam", at=NOON)
    await store.block(block)
    await store.block(Block(subject=GROUP, at=NOON))
    await store.add_invite(Invite(token="t", uses=1, expires_at=NOON + DAY))
    await store.admit("t", ANN, at=NOON)
    assert await store.standing(ANN) == AccessStatus(block=block, is_admitted=True)
    assert await store.standing(BOB) == AccessStatus()
    assert await store.people(limit=9) == []


async def test_a_second_block_replaces_the_first_and_one_unblocking_ends_it(store: AccessStore) -> None:
    await store.block(Block(subject=PRIVATE, reason="first", at=NOON))
    again = Block(subject=PRIVATE, reason="second", at=NOON + HOUR)
    await store.block(again)
    assert await store.blocks() == [again]
    assert await store.unblock(PRIVATE)
    assert not await store.unblock(PRIVATE)
    assert await store.record_visit(HERSELF, PRIVATE, welcome=True) == AccessStatus()


async def test_someone_blocked_is_informed_once_in_a_while(store: AccessStore) -> None:
    assert not await store.claim_notice(PRIVATE, at=NOON, since=NOON - DAY)
    await store.block(Block(subject=PRIVATE, at=NOON))
    asked = [NOON, NOON + HOUR, NOON + DAY, NOON + DAY + HOUR]
    assert [await store.claim_notice(PRIVATE, at=at, since=at - DAY) for at in asked] == [True, False, True, False]


async def test_an_invite_lets_as_many_in_as_it_says_and_each_only_needs_it_once(store: AccessStore) -> None:
    await store.add_invite(Invite(token="t", uses=2, expires_at=NOON + DAY))
    assert await store.admit("t", ANN, at=NOON)
    assert await store.admit("t", ANN, at=NOON)
    assert await store.admit("t", BOB, at=NOON)
    assert not await store.admit("t", UserId("telegram:3"), at=NOON)
    assert await store.admit("t", ANN, at=NOON + 2 * DAY)
    assert await store.record_visit(HERSELF, PRIVATE, welcome=False) == AccessStatus(is_admitted=True)
    assert await store.people(limit=9) == [HERSELF]


@pytest.mark.parametrize("token", ["expired", "unknown", "nul \x00"])
async def test_an_invite_that_does_not_hold_lets_no_one_in(store: AccessStore, token: str) -> None:
    await store.add_invite(Invite(token="expired", uses=1, expires_at=NOON))
    assert not await store.admit(token, ANN, at=NOON)
    assert await store.record_visit(HERSELF, PRIVATE, welcome=False) == AccessStatus()


async def test_two_at_once_do_not_both_use_the_last_of_an_invite(store: AccessStore) -> None:
    await store.add_invite(Invite(token="t", uses=1, expires_at=NOON + DAY))
    came = await asyncio.gather(*(store.admit("t", UserId(f"telegram:{number}"), at=NOON) for number in range(5)))
    assert sum(came) == 1


@pytest.mark.postgres
async def test_another_bot_in_the_same_database_knows_nothing_of_it(opened_database: Database) -> None:
    mine, others = PostgresAccessStore(opened_database, "1"), PostgresAccessStore(opened_database, "2")
    await mine.record_visit(HERSELF, PRIVATE, welcome=True)
    await mine.block(Block(subject=GROUP, at=NOON))
    await mine.add_invite(Invite(token="t", uses=1, expires_at=NOON + DAY))
    assert not await others.admit("t", ANN, at=NOON)
    assert await others.people(limit=9) == []
    assert await others.blocks() == []
    assert await others.record_visit(HIMSELF, GROUP, welcome=False) == AccessStatus()
