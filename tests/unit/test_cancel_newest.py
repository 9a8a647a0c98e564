"""A person says "cancel" and names nothing."""

from datetime import timedelta

import pytest
from attrs import define, field

from adapters.memory.clock import ManualClock
from adapters.memory.generation_store import InMemoryGenerationStore
from application.generating.cancel_generation import CancelGeneration
from application.generating.cancel_newest import CancelledNewest, CancelNewest
from domain.generation import Generation, GenerationState, UserId
from tests.support.generations import ANN, BOB, NOON, a_generation


@define
class Queue:
    """Wishes, each older than the one before it."""

    store: InMemoryGenerationStore = field(factory=lambda: InMemoryGenerationStore(ManualClock()))
    wishes: int = 0

    async def add(self, user: UserId = ANN) -> Generation:
        self.wishes += 1
        return await self.store.add(a_generation(user=user, age=timedelta(minutes=self.wishes)))

    async def begun(self) -> Generation:
        return await self.store.save((await self.add()).submitting(at=NOON))

    async def cancel(self) -> CancelledNewest:
        cancel = CancelGeneration(store=self.store, clock=self.store.clock)
        return await CancelNewest(generations=self.store, cancel=cancel)(ANN)

    def state(self, generation: Generation) -> GenerationState:
        return self.store.rows[generation.id].state


@pytest.fixture
def queue() -> Queue:
    return Queue()


async def test_the_newest_that_still_waits_is_taken_back_and_the_older_one_stays(queue: Queue) -> None:
    newest, older = await queue.add(), await queue.add()
    assert await queue.cancel() == CancelledNewest(cancelled=newest)
    assert [queue.state(one) for one in (newest, older)] == [GenerationState.CANCELLED, GenerationState.QUEUED]


async def test_what_has_ended_or_begun_is_passed_over_for_what_can_be_taken_back(queue: Queue) -> None:
    ended, begun, waiting = await queue.add(), await queue.begun(), await queue.add()
    await queue.store.save(ended.cancelled(at=NOON))
    assert (await queue.cancel()).cancelled == waiting
    assert queue.state(begun) is GenerationState.SUBMITTING


async def test_where_all_have_begun_the_newest_of_them_is_named_as_too_late(queue: Queue) -> None:
    newest, _older = await queue.begun(), await queue.begun()
    found = await queue.cancel()
    assert found.cancelled is None
    assert found.too_late == newest


async def test_a_person_with_nothing_under_way_takes_back_nothing_and_no_one_elses(queue: Queue) -> None:
    bobs = await queue.add(BOB)
    assert await queue.cancel() == CancelledNewest()
    assert queue.state(bobs) is GenerationState.QUEUED
