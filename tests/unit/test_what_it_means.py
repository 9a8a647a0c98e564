"""Which result a person's "it" is about, and what a result sent again leaves behind."""

from datetime import timedelta

import pytest
from attrs import define, evolve, field

from adapters.memory.clock import ManualClock
from adapters.memory.current_result_store import InMemoryCurrentResultStore
from adapters.memory.generation_store import InMemoryGenerationStore
from adapters.memory.trouble import Trouble
from application.errors import StaleGeneration, StoreUnavailable
from application.ports.current_result_store import CurrentResult
from application.results.note_sent_again import NoteSentAgain
from application.wishes.place_message import SPOKEN_OF, FindLastResult
from domain.generation import Destination, Generation, GenerationId, Receipt
from tests.support.generations import ANN, NOON, a_generation, life_of
from tests.support.log_record import logs_recorded

CHAT = "1"
RECEIPT = Receipt(indexes=(0,), message="8", file_ids=("new file",))


@define
class Talk:
    """Ann's results; the clock stands at noon."""

    rows: list[Generation]
    clock: ManualClock = field(factory=lambda: ManualClock(NOON))
    store: InMemoryGenerationStore = field(init=False)
    current: InMemoryCurrentResultStore = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.store = InMemoryGenerationStore(self.clock)
        self.store.rows = {row.id: row for row in self.rows}
        self.current = InMemoryCurrentResultStore(self.clock)

    async def go_back(self, to: Generation, ago: timedelta = timedelta()) -> None:
        await self.current.set(ANN, CHAT, CurrentResult(generation=to.id, at=NOON - ago))

    async def it(self) -> Generation | None:
        find = FindLastResult(generations=self.store, clock=self.clock, current=self.current)
        return await find(ANN, CHAT)


def result(minutes: float, chat: str = CHAT) -> Generation:
    """A result that came so long before noon."""
    made = life_of(a_generation(age=timedelta(minutes=minutes), destination=Destination(chat=chat)))[-1]
    return evolve(made, closed_at=made.created_at)


async def test_it_is_the_newest_result() -> None:
    older, newest = result(9), result(5)
    assert await Talk([older, newest]).it() == newest


async def test_after_a_quarter_of_an_hour_no_one_speaks_of_it_any_more() -> None:
    limit = SPOKEN_OF.total_seconds() / 60
    assert await Talk([result(limit)]).it() is not None
    assert await Talk([result(limit + 1)]).it() is None


async def test_without_a_result_there_is_nothing_to_speak_of() -> None:
    assert await Talk([a_generation()]).it() is None


async def test_a_result_in_another_chat_is_not_spoken_of_here() -> None:
    assert await Talk([result(5, chat="2")]).it() is None


async def test_a_person_who_went_back_speaks_of_that_one() -> None:
    older, newest = result(60), result(5)
    talk = Talk([older, newest])
    await talk.go_back(older, timedelta(minutes=1))
    assert await talk.it() == older


async def test_a_result_that_came_after_going_back_is_the_one_again() -> None:
    older, newest = result(9), result(5)
    talk = Talk([older, newest])
    await talk.go_back(older, timedelta(minutes=7))
    assert await talk.it() == newest


async def test_going_back_is_forgotten_like_a_result() -> None:
    older = result(60)
    talk = Talk([older])
    await talk.go_back(older, SPOKEN_OF + timedelta(minutes=1))
    assert await talk.it() is None


async def test_files_sent_again_are_the_ones_to_show() -> None:
    made = result(5)
    talk = Talk([made])
    await NoteSentAgain(talk.store)(made.id, RECEIPT)
    assert talk.store.rows[made.id].receipts[-1] == RECEIPT


async def test_for_a_deleted_generation_nothing_is_noted() -> None:
    made = result(5)
    talk = Talk([made])
    await talk.store.erase(made.id, ANN)
    await NoteSentAgain(talk.store)(made.id, RECEIPT)
    await NoteSentAgain(talk.store)(GenerationId("never was"), RECEIPT)
    assert talk.store.rows[made.id].receipts == ()


async def test_a_generation_under_way_stays_as_it_is() -> None:
    waiting = a_generation()
    talk = Talk([waiting])
    await NoteSentAgain(talk.store)(waiting.id, RECEIPT)
    assert talk.store.rows[waiting.id] == waiting


@pytest.mark.parametrize("error", [StoreUnavailable("away"), StaleGeneration(GenerationId("g"))])
async def test_that_it_could_not_be_noted_is_logged_and_troubles_no_one(error: Exception) -> None:
    made = result(5)
    talk = Talk([made])
    talk.store.on_save.add(Trouble(error=error))
    with logs_recorded() as record:
        await NoteSentAgain(talk.store)(made.id, RECEIPT)
    assert [event["event"] for event in record.events] == ["receipt.not_noted"]
    assert talk.store.rows[made.id] == made
