"""The order of offers follows how models have done here."""

from datetime import datetime

from attrs import define, field

from adapters.memory.clock import ManualClock
from adapters.memory.trouble import Script, Trouble
from application.catalog.model_notices import OwnRecord
from application.errors import StoreUnavailable
from application.ports.statistics import ModelCourse
from application.wishes.rank_models import RankModels
from config.wishes import quality_order
from domain.model import ModelId
from domain.reading import Preference, Reading, TaskGuess, UseGuess, WishIntent
from domain.use import FACTS, Use
from tests.support.registry import catalog

QUALITY = quality_order()
PICTURES = QUALITY.uses["text_to_image"]
WISH = Reading(
    intent=WishIntent.WISH,
    confidence=1.0,
    uses=(UseGuess(use=Use.PICTURE, confidence=1.0),),
    tasks=(TaskGuess(type=FACTS[Use.PICTURE].tasks[0], confidence=1.0),),
)


@define
class Courses:
    """Figures that a test wrote down."""

    clock: ManualClock
    found: list[ModelCourse] = field(factory=list)
    on_call: Script = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.on_call = Script(self.clock)

    async def course_by_model(self, *, since: datetime, limit: int) -> list[ModelCourse]:
        async with self.on_call.around():
            return self.found


def course(name: str, *, ended: int = 20, failed: int = 0, half_s: float = 30.0) -> ModelCourse:
    return ModelCourse(model=ModelId(name), ended=ended, failed=failed, half_s=half_s, most_s=half_s)


async def ranked(*courses: ModelCourse) -> list[tuple[str, Preference | None]]:
    record = OwnRecord(statistics=Courses(ManualClock(), list(courses)), clock=ManualClock())  # type: ignore[arg-type]  # keyword arguments of several types
    await record.refresh()
    rank = RankModels(catalog=catalog(), quality=QUALITY, record=record)
    return [(one.model.id, one.mark) for one in rank(WISH)]


async def test_without_figures_the_order_is_that_of_quality() -> None:
    assert (await ranked())[0][0] == PICTURES.first


async def test_a_model_that_often_fails_here_goes_behind_the_others() -> None:
    names = [name for name, _ in await ranked(course(PICTURES.first, failed=9))]
    assert names[0] != PICTURES.first
    few = [name for name, _ in await ranked(course(PICTURES.first, ended=5, failed=5))]
    assert few[0] == PICTURES.first  # five say nothing yet


async def test_the_one_that_was_quickest_here_is_called_fast() -> None:
    slow = [course(name, half_s=40.0) for name in (PICTURES.first, str(PICTURES.fast))]
    found = await ranked(*slow, course("z-image", half_s=4.0))
    assert dict(found)[ModelId("z-image")] is Preference.FAST
    assert [mark for _, mark in found].count(Preference.FAST) == 1


async def test_while_the_store_is_away_the_last_figures_hold() -> None:
    clock = ManualClock()
    courses = Courses(clock, [course("z-image", failed=20)])
    record = OwnRecord(statistics=courses, clock=clock)  # type: ignore[arg-type]  # keyword arguments of several types
    await record.refresh()
    await clock.advance(3600)
    courses.on_call.add(Trouble(error=StoreUnavailable("away")))
    await record.refresh()
    assert record.is_unreliable(ModelId("z-image"))
