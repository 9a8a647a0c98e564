"""What a generation store finds again, and what it forgets."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from attrs import evolve

from application.limits import UserLimits
from application.ports.generation_store import GenerationStore
from domain.failure import Failure, FailureKind
from domain.generation import GenerationId, GenerationState, Result, TaskId
from domain.media import MediaKind
from domain.model import ModelId
from domain.violation import Violation, ViolationCode
from tests.support.generation_places import Place, kept, lived, memory_place, opened_place, refusal
from tests.support.generations import ANN, BOB, FLUX, NOON, PICTURE, a_generation, life_of

DAY = timedelta(days=1)

HOUR = timedelta(hours=1)


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


async def test_unfinished_are_all_that_are_not_terminal_oldest_first(store: GenerationStore) -> None:
    young = await store.add(a_generation())
    old = await store.add(a_generation(age=HOUR))
    failed = await store.add(a_generation(age=2 * HOUR))
    await store.save(failed.failed(Failure(kind=FailureKind.NO_RESULT), at=NOON))
    gone = await store.add(a_generation(age=3 * HOUR))
    await store.save(gone.cancelled(at=NOON))
    await lived(store, a_generation(age=4 * HOUR), until=GenerationState.DELIVERED)
    assert [row.id for row in await store.unfinished()] == [failed.id, old.id, young.id]


async def test_ids_find_what_they_name_among_the_persons_own(store: GenerationStore) -> None:
    song = Result(kind=MediaKind.AUDIO, url="https://a.example/1.mp3", id="song-1")
    persona = Result(kind=MediaKind.TEXT, text='{"personaId": "persona_9"}')
    row = await store.add(a_generation())
    for step in life_of(row)[:2]:
        row = await store.save(evolve(step, version=row.version, request_key=row.request_key))
    made = await store.save(row.succeeded((song, persona), credits=None, at=NOON))
    older = await store.add(a_generation(age=HOUR))
    for one in (made.id, f"task of {made.id}", "song-1", "persona_9"):
        assert await store.with_ids(ANN, [one, "nothing"]) == [made]
        assert await store.with_ids(BOB, [one]) == []
    assert await store.with_ids(ANN, [older.id, "song-1"]) == [made, older]
    assert await store.with_ids(ANN, ["song-", "personaX9"]) == []
    assert await store.with_ids(ANN, []) == []
    await store.save(made.delivered(at=NOON))
    assert await store.erase(made.id, ANN)
    assert await store.with_ids(ANN, [made.id, "song-1"]) == []


async def test_the_last_one_for_a_model_is_the_newest_of_this_user(store: GenerationStore) -> None:
    await store.add(a_generation(age=HOUR))
    newest = await store.add(a_generation())
    await store.add(a_generation(age=2 * HOUR))
    await store.add(a_generation(user=BOB))
    await store.add(a_generation(model_id=ModelId("veo3")))
    assert await store.last_of(ANN, FLUX) == newest
    assert await store.last_of(BOB, ModelId("veo3")) is None


async def test_history_is_the_users_own_newest_first_in_pages(store: GenerationStore) -> None:
    own = [await store.add(a_generation(age=hours * HOUR)) for hours in range(5)]
    await store.add(a_generation(user=BOB))
    first = await store.history(ANN, limit=3)
    assert list(first) == own[:3]
    assert list(await store.history(ANN, limit=3, before=first[-1].created_at)) == own[3:]


async def test_history_is_searched_by_the_prompt_without_regard_to_case(store: GenerationStore) -> None:
    fox = await store.add(a_generation(prompt="Рыжая ЛИСА в снегу"))
    percent = await store.add(a_generation(prompt="100% _sure_", age=HOUR))
    await store.add(a_generation(input={"script": "лиса"}))
    assert [row.id for row in await store.history(ANN, limit=9, text="лиса В")] == [fox.id]
    assert [row.id for row in await store.history(ANN, limit=9, text="% _")] == [percent.id]
    assert await store.history(ANN, limit=9, text="волк") == []


async def test_history_is_searched_by_every_word_wherever_it_stands(store: GenerationStore) -> None:
    fox = await store.add(a_generation(prompt="a red fox in the snow"))
    await store.add(a_generation(prompt="a red hare"))
    assert [row.id for row in await store.history(ANN, limit=9, text=" snow  RED ")] == [fox.id]


async def test_history_is_turned_back_towards_the_newest(store: GenerationStore) -> None:
    own = [await store.add(a_generation(age=hours * HOUR)) for hours in range(5)]
    await store.add(a_generation(prompt="a hare", age=-HOUR))
    assert list(await store.history(ANN, limit=2, after=own[4].created_at, text="fox")) == own[2:4]
    assert list(await store.history(ANN, limit=9, after=own[0].created_at, text="fox")) == []


async def test_history_of_what_was_delivered_leaves_the_rest_out(store: GenerationStore) -> None:
    await store.add(a_generation())
    await lived(store, a_generation(), until=GenerationState.DELIVERING)
    failed = (await store.add(a_generation())).failed(Failure(kind=FailureKind.NO_RESULT), at=NOON)
    row = await store.save(failed)
    await store.save(row.delivered(at=NOON))
    shown = await lived(store, a_generation(), until=GenerationState.DELIVERED)
    assert list(await store.history(ANN, limit=9, delivered=True)) == [shown]


async def test_a_prompt_by_another_name_is_searched_too(store: GenerationStore) -> None:
    spoken = await store.add(a_generation(input={"voice": "Rachel", "text": "The fox says hello"}))
    assert [row.id for row in await store.history(ANN, limit=9, text="hello")] == [spoken.id]
    assert await store.history(ANN, limit=9, text="rachel") == []


async def test_what_was_erased_is_found_nowhere_and_goes_on_counting(store: GenerationStore) -> None:
    wish = a_generation()
    row = await lived(store, wish, until=GenerationState.DELIVERED)
    assert await store.erase(row.id, ANN)
    assert await store.get(row.id) is None
    assert await store.last_of(ANN, FLUX) is None
    assert await store.history(ANN, limit=9) == []
    assert await store.history(ANN, limit=9, after=NOON - DAY) == []
    assert await refusal(store, UserLimits(per_day=1)) == "per_day"
    assert await refusal(store, UserLimits(credits_per_day=3)) == "credits_per_day"
    assert await store.durations(FLUX) == [10.0]
    assert await store.submitted_since(NOON) == []
    again = await store.add(wish)
    assert (again.id, again.input, again.results, again.receipts) == (row.id, {}, (), ())
    assert (again.task_id, again.reported_task_id, again.secret) == (None, None, "")
    assert not await store.erase(row.id, ANN)


async def test_what_a_provider_said_of_a_failure_is_erased_with_it(store: GenerationStore) -> None:
    wish = a_generation()
    row = await store.add(wish)
    failure = Failure(kind=FailureKind.CONTENT_REFUSED, provider_message="“a red fox” is not allowed")
    row = await store.save(row.failed(failure, at=NOON))
    await store.save(row.delivered(at=NOON))
    assert await store.erase(wish.id, ANN)
    assert (await store.add(wish)).failure == evolve(failure, provider_message=None)


async def test_what_was_wrong_with_an_input_is_erased_with_it(store: GenerationStore) -> None:
    wish = a_generation()
    row = await store.add(wish)
    found = Violation(path="prompt", code=ViolationCode.NOT_IN_ENUM, values={"actual": "a red fox"})
    failure = Failure(kind=FailureKind.INVALID_INPUT, violation=found)
    row = await store.save(row.failed(failure, at=NOON))
    await store.save(row.delivered(at=NOON))
    assert await store.erase(wish.id, ANN)
    assert (await store.add(wish)).failure == evolve(failure, violation=None)


async def test_only_the_user_erases_and_only_what_is_at_its_end(store: GenerationStore) -> None:
    under_way = await lived(store, a_generation(), until=GenerationState.RUNNING)
    done = await lived(store, a_generation(), until=GenerationState.DELIVERED)
    assert not await store.erase(under_way.id, ANN)
    assert not await store.erase(done.id, BOB)
    assert not await store.erase(GenerationId("\x00"), ANN)
    assert await kept(store, under_way) == under_way
    assert await kept(store, done) == done


async def test_durations_are_those_of_the_newest_successes_of_the_model(store: GenerationStore) -> None:
    for hours in range(3):
        wish = await store.add(a_generation(age=hours * HOUR, user=BOB))
        row = await store.save(wish.submitting(at=wish.created_at).running(TaskId("t")))
        end = wish.created_at + timedelta(seconds=10.5 + hours)
        await store.save(row.succeeded((PICTURE,), credits=None, at=end))
    failed = await store.add(a_generation())
    failed = await store.save(failed.submitting(at=NOON))
    await store.save(failed.failed(Failure(kind=FailureKind.NO_RESULT), at=NOON + timedelta(seconds=1)))
    await store.add(a_generation())
    assert await store.durations(FLUX) == [10.5, 11.5, 12.5]
    assert await store.durations(FLUX, limit=1) == [10.5]
    assert await store.durations(ModelId("veo3")) == []


async def test_secrets_are_forgotten_some_time_after_the_end_a_few_at_a_time(store: GenerationStore) -> None:
    for age in (1, 2, 3):
        row = await store.add(a_generation(age=age * HOUR))
        for state in life_of(row):
            row = await store.save(evolve(state, version=row.version))
    running = await store.add(a_generation(age=3 * HOUR))
    assert [await store.forget_secrets(NOON - HOUR / 2, limit=2) for _ in range(3)] == [2, 1, 0]
    assert (await kept(store, row)).secret == ""
    assert (await kept(store, row)).version == row.version
    assert (await kept(store, running)).secret == running.secret


async def test_what_was_closed_long_ago_is_erased_a_few_at_a_time_and_still_counts(store: GenerationStore) -> None:
    for age in (1, 2, 3):
        row = await store.add(a_generation(age=age * HOUR))
        for state in life_of(row):
            row = await store.save(evolve(state, version=row.version))
    running = await store.add(a_generation(age=3 * HOUR))
    assert [await store.erase_closed(NOON - HOUR / 2, limit=2) for _ in range(3)] == [2, 1, 0]
    assert await store.get(row.id) is None
    assert [one.id for one in await store.history(ANN, limit=9)] == [running.id]
    assert len(await store.durations(FLUX)) == 3
    assert (await store.add(a_generation(request_key=row.request_key))).id == row.id
