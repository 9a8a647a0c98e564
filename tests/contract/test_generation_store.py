"""What every ``GenerationStore`` keeps, whatever it is made of."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from attrs import evolve

from application.errors import NotLeader, StaleGeneration
from application.limits import UserLimits
from application.ports.generation_store import GenerationStore
from domain.failure import Charged, Failure, FailureKind
from domain.generation import Destination, Generation, GenerationId, GenerationState, Receipt, Result, TaskId
from domain.media import Attachment, MediaKind
from domain.provider_account import MAIN_ACCOUNT, AccountName
from domain.violation import Violation, ViolationCode
from tests.support.generation_places import Place, kept, lived, memory_place, opened_place
from tests.support.generations import NOON, PICTURE, a_generation, life_of


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


async def test_what_was_found_of_its_files_is_kept_with_a_wish_and_nothing_else_of_it_is_written_again(
    store: GenerationStore,
) -> None:
    film = Attachment(reference="f", kind=MediaKind.VIDEO, mime="video/mp4", name="f", seconds=5.0, seconds_error=1.0)
    unread, picture = evolve(film, reference="u"), evolve(film, reference="p", kind=MediaKind.IMAGE)
    wish = await store.add(a_generation(input={"prompt": "x", "films": [film, unread], "image": picture}))
    row = await store.save(evolve(wish, input={"prompt": "another"}).submitting(at=NOON))
    assert (await kept(store, wish)).input == wish.input
    found = {
        "prompt": "x",
        "films": [
            film.measured(width=640, height=480, seconds=7.25),
            unread.measured(width=None, height=None, seconds=None),
        ],
        "image": picture.measured(width=9, height=8, seconds=None),
    }
    row = await store.save(row.not_started().measured(found))
    assert await kept(store, wish) == row
    assert row.input == found


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


TOO_LONG = Violation(
    path="video_list.url",
    code=ViolationCode.FILE_OUTSIDE_LIMIT,
    values={"measure": "seconds", "least": None, "most": 10.5, "actual": 12, "name": "видео", "allowed": ["a", "b"]},
)


@pytest.mark.parametrize(
    "failure",
    [
        Failure(
            kind=FailureKind.CONTENT_REFUSED, charged=Charged.UNKNOWN, provider_code="422", provider_message="нельзя"
        ),
        Failure(kind=FailureKind.INVALID_INPUT, provider_code="seconds", violation=TOO_LONG),
        Failure(kind=FailureKind.INVALID_INPUT, provider_message='{"violation": {"path": 5, "code": "nonsense"}}'),
        Failure(kind=FailureKind.INVALID_INPUT, provider_message='{"violation": 5'),
    ],
)
async def test_a_failure_comes_back_whole(store: GenerationStore, failure: Failure) -> None:
    wish = await store.add(a_generation())
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


async def next_ids(changes: AsyncIterator[GenerationId], number: int) -> list[GenerationId]:
    async with asyncio.timeout(30):
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


async def test_a_generation_is_found_by_its_task_at_the_provider_as_soon_as_a_callback_names_it(
    store: GenerationStore,
) -> None:
    row = await store.add(a_generation())
    assert await store.by_task(TaskId("kie-1")) is None
    await store.report_task(row.id, TaskId("kie-1"))
    running = await store.save(row.submitting(at=NOON).running(TaskId("kie-1")))
    for name, found in (("kie-1", running.id), ("kie-2", None), ("\0", None)):
        one = await store.by_task(TaskId(name))
        assert (one and one.id) == found
    await store.save(running.failed(Failure(kind=FailureKind.NO_RESULT), at=NOON).delivered(at=NOON))
    await store.erase(row.id, row.user)
    assert await store.by_task(TaskId("kie-1")) is None


async def test_several_are_added_together_and_found_by_their_keys(store: GenerationStore) -> None:
    three = [a_generation(request_key=f"series:x:{number}/3") for number in (1, 2, 3)]
    assert list(await store.add_together(three, limits=UserLimits(per_day=3))) == three
    keys = [one.request_key for one in three]
    assert [row.id for row in await store.by_request_keys([*reversed(keys), "nothing"])] == [one.id for one in three]
    again = [evolve(one, id=GenerationId(f"{one.id[:-1]}z")) for one in three]
    assert [row.id for row in await store.add_together(again)] == [one.id for one in three]
