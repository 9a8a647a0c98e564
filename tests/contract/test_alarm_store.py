"""What every ``AlarmStore`` keeps."""

import asyncio
from datetime import timedelta

import pytest

from adapters.memory.alarm_store import InMemoryAlarmStore
from adapters.memory.clock import ManualClock
from adapters.postgres_store import Database, PostgresAlarmStore
from application.ports.alarm_store import AlarmStore
from domain.operation import Alarm, AlarmKind
from tests.support.generations import FLUX, NOON

CREDITS = Alarm(kind=AlarmKind.CREDITS_LOW)
FAILING = Alarm(kind=AlarmKind.MODEL_FAILING, about=FLUX)


@pytest.fixture(params=["memory", pytest.param("postgres", marks=pytest.mark.postgres)])
def alarms(request: pytest.FixtureRequest) -> AlarmStore:
    if request.param == "memory":
        return InMemoryAlarmStore(ManualClock())
    opened: Database = request.getfixturevalue("opened_database")
    return PostgresAlarmStore(opened, "1")


async def test_an_alarm_begins_once_and_again_after_it_has_cleared(alarms: AlarmStore) -> None:
    later = NOON + timedelta(hours=1)
    assert await alarms.begin(CREDITS, at=NOON)
    assert not await alarms.begin(CREDITS, at=later)
    assert await alarms.raised() == {CREDITS: NOON}
    assert await alarms.clear(CREDITS)
    assert not await alarms.clear(CREDITS)
    assert await alarms.begin(CREDITS, at=later)


async def test_each_model_has_its_own_alarm_the_oldest_first(alarms: AlarmStore) -> None:
    other = Alarm(kind=AlarmKind.MODEL_FAILING, about="veo3")
    for minutes, alarm in enumerate((FAILING, CREDITS, other)):
        assert await alarms.begin(alarm, at=NOON - timedelta(minutes=minutes))
    assert list(await alarms.raised()) == [other, CREDITS, FAILING]
    await alarms.clear(other)
    assert list(await alarms.raised()) == [CREDITS, FAILING]


async def test_of_two_at_once_only_one_begins(alarms: AlarmStore) -> None:
    assert sum(await asyncio.gather(*(alarms.begin(CREDITS, at=NOON) for _ in range(5)))) == 1


@pytest.mark.postgres
async def test_another_bot_in_the_same_database_has_its_own(opened_database: Database) -> None:
    await PostgresAlarmStore(opened_database, "1").begin(CREDITS, at=NOON)
    assert await PostgresAlarmStore(opened_database, "2").raised() == {}
