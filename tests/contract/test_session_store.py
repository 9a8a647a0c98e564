"""What every ``SessionStore`` keeps."""

from datetime import timedelta

import pytest
from attrs import evolve

from adapters.memory.clock import ManualClock
from adapters.memory.session_store import InMemorySessionStore
from adapters.postgres_store import Database, PostgresSessionStore
from application.ports.session_store import SessionStore
from domain.web_session import SessionId, WebSession
from tests.support.generations import ANN, BOB, NOON

LATER = NOON + timedelta(hours=1)
PHONE = WebSession(
    id=SessionId("s1"),
    user=ANN,
    name="Ann\x00",
    token_hash="t1",
    csrf="c1",
    device="Chrome",
    created_at=NOON,
    rotated_at=NOON,
    expires_at=NOON + timedelta(days=30),
)
LAPTOP = evolve(PHONE, id=SessionId("s2"), token_hash="t2", name="Ann", created_at=LATER)
BOBS = evolve(LAPTOP, id=SessionId("s3"), token_hash="t3", user=BOB)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(start=NOON)


@pytest.fixture(params=["memory", pytest.param("postgres", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest, clock: ManualClock) -> SessionStore:
    if request.param == "memory":
        return InMemorySessionStore(clock)
    opened: Database = request.getfixturevalue("opened_database")
    return PostgresSessionStore(opened, "1", clock)


@pytest.fixture
async def full(store: SessionStore) -> SessionStore:
    for session in (evolve(PHONE, name="Ann"), LAPTOP, BOBS):
        await store.add(session)
    return store


async def test_a_session_is_found_by_its_token_alone(full: SessionStore) -> None:
    assert await full.find("t2") == LAPTOP
    assert await full.find("t9") is None
    assert await full.find("") is None


async def test_what_a_database_cannot_hold_is_left_out(store: SessionStore) -> None:
    await store.add(PHONE)
    found = await store.find("t1")
    assert found
    assert found.name.rstrip("\x00") == "Ann"


async def test_a_new_token_replaces_the_old_which_is_found_a_last_time(full: SessionStore) -> None:
    assert await full.rotate(LAPTOP.id, "t2", "t4", at=LATER)
    rotated = evolve(LAPTOP, token_hash="t4", previous_hash="t2", rotated_at=LATER)
    assert await full.find("t4") == await full.find("t2") == rotated
    assert not await full.rotate(LAPTOP.id, "t2", "t5", at=LATER)
    assert await full.rotate(LAPTOP.id, "t4", "t6", at=LATER)
    assert await full.find("t2") is None


async def test_a_person_has_their_own_sessions_newest_first_and_ends_no_others(full: SessionStore) -> None:
    assert [one.id for one in await full.of_user(ANN)] == [LAPTOP.id, PHONE.id]
    assert not await full.end(BOBS.id, ANN)
    assert not await full.end(SessionId("\x00"), ANN)
    assert await full.end(PHONE.id, ANN)
    assert not await full.end(PHONE.id, ANN)
    assert await full.end_all(ANN) == 1
    assert await full.of_user(ANN) == []
    assert await full.find("t3") == BOBS


async def test_a_proof_is_used_once_until_it_would_be_too_old(store: SessionStore, clock: ManualClock) -> None:
    until = clock.now() + timedelta(minutes=5)
    assert await store.use_once("proof", until=until)
    assert not await store.use_once("proof", until=until)
    assert await store.use_once("another", until=until)
    await clock.advance(301)
    assert await store.use_once("proof", until=clock.now() + timedelta(minutes=5))
