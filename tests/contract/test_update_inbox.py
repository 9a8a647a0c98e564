"""What every ``UpdateInbox`` keeps and remembers."""

import asyncio
import json
from datetime import timedelta

import pytest

from adapters.memory.update_inbox import InMemoryUpdateInbox
from adapters.postgres_store import Database, PostgresUpdateInbox
from adapters.postgres_store.update_inbox import _FINISH
from adapters.system.machine import SystemClock
from application.ports.clock import Clock
from application.ports.update_inbox import ReceivedUpdate, UpdateInbox


@pytest.fixture
def clock() -> Clock:
    return SystemClock()


@pytest.fixture(params=["memory", pytest.param("postgres", marks=pytest.mark.postgres)])
def inbox(request: pytest.FixtureRequest, clock: Clock) -> UpdateInbox:
    if request.param == "memory":
        return InMemoryUpdateInbox(clock)
    opened: Database = request.getfixturevalue("opened_database")
    return PostgresUpdateInbox(opened)


def update(update_id: int, body: str = "{}") -> ReceivedUpdate:
    return ReceivedUpdate(update_id=update_id, body=body)


async def waiting(inbox: UpdateInbox, source: str = "1") -> list[int]:
    return [each.update_id for each in await inbox.waiting(source, limit=99)]


async def test_an_update_is_stored_once_for_its_bot_and_to_be_handled_until_it_is(inbox: UpdateInbox) -> None:
    assert set(await inbox.receive("1", [update(7), update(8), update(7)])) == {7, 8}
    assert set(await inbox.receive("1", [update(8), update(9)])) == {8, 9}
    assert set(await inbox.receive("2", [update(7)])) == {7}
    assert await waiting(inbox) == [7, 8, 9]


async def test_what_is_handled_waits_no_more_and_is_not_received_again(inbox: UpdateInbox) -> None:
    await inbox.receive("1", [update(7), update(8)])
    await inbox.finish("1", [7])
    await inbox.finish("1", [7])
    assert await waiting(inbox) == [8]
    assert not await inbox.receive("1", [update(7)])
    assert set(await inbox.receive("2", [update(7)])) == {7}


async def test_what_was_handled_without_being_received_is_not_received_later(inbox: UpdateInbox) -> None:
    await inbox.finish("1", [7])
    assert not await inbox.receive("1", [update(7)])


async def test_updates_wait_in_the_order_of_receipt_whatever_their_numbers(inbox: UpdateInbox) -> None:
    await inbox.receive("1", [update(900), update(901)])
    await inbox.receive("1", [update(17)])
    assert await waiting(inbox) == [900, 901, 17]
    found = await inbox.waiting("1", besides={900}, limit=1)
    assert [each.update_id for each in found] == [901]


async def test_an_update_comes_out_as_it_went_in(inbox: UpdateInbox) -> None:
    body = json.dumps({"update_id": 2**52, "message": {"text": "кот 🦊 \x00 \ud83d"}})
    await inbox.receive("1", [update(2**52, body)])
    assert await inbox.waiting("1", limit=1) == [update(2**52, body)]


async def test_anyone_who_waits_for_arrivals_hears_of_those_of_its_bot(inbox: UpdateInbox) -> None:
    async with inbox.arrivals("1") as arrivals:
        await inbox.receive("2", [update(1)])
        await inbox.receive("1", [update(7)])
        async with asyncio.timeout(30):
            await anext(arrivals)
        assert await waiting(inbox) == [7]


async def test_what_was_handled_before_a_moment_is_forgotten_a_few_at_a_time(inbox: UpdateInbox, clock: Clock) -> None:
    await inbox.finish("1", [1, 2, 3])
    before = clock.now() + timedelta(seconds=1)
    assert await inbox.forget_handled(before - timedelta(hours=1), limit=9) == 0
    assert [await inbox.forget_handled(before, limit=2) for _ in range(3)] == [2, 1, 0]
    assert set(await inbox.receive("1", [update(1)])) == {1}


@pytest.mark.postgres
async def test_an_update_that_comes_again_while_it_is_being_finished_does_not_wait_once_more(
    opened_database: Database,
) -> None:
    inbox = PostgresUpdateInbox(opened_database)
    await inbox.receive("1", [update(7)])
    async with opened_database.connection() as finishing, opened_database.connection() as looking:
        transaction = finishing.transaction()
        await transaction.start()
        await finishing.execute(_FINISH, "1", [7])
        again = asyncio.create_task(inbox.receive("1", [update(7), update(8)]))
        async with asyncio.timeout(30):
            while not await looking.fetchval("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)"):
                assert not again.done()
                await asyncio.sleep(0.01)
        await transaction.commit()
        assert set(await again) == {8}
    assert await waiting(inbox) == [8]


@pytest.mark.postgres
async def test_what_was_stored_again_as_it_ended_and_was_left_there_does_not_wait(opened_database: Database) -> None:
    inbox = PostgresUpdateInbox(opened_database)
    await inbox.finish("1", [7, 8])
    async with opened_database.connection() as stopped:
        await stopped.executemany(
            "INSERT INTO received_updates (source, update_id, body) VALUES ('1', $1, '{}')", [(7,), (8,), (9,)]
        )
    assert [one.update_id for one in await inbox.waiting("1", limit=1)] == [9]
    async with opened_database.connection() as looking:
        assert await looking.fetchval("SELECT count(*) FROM received_updates") == 1
