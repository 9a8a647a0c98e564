"""What a generation store refuses by the limits of users, groups, keys and the operator."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve

from application.errors import LimitReached, ModelPaused
from application.limits import GroupLimits, UserLimits
from application.ports.generation_store import GenerationStore
from domain.failure import Failure, FailureKind
from domain.generation import Destination, GenerationState, UserId
from domain.model import ModelId
from tests.support.generation_places import Place, lived, memory_place, opened_place, refusal
from tests.support.generations import ANN, BOB, FLUX, NOON, a_generation

DAY = timedelta(days=1)

HOUR = timedelta(hours=1)

GROUP = Destination(chat="-100")


@pytest.fixture
async def postgres_place(database: str) -> AsyncIterator[Place]:
    async with opened_place(database) as opened:
        yield opened


@pytest.fixture(params=["memory", pytest.param("postgres", marks=pytest.mark.postgres)])
def place(request: pytest.FixtureRequest) -> Place:
    opened: Place = memory_place() if request.param == "memory" else request.getfixturevalue("postgres_place")
    return opened


@pytest.fixture
def store(place: Place) -> GenerationStore:
    return place.store


async def test_the_limit_in_flight_counts_the_unfinished_of_the_user(store: GenerationStore) -> None:
    two = UserLimits(in_flight=2)
    await store.add(a_generation(user=BOB))
    old = await store.add(a_generation(age=3 * DAY))
    await lived(store, a_generation(), until=GenerationState.DELIVERED)
    assert await refusal(store, two) is None
    assert await refusal(store, two) == "in_flight"
    await store.save(old.cancelled(at=NOON))
    assert await refusal(store, two) is None


async def test_the_daily_limit_counts_24_hours_and_not_what_came_to_nothing(store: GenerationStore) -> None:
    two = UserLimits(per_day=2)
    await store.add(a_generation(age=DAY))
    cancelled = await store.add(a_generation())
    await store.save(cancelled.cancelled(at=NOON))
    failed = await store.add(a_generation())
    await store.save(failed.failed(Failure(kind=FailureKind.NO_RESULT), at=NOON))
    await lived(store, a_generation(age=DAY - HOUR), until=GenerationState.DELIVERED)
    assert await refusal(store, two) is None
    assert await refusal(store, two) == "per_day"


async def test_credits_are_reserved_then_charged_then_free_after_a_failure(store: GenerationStore) -> None:
    ten = UserLimits(credits_per_day=10)
    # Charged 4 whatever was reserved; a model without a price reserves nothing.
    await lived(store, a_generation(reserved_credits=9.0), until=GenerationState.DELIVERED)
    pending = await store.add(a_generation(reserved_credits=5.5))
    assert await refusal(store, ten, reserved_credits=1.0) == "credits_per_day"
    assert await refusal(store, ten, reserved_credits=0.5) is None
    assert await refusal(store, ten) is None
    await store.save(pending.failed(Failure(kind=FailureKind.NO_RESULT), at=NOON))
    assert await refusal(store, ten, reserved_credits=5.5) is None


@pytest.mark.parametrize("whose", ["user", "group"])
async def test_a_refusal_says_when_there_is_room_again(store: GenerationStore, whose: str) -> None:
    for age, credits_ in ((20 * HOUR, 4.0), (3 * HOUR, 5.0)):
        await store.add(a_generation(age=age, reserved_credits=credits_, destination=GROUP))
    given: dict[str, Any] = (
        {"limits": UserLimits(credits_per_day=10)}
        if whose == "user"
        else {"group_limits": GroupLimits(credits_per_day=10)}
    )
    for credits_, room_in, fits in ((2.0, 4 * HOUR, True), (6.0, 21 * HOUR, True), (10.5, None, False)):
        with pytest.raises(LimitReached) as refused:
            await store.add(a_generation(reserved_credits=credits_, destination=GROUP), **given)
        assert (refused.value.room_in, refused.value.fits) == (room_in, fits)


async def test_two_wishes_at_once_cannot_both_be_the_last_allowed(place: Place) -> None:
    outcomes = await asyncio.gather(
        *(refusal(instance, UserLimits(in_flight=3)) for instance in (place.store, place.other) * 4)
    )
    assert outcomes.count(None) == 3


async def test_a_request_already_taken_is_not_refused_by_the_limit_it_filled(store: GenerationStore) -> None:
    one = UserLimits(in_flight=1)
    first = await store.add(a_generation(request_key="update 7"), limits=one)
    assert await store.add(a_generation(request_key="update 7"), limits=one) == first


async def group_refusal(store: GenerationStore, limits: GroupLimits, **wish: Any) -> str | None:
    """The group's limit that refuses one more wish of Bob's in it, None if it is taken."""
    generation = a_generation(user=BOB, destination=GROUP, **wish)
    try:
        await store.add(generation, limits=UserLimits(per_day=99), group_limits=limits)
    except LimitReached as error:
        assert await store.get(generation.id) is None
        return error.limit
    return None


async def test_a_group_shares_a_daily_limit_and_another_chat_does_not(store: GenerationStore) -> None:
    two = GroupLimits(per_day=2)
    await store.add(a_generation(destination=GROUP, age=DAY))
    failed = await store.add(a_generation(destination=GROUP))
    await store.save(failed.failed(Failure(kind=FailureKind.NO_RESULT), at=NOON))
    await store.add(a_generation(user=BOB))
    await store.add(a_generation(destination=evolve(GROUP, thread="7")))
    assert await group_refusal(store, two) is None
    assert await group_refusal(store, two) == "group_per_day"


async def test_a_group_shares_its_credits(store: GenerationStore) -> None:
    ten = GroupLimits(credits_per_day=10)
    await lived(store, a_generation(destination=GROUP, reserved_credits=9.0), until=GenerationState.DELIVERED)
    assert await group_refusal(store, ten, reserved_credits=6.5) == "group_credits_per_day"
    assert await group_refusal(store, ten, reserved_credits=6.0) is None
    assert await group_refusal(store, ten) is None


async def test_a_key_has_credits_of_its_own(store: GenerationStore) -> None:
    ten = GroupLimits(credits_per_day=10, name="key")
    assert await group_refusal(store, ten, reserved_credits=9.0) is None
    assert await group_refusal(store, ten, reserved_credits=1.5) == "key_credits_per_day"


async def test_several_people_at_once_cannot_overdraw_their_group(place: Place) -> None:
    async def ask(number: int, store: GenerationStore) -> str | None:
        wish = a_generation(user=UserId(f"telegram:{number}"), destination=GROUP)
        try:
            await store.add(wish, group_limits=GroupLimits(per_day=3))
        except LimitReached as error:
            return error.limit
        return None

    outcomes = await asyncio.gather(
        *(ask(number, store) for number, store in enumerate((place.store, place.other) * 4))
    )
    assert outcomes.count(None) == 3


async def test_of_several_none_is_added_where_one_is_too_many(store: GenerationStore) -> None:
    three = [a_generation(request_key=f"series:y:{number}/3") for number in (1, 2, 3)]
    with pytest.raises(LimitReached):
        await store.add_together(three, limits=UserLimits(per_day=2))
    assert list(await store.by_request_keys([one.request_key for one in three])) == []


@pytest.mark.parametrize("limits", [None, UserLimits(in_flight=9)])
async def test_a_paused_model_takes_nothing_on_but_what_is_forced_or_was_there_before(
    place: Place, limits: UserLimits | None
) -> None:
    before = await place.store.add(a_generation(), limits=limits)
    await place.pause(FLUX, "too slow")
    wish = a_generation()
    with pytest.raises(ModelPaused, match="too slow"):
        await place.store.add(wish, limits=limits)
    assert await place.store.get(wish.id) is None
    again = a_generation(request_key=before.request_key)
    assert (await place.store.add(again, limits=limits)).id == before.id
    assert (await place.store.add(forced := a_generation(forced=True), limits=limits)).id == forced.id
    assert await place.store.add(other := a_generation(model_id=ModelId("veo3")), limits=limits) == other


@pytest.mark.parametrize("limits", [UserLimits(), UserLimits(credits_per_day=100.0)])
async def test_a_persons_own_limit_counts_in_place_of_the_one_for_everyone(place: Place, limits: UserLimits) -> None:
    await place.limit(ANN, 5.0)
    assert await refusal(place.store, limits, reserved_credits=5.0) is None
    assert await refusal(place.store, limits, reserved_credits=1.0) == "credits_per_day"
    assert await refusal(place.store, limits, reserved_credits=50.0, user=BOB) is None


async def test_a_person_who_is_freed_of_the_limit_has_none(place: Place) -> None:
    await place.limit(ANN, None)
    assert await refusal(place.store, UserLimits(credits_per_day=1.0), reserved_credits=5.0) is None
