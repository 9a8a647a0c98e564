"""What the leader need not read."""

from application.generating.carried_here import KEPT_AT_MOST, HandedOver
from domain.generation import GenerationState
from tests.support.core_fixture import World, wish
from tests.support.generations import a_generation, life_of


async def test_a_wish_of_the_leaders_own_process_is_carried_without_being_read() -> None:
    world = World()
    instance, reads = world.instance(), list[object]()
    get = world.store.get

    async def counted(generation_id):  # type: ignore[no-untyped-def]  # takes what the counted method takes
        reads.append(generation_id)
        return await get(generation_id)

    world.store.get = counted  # type: ignore[method-assign]  # counted on the way to the fake
    async with world.leading(instance):
        await world.clock.advance(1)
        generation = await instance.request_generation()(wish())
        await world.clock.advance(0.1)
        assert world.row(generation).state is not GenerationState.QUEUED
    assert reads == []


def test_it_is_given_once_and_no_more_than_so_many_are_kept() -> None:
    handed = HandedOver()
    rows = [a_generation() for _ in range(KEPT_AT_MOST + 1)]
    for row in rows:
        handed.give(row)
    assert handed.take(rows[0].id) is None
    assert handed.take(rows[-1].id) is rows[-1]
    assert handed.take(rows[-1].id) is None


def test_what_has_begun_is_read_afresh() -> None:
    handed = HandedOver()
    for row in life_of(a_generation())[1:]:
        handed.give(row)
        assert handed.take(row.id) is None
