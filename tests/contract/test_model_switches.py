"""What every ``ModelSwitches`` keeps."""

from datetime import timedelta

import pytest

from adapters.memory.clock import ManualClock
from adapters.memory.model_switches import InMemoryModelSwitches
from adapters.postgres_store import Database, PostgresModelSwitches
from application.ports.model_switches import ModelSwitches
from domain.model import ModelId
from domain.operation import ModelPause
from tests.support.generations import FLUX, NOON

VEO = ModelId("veo3")


@pytest.fixture(params=["memory", pytest.param("postgres", marks=pytest.mark.postgres)])
def switches(request: pytest.FixtureRequest) -> ModelSwitches:
    if request.param == "memory":
        return InMemoryModelSwitches(ManualClock())
    opened: Database = request.getfixturevalue("opened_database")
    return PostgresModelSwitches(opened, "1")


async def test_a_model_is_off_from_its_pause_until_it_is_resumed(switches: ModelSwitches) -> None:
    pause = ModelPause(model_id=FLUX, reason="слишком дорого", at=NOON)
    assert await switches.pause_of(FLUX) is None
    await switches.pause(pause)
    assert await switches.pause_of(FLUX) == pause
    assert await switches.pause_of(VEO) is None
    assert await switches.resume(FLUX)
    assert not await switches.resume(FLUX)
    assert await switches.paused() == []


async def test_a_second_pause_replaces_the_first_and_the_newest_comes_first(switches: ModelSwitches) -> None:
    older = ModelPause(model_id=VEO, at=NOON)
    newer = ModelPause(model_id=FLUX, reason="again", at=NOON + timedelta(seconds=1))
    for pause in (ModelPause(model_id=FLUX, reason="once", at=NOON), older, newer):
        await switches.pause(pause)
    assert await switches.paused() == [newer, older]


@pytest.mark.postgres
async def test_another_bot_in_the_same_database_offers_the_model(opened_database: Database) -> None:
    await PostgresModelSwitches(opened_database, "1").pause(ModelPause(model_id=FLUX, at=NOON))
    assert await PostgresModelSwitches(opened_database, "2").pause_of(FLUX) is None
