"""What every ``BotStates`` says of a deployment's bots."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from attrs import frozen

from adapters.memory.bot_states import InMemoryBotStates
from adapters.postgres_store import Database
from adapters.postgres_store.bot_states import PostgresBotStates
from application.ports.bot_states import BotState, BotStates
from domain.bot import BotId
from domain.bot_fault import BotFault
from tests.support.generations import NOON

ONE, TWO = BotId("1"), BotId("2")
LED = """
WITH leader AS (INSERT INTO leadership (bot, epoch, holder, released, changed_at) VALUES ($1, 3, 'web-1', $4, $2))
INSERT INTO leader_heartbeats (bot, epoch, at) VALUES ($1, 3, statement_timestamp() - $3::interval)
"""


@frozen
class Place:
    """``is_led``: by ``web-1``, since noon."""

    states: BotStates
    is_led: Callable[[BotId], Awaitable[None]]


@pytest.fixture(params=["memory", pytest.param("postgres", marks=pytest.mark.postgres)])
def place(request: pytest.FixtureRequest) -> Place:
    if request.param == "memory":
        memory = InMemoryBotStates()

        async def led(bot_id: BotId) -> None:
            memory.leaders[bot_id] = ("web-1", NOON)

        return Place(memory, led)
    opened: Database = request.getfixturevalue("opened_database")

    async def led_in_rows(bot_id: BotId) -> None:
        async with opened.connection() as connection:
            await connection.execute(LED, bot_id, NOON, timedelta(seconds=1), False)

    return Place(PostgresBotStates(opened), led_in_rows)


async def test_who_leads_and_what_is_wrong_are_said_of_each_bot(place: Place) -> None:
    await place.is_led(ONE)
    await place.states.note(ONE, BotFault.OTHER_POLLER, at=NOON)
    await place.states.note(TWO, BotFault.TOKEN_REFUSED, at=NOON)
    led = BotState(bot=ONE, leader="web-1", since=NOON, fault=BotFault.OTHER_POLLER, fault_at=NOON)
    assert await place.states.states() == [led, BotState(bot=TWO, fault=BotFault.TOKEN_REFUSED, fault_at=NOON)]


async def test_a_fault_keeps_its_first_moment_until_it_is_another_or_over(place: Place) -> None:
    later = NOON + timedelta(hours=1)
    await place.states.note(ONE, BotFault.TOKEN_REFUSED, at=NOON)
    await place.states.note(ONE, BotFault.TOKEN_REFUSED, at=later)
    assert [one.fault_at for one in await place.states.states()] == [NOON]
    await place.states.note(ONE, BotFault.OTHER_POLLER, at=later)
    assert [(one.fault, one.fault_at) for one in await place.states.states()] == [(BotFault.OTHER_POLLER, later)]
    await place.states.note(ONE, None, at=later)
    assert await place.states.states() == []


@pytest.mark.postgres
async def test_who_has_stopped_or_fallen_silent_leads_no_more(opened_database: Database) -> None:
    async with opened_database.connection() as connection:
        await connection.execute(LED, ONE, NOON, timedelta(seconds=1), True)
        await connection.execute(LED, TWO, NOON, timedelta(minutes=1), False)
    assert await PostgresBotStates(opened_database).states() == []
