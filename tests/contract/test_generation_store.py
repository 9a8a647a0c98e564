"""What every ``GenerationStore`` keeps, whatever it is made of."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import timedelta
from typing import Any, Protocol

import asyncpg
import pytest
from attrs import evolve, frozen

from adapters.memory.clock import ManualClock
from adapters.memory.generation_store import InMemoryGenerationStore
from adapters.postgres_store import PostgresGenerationStore, open_database
from application.errors import LimitReached, ModelPaused, NotLeader, StaleGeneration
from application.limits import GroupLimits, UserLimits
from application.ports.generation_store import GenerationStore
from application.ports.limit_store import PersonalLimit
from domain.failure import Charged, Failure, FailureKind
from domain.generation import Destination, Generation, GenerationId, GenerationState, Receipt, Result, TaskId, UserId
from domain.media import Attachment, MediaKind
from domain.model import ModelId
from domain.operation import ModelPause
from domain.provider_account import MAIN_ACCOUNT, AccountName
from tests.support.generations import ANN, BOB, FLUX, NOON, PICTURE, a_generation, life_of

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
GROUP = Destination(chat="-100")


class Place(Protocol):
    """Where generations are kept, and what may happen there."""

    @property
    def store(self) -> GenerationStore: ...

    @property
    def other(self) -> GenerationStore:
        """Another instance's."""
        ...

    async def begin_leadership(self, epoch: int) -> None: ...

    async def break_connections(self) -> None: ...

    async def pause(self, model_id: ModelId, reason: str) -> None:
        """The operator switches a model off."""
        ...

    async def limit(self, user: UserId, credits_per_day: float | None) -> None:
        """An admin sets a limit of one person's own."""
        ...


@frozen
class MemoryPlace:
    store: InMemoryGenerationStore

    @property
    def other(self) -> GenerationStore:
        return self.store

    async def begin_leadership(self, epoch: int) -> None:
        self.store.epoch = epoch

    async def break_connections(self) -> None:
        self.store.interrupt_changes()

    async def pause(self, model_id: ModelId, reason: str) -> None:
        self.store.paused = {model_id: ModelPause(model_id=model_id, reason=reason, at=NOON)}.get

    async def limit(self, user: UserId, credits_per_day: float | None) -> None:
        self.store.own_limit = {user: PersonalLimit(user=user, credits_per_day=credits_per_day)}.get


@frozen
class PostgresPlace:
    store: PostgresGenerationStore
    other: PostgresGenerationStore
    _operator: "asyncpg.Connection[asyncpg.Record]"

    async def begin_leadership(self, epoch: int) -> None:
        await self._operator.execute(
            "INSERT INTO leadership (bot, epoch) VALUES ('1', $1) ON CONFLICT (bot) DO UPDATE SET epoch = $1", epoch
        )

    async def break_connections(self) -> None:
        await self._operator.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )

    async def pause(self, model_id: ModelId, reason: str) -> None:
        await self._operator.execute(
            "INSERT INTO paused_models (bot, model_id, reason, paused_at) VALUES ('1', $1, $2, $3)",
            model_id,
            reason,
            NOON,
        )

    async def limit(self, user: UserId, credits_per_day: float | None) -> None:
        await self._operator.execute(
            "INSERT INTO personal_limits (bot, user_id, credits_per_day) VALUES ('1', $1, $2)", user, credits_per_day
        )


@pytest.fixture
def memory_place() -> Place:
    return MemoryPlace(InMemoryGenerationStore(ManualClock()))


@pytest.fixture
async def postgres_place(database: str) -> AsyncIterator[Place]:
    async with AsyncExitStack() as stack:
        one, another = [await stack.enter_async_context(open_database(database)) for _ in range(2)]
        operator = await asyncpg.connect(database)
        stack.push_async_callback(operator.close)
        yield PostgresPlace(PostgresGenerationStore(one, "1"), PostgresGenerationStore(another, "1"), operator)


@pytest.fixture(params=["memory", pytest.param("postgres", marks=pytest.mark.postgres)])
def place(request: pytest.FixtureRequest) -> Place:
    opened: Place = request.getfixturevalue(f"{request.param}_place")
    return opened


@pytest.fixture
def store(place: Place) -> GenerationStore:
    return place.store


async def kept(store: GenerationStore, generation: Generation) -> Generation:
    row = await store.get(generation.id)
    assert row is not None
    return row


async def lived(store: GenerationStore, generation: Generation, until: GenerationState) -> Generation:
    """Added, and taken through its life up to that state."""
    row = await store.add(generation)
    for later in life_of(generation):
        row = await store.save(evolve(later, version=row.version))
        if row.state is until:
            return row
    raise AssertionError(until)


async def test_everything_about_a_wish_comes_back(store: GenerationStore) -> None:
    photo = Attachment(reference="file-1", kind=MediaKind.IMAGE, mime="image/png", name="Лиса.png", size_bytes=7)
    wish = a_generation(
        destination=Destination(chat="-100", thread="7", reply_to="9"),
        language="ru",
        forced=True,
        reserved_credits=2.5,
        input={
            "prompt": 'лиса \U0001f98a "quoted" \\ \n\t',
            "seed": 2**53 + 1,
            "strength": 0.1,
            "whole": 1.0,
            "on": True,
            "nothing": None,
            "image_urls": [photo, "https://files.example/a.png"],
            "items": [{"voice": "a", "nested": {"photo": photo}}],
        },
    )
    assert await store.add(wish) == wish
    assert await kept(store, wish) == wish


async def test_the_order_of_an_input_is_kept(store: GenerationStore) -> None:
    wish = await store.add(a_generation(input={"zebra": 1, "prompt": "x", "ape": 2}))
    assert list((await kept(store, wish)).input) == ["zebra", "prompt", "ape"]


async def test_an_object_that_looks_like_an_attachment_stays_an_object(store: GenerationStore) -> None:
    wish = await store.add(a_generation(input={"$attachment": {"reference": "x"}, "$": [{"$$": 1, "$attachment": 2}]}))
    assert (await kept(store, wish)).input == wish.input


async def test_characters_that_a_database_hates_do_no_harm(store: GenerationStore) -> None:
    wish = await store.add(a_generation(prompt="nul \x00 and half a pair \ud800"))
    assert (await kept(store, wish)).input == wish.input
    assert await store.get(GenerationId("\x00\ud800")) is None
    assert not await store.report_task(GenerationId("\x00"), TaskId("\x00"))
    assert await store.report_task(wish.id, TaskId("task\x00\ud800"))


async def test_each_state_of_a_life_comes_back_with_the_next_version(store: GenerationStore) -> None:
    wish = await store.add(a_generation())
    for version, later in enumerate(life_of(wish)):
        saved = await store.save(evolve(later, version=version))
        assert saved == evolve(later, version=version + 1)
        assert await kept(store, wish) == saved


async def test_results_and_receipts_come_back_in_order(store: GenerationStore) -> None:
    wish = await store.add(a_generation())
    results = (
        PICTURE,
        Result(kind=MediaKind.TEXT, text="слова"),
        Result(kind=MediaKind.AUDIO, url="https://b.example"),
    )
    running = wish.submitting(at=NOON).running(TaskId("t"))
    row = await store.save(running)
    row = await store.save(row.succeeded(results, credits=None, at=NOON))
    row = await store.save(row.part_delivered(Receipt(indexes=(1,), message="10")))
    row = await store.save(
        row.part_delivered(Receipt(indexes=(0, 2), message="11", file_ids=("a", "b"), forms=("photo", "audio")))
    )
    assert await kept(store, wish) == row
    assert row.results == results
    assert row.undelivered == ()
    row = await store.save(row.delivered(at=NOON))
    row = await store.save(row.sent_again(Receipt(indexes=(2,), message="12", file_ids=("c",), forms=("voice",))))
    assert await kept(store, wish) == row


async def test_a_failure_comes_back_whole(store: GenerationStore) -> None:
    wish = await store.add(a_generation())
    failure = Failure(
        kind=FailureKind.CONTENT_REFUSED, charged=Charged.UNKNOWN, provider_code="422", provider_message="нельзя"
    )
    await store.save(wish.failed(failure, at=NOON))
    assert (await kept(store, wish)).failure == failure


async def test_what_was_never_added_is_none(store: GenerationStore) -> None:
    assert await store.get(GenerationId("g999999999999999")) is None


async def test_the_same_request_twice_is_one_generation(place: Place) -> None:
    first = await place.store.add(a_generation(request_key="update 7"))
    await place.store.save(first.submitting(at=NOON))
    second = await place.other.add(a_generation(request_key="update 7"))
    assert (second.id, second.state, second.version) == (first.id, GenerationState.SUBMITTING, 1)
    assert len(await place.store.unfinished()) == 1


async def test_the_same_request_at_the_same_time_is_one_generation(place: Place) -> None:
    wishes = [a_generation(request_key="update 7") for _ in range(8)]
    rows = await asyncio.gather(*(place.other.add(wish) for wish in wishes))
    assert len({row.id for row in rows}) == 1


async def test_of_two_writers_with_one_version_one_is_refused(place: Place) -> None:
    wish = await place.store.add(a_generation())
    await place.store.save(wish.submitting(at=NOON))
    with pytest.raises(StaleGeneration):
        await place.other.save(wish.cancelled(at=NOON))
    assert (await kept(place.store, wish)).state is GenerationState.SUBMITTING


async def test_of_many_writers_at_once_exactly_one_wins(place: Place) -> None:
    wish = await place.store.add(a_generation())
    outcomes = await asyncio.gather(
        *(place.other.save(wish.submitting(at=NOON)) for _ in range(6)), return_exceptions=True
    )
    assert sum(isinstance(outcome, Generation) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, StaleGeneration) for outcome in outcomes) == 5


async def test_what_does_not_exist_cannot_be_saved(store: GenerationStore) -> None:
    with pytest.raises(StaleGeneration):
        await store.save(a_generation().submitting(at=NOON))


async def test_a_deposed_leaders_write_changes_nothing(place: Place) -> None:
    wish = await place.store.add(a_generation())
    await place.begin_leadership(4)
    submitting = await place.store.save(wish.submitting(at=NOON), epoch=4)
    await place.begin_leadership(5)
    with pytest.raises(NotLeader):
        await place.store.save(submitting.running(TaskId("t")), epoch=4)
    assert await kept(place.store, wish) == submitting
    assert (await place.store.save(submitting.running(TaskId("t")), epoch=5)).version == 2


async def test_a_write_without_an_epoch_needs_no_leadership(place: Place) -> None:
    wish = await place.store.add(a_generation())
    await place.begin_leadership(5)
    assert (await place.other.save(wish.cancelled(at=NOON))).state is GenerationState.CANCELLED


async def test_a_report_stays_beside_the_version_and_the_first_one_counts(place: Place) -> None:
    wish = await place.store.add(a_generation())
    assert await place.other.report_task(wish.id, TaskId("first"))
    assert await place.other.report_task(wish.id, TaskId("second"))
    saved = await place.store.save(wish.submitting(at=NOON))
    assert (saved.version, saved.reported_task_id) == (1, "first")
    assert await kept(place.store, wish) == saved
    assert not await place.store.report_task(GenerationId("g999999999999999"), TaskId("first"))


async def test_the_progress_message_stays_beside_the_version(place: Place) -> None:
    wish = await place.store.add(a_generation())
    await place.other.note_progress_message(wish.id, "m1")
    await place.other.note_progress_message(wish.id, "m2")
    saved = await place.store.save(wish.submitting(at=NOON))
    assert (saved.version, saved.progress_message) == (1, "m2")
    assert (await kept(place.store, wish)).progress_message == "m2"


async def test_who_stopped_waiting_is_known_to_everybody_at_once(place: Place) -> None:
    async with place.store.changes() as changes:
        wish = await place.other.add(a_generation())
        assert await next_ids(changes, 1) == [wish.id]
        assert await place.other.mark_quiet(wish.id)
        assert await next_ids(changes, 1) == [wish.id]
    saved = await place.store.save(wish.submitting(at=NOON))
    assert (saved.version, saved.quiet) == (1, True)
    assert (await kept(place.store, wish)).quiet
    assert not await place.store.mark_quiet(GenerationId("nobody's"))


async def test_unfinished_are_all_that_are_not_terminal_oldest_first(store: GenerationStore) -> None:
    young = await store.add(a_generation())
    old = await store.add(a_generation(age=HOUR))
    failed = await store.add(a_generation(age=2 * HOUR))
    await store.save(failed.failed(Failure(kind=FailureKind.NO_RESULT), at=NOON))
    gone = await store.add(a_generation(age=3 * HOUR))
    await store.save(gone.cancelled(at=NOON))
    await lived(store, a_generation(age=4 * HOUR), until=GenerationState.DELIVERED)
    assert [row.id for row in await store.unfinished()] == [failed.id, old.id, young.id]


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


async def test_only_the_user_erases_and_only_what_is_at_its_end(store: GenerationStore) -> None:
    under_way = await lived(store, a_generation(), until=GenerationState.RUNNING)
    done = await lived(store, a_generation(), until=GenerationState.DELIVERED)
    assert not await store.erase(under_way.id, ANN)
    assert not await store.erase(done.id, BOB)
    assert not await store.erase(GenerationId("\x00"), ANN)
    assert await kept(store, under_way) == under_way
    assert await kept(store, done) == done


async def test_the_creation_window_counts_what_was_submitted(store: GenerationStore) -> None:
    for seconds in (30, 5, 9):
        await lived(store, a_generation(age=timedelta(seconds=seconds)), until=GenerationState.RUNNING)
    refused = await store.add(a_generation())
    refused = await store.save(refused.submitting(at=NOON))
    await store.save(refused.not_started())
    elsewhere = await store.add(a_generation())
    elsewhere = await store.save(elsewhere.submitting(at=NOON, account=AccountName("second")))
    assert (await kept(store, elsewhere)).account == "second"
    window = await store.submitted_since(NOON - timedelta(seconds=10))
    assert [(account, (NOON - at).total_seconds()) for account, at in window] == [
        (MAIN_ACCOUNT, 9),
        (MAIN_ACCOUNT, 5),
        ("second", 0),
    ]


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


async def refusal(store: GenerationStore, limits: UserLimits, **wish: Any) -> str | None:
    """The limit that refuses one more wish of Ann's, None if it is taken."""
    generation = a_generation(**wish)
    try:
        await store.add(generation, limits=limits)
    except LimitReached as error:
        assert await store.get(generation.id) is None
        return error.limit
    return None


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


async def next_ids(changes: AsyncIterator[GenerationId], number: int) -> list[GenerationId]:
    async with asyncio.timeout(10):
        return [await anext(changes) for _ in range(number)]


async def test_additions_cancellations_and_reports_are_announced_and_nothing_else(place: Place) -> None:
    before = await place.other.add(a_generation())
    async with place.store.changes() as changes:
        wish = await place.other.add(a_generation())
        assert await next_ids(changes, 1) == [wish.id]
        running = await place.other.save(wish.submitting(at=NOON))
        await place.other.note_progress_message(wish.id, "m1")
        await place.other.save(running.running(TaskId("t")))
        await place.other.report_task(wish.id, TaskId("t"))
        await place.other.save(before.cancelled(at=NOON))
        assert await next_ids(changes, 2) == [wish.id, before.id]


async def test_what_is_announced_before_anybody_waits_is_heard(place: Place) -> None:
    async with place.store.changes() as changes:
        wishes = [await place.other.add(a_generation()) for _ in range(3)]
        assert await next_ids(changes, 3) == [wish.id for wish in wishes]


async def test_every_listener_hears(place: Place) -> None:
    async with place.store.changes() as one, place.other.changes() as another:
        wish = await place.other.add(a_generation())
        assert await next_ids(one, 1) == await next_ids(another, 1) == [wish.id]


async def test_after_a_break_all_unfinished_are_announced_and_then_what_comes(place: Place) -> None:
    waiting = await place.store.add(a_generation())
    await lived(place.store, a_generation(), until=GenerationState.DELIVERED)
    async with place.store.changes() as changes:
        await place.break_connections()
        assert await next_ids(changes, 1) == [waiting.id]
        wish = await place.other.add(a_generation())
        assert await next_ids(changes, 1) == [wish.id]


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


async def test_several_are_added_together_and_found_by_their_keys(store: GenerationStore) -> None:
    three = [a_generation(request_key=f"series:x:{number}/3") for number in (1, 2, 3)]
    assert list(await store.add_together(three, limits=UserLimits(per_day=3))) == three
    keys = [one.request_key for one in three]
    assert [row.id for row in await store.by_request_keys([*reversed(keys), "nothing"])] == [one.id for one in three]
    again = [evolve(one, id=GenerationId(f"{one.id[:-1]}z")) for one in three]
    assert [row.id for row in await store.add_together(again)] == [one.id for one in three]


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
