"""Models switched off and on, and what menus know of it."""

import pytest

from adapters.memory.alarm_store import InMemoryAlarmStore
from adapters.memory.trouble import Trouble
from application.catalog.model_notices import FRESH_S, ModelNotices
from application.errors import InvalidInput, ModelPaused, StoreUnavailable
from application.operating.pause_model import PauseModel
from application.operating.resume_model import ResumeModel
from domain.audit import COMMAND_LINE
from domain.model import ModelId
from domain.operation import Alarm, AlarmKind, ModelPause
from tests.support.audit import an_audit
from tests.support.core_fixture import CATALOG, PICTURE_MODEL, World, wish
from tests.support.generations import ANN

PICTURE = ModelId(PICTURE_MODEL)


@pytest.fixture
def world() -> World:
    return World()


def pause(world: World) -> PauseModel:
    return PauseModel(catalog=CATALOG, switches=world.switches, clock=world.clock, audit=an_audit())


def notices(world: World) -> ModelNotices:
    return ModelNotices(switches=world.switches, alarms=InMemoryAlarmStore(world.clock), clock=world.clock)


async def test_a_model_that_is_off_takes_no_wish_and_says_why(world: World) -> None:
    assert await pause(world)(PICTURE, "under repair", by=COMMAND_LINE)
    request = world.instance().request_generation()
    with pytest.raises(ModelPaused) as error:
        await request(wish())
    assert error.value.reason == "under repair"
    assert not world.store.rows
    await ResumeModel(catalog=CATALOG, switches=world.switches, audit=an_audit())(PICTURE, by=COMMAND_LINE)
    assert (await request(wish())).user == ANN


async def test_an_invalid_wish_hears_of_its_faults_first(world: World) -> None:
    await pause(world)(PICTURE, by=COMMAND_LINE)
    with pytest.raises(InvalidInput):
        await world.instance().request_generation()(wish(prompt=""))


async def test_an_alias_switches_the_real_model_and_an_unknown_name_none(world: World) -> None:
    alias = next(model for model in CATALOG.models() if model.is_alias and CATALOG.find(model.id) != model)
    real = CATALOG.find(alias.id)
    assert real
    assert await pause(world)(alias.id, by=COMMAND_LINE) == real
    assert await pause(world)("no such model", by=COMMAND_LINE) is None
    assert list(world.switches.pauses) == [real.id]
    assert (
        await ResumeModel(catalog=CATALOG, switches=world.switches, audit=an_audit())(alias.id, by=COMMAND_LINE) == real
    )
    assert not world.switches.pauses


async def test_what_menus_say_is_never_older_than_it_may_be(world: World) -> None:
    known = notices(world)
    await known.refresh()
    paused = ModelPause(model_id=PICTURE, reason="why", at=world.clock.now())
    await pause(world)(PICTURE, "why", by=COMMAND_LINE)
    await known.refresh()
    assert known.pause_of(PICTURE) is None
    await world.clock.advance(FRESH_S)
    await known.refresh()
    assert known.pause_of(PICTURE) == paused
    await world.switches.resume(PICTURE)
    await known.refresh(at_once=True)
    assert known.pause_of(PICTURE) is None


async def test_without_the_store_menus_go_on_with_what_they_knew_and_ask_seldom(world: World) -> None:
    known = notices(world)
    await pause(world)(PICTURE, by=COMMAND_LINE)
    await known.refresh()
    await world.switches.resume(PICTURE)
    await world.clock.advance(FRESH_S)
    world.switches.on_call.add(Trouble(error=StoreUnavailable("away")))
    for _ in range(3):
        await known.refresh()
    assert known.pause_of(PICTURE)


async def test_only_alarms_about_models_mark_one(world: World) -> None:
    alarms = InMemoryAlarmStore(world.clock)
    await alarms.begin(Alarm(kind=AlarmKind.CREDITS_LOW, about=PICTURE), at=world.clock.now())
    known = ModelNotices(switches=world.switches, alarms=alarms, clock=world.clock)
    await known.refresh()
    assert not known.is_failing(PICTURE)
    await alarms.begin(Alarm(kind=AlarmKind.MODEL_FAILING, about=PICTURE), at=world.clock.now())
    await known.refresh(at_once=True)
    assert known.is_failing(PICTURE)


async def test_an_operator_sees_first_what_is_switched_off_or_failing(world: World) -> None:
    await pause(world)(PICTURE, by=COMMAND_LINE)
    known = notices(world)
    await known.refresh()
    listed = known.troubled_first(CATALOG.models())
    assert listed[0].id == PICTURE
    assert {model.id for model in listed} == {model.id for model in CATALOG.offered()}
    titles = [model.title.casefold() for model in listed[1:]]
    assert titles == sorted(titles)
