"""What every ``DraftStore`` keeps."""

from datetime import timedelta

import pytest
from attrs import evolve

from adapters.memory.clock import ManualClock
from adapters.memory.draft_store import InMemoryDraftStore
from adapters.postgres_store import Database, PostgresDraftStore
from application.ports.draft_store import DraftStore
from domain.draft import Draft, DraftId
from domain.generation import Destination
from domain.media import Attachment, MediaKind
from tests.support.generations import ANN, BOB, FLUX, NOON

PHOTO = Attachment(reference="file-1", kind=MediaKind.IMAGE, mime="image/png", name="a.png")
DRAFT = Draft(
    id=DraftId("d1"),
    user=ANN,
    destination=Destination(chat="-100", thread="7", reply_to="9"),
    model_id=FLUX,
    values={"prompt": "лиса\x00", "image_urls": [PHOTO]},
    view="more:2",
    expecting="prompt",
    message="m1",
    updated_at=NOON,
)


@pytest.fixture(params=["memory", pytest.param("postgres", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest) -> DraftStore:
    if request.param == "memory":
        return InMemoryDraftStore(ManualClock())
    opened: Database = request.getfixturevalue("opened_database")
    return PostgresDraftStore(opened, "1")


async def test_everything_about_a_draft_comes_back(store: DraftStore) -> None:
    plain = Draft(id=DraftId("d2"), user=ANN, destination=Destination(chat="1"), model_id=FLUX, updated_at=NOON)
    for draft in (DRAFT, plain):
        await store.save(draft)
        assert await store.get(draft.id) == draft


async def test_a_button_of_a_draft_that_never_was_finds_none(store: DraftStore) -> None:
    assert await store.get(DraftId("d9")) is None
    assert await store.get(DraftId("\x00\ud800")) is None


async def test_saving_again_replaces(store: DraftStore) -> None:
    await store.save(DRAFT)
    changed = evolve(DRAFT, values={}, expecting=None, view="")
    await store.save(changed)
    assert await store.get(DRAFT.id) == changed


async def test_the_last_saved_is_the_open_one_of_its_user_chat_and_thread(store: DraftStore) -> None:
    later = evolve(DRAFT, id=DraftId("d2"))
    unthreaded = evolve(DRAFT, id=DraftId("d3"), destination=Destination(chat="-100"))
    for draft in (DRAFT, later, unthreaded):
        await store.save(draft)
    assert await store.open_draft(ANN, "-100", "7") == later
    assert await store.open_draft(ANN, "-100", None) == unthreaded
    assert await store.open_draft(ANN, "1", "7") is None
    assert await store.open_draft(BOB, "-100", "7") is None
    await store.save(DRAFT)
    assert await store.open_draft(ANN, "-100", "7") == DRAFT


async def test_a_closed_draft_is_not_open_but_its_buttons_find_it(store: DraftStore) -> None:
    await store.save(DRAFT)
    await store.close(DRAFT)
    assert await store.open_draft(ANN, "-100", "7") is None
    assert await store.get(DRAFT.id) == DRAFT


async def test_closing_an_older_draft_leaves_the_open_one(store: DraftStore) -> None:
    later = evolve(DRAFT, id=DraftId("d2"))
    await store.save(DRAFT)
    await store.save(later)
    await store.close(DRAFT)
    assert await store.open_draft(ANN, "-100", "7") == later


async def test_a_forgotten_draft_is_neither_open_nor_found_and_the_others_stay(store: DraftStore) -> None:
    other = evolve(DRAFT, id=DraftId("d2"), destination=Destination(chat="1"))
    for draft in (DRAFT, other):
        await store.save(draft)
    for _ in range(2):
        await store.forget(DRAFT.id)
    assert await store.get(DRAFT.id) is None
    assert await store.open_draft(ANN, "-100", "7") is None
    assert await store.open_draft(ANN, "1", None) == other


async def test_what_nobody_touched_for_long_is_forgotten_a_few_at_a_time(store: DraftStore) -> None:
    for number in range(3):
        await store.save(evolve(DRAFT, id=DraftId(f"old{number}"), updated_at=NOON - timedelta(days=number)))
    await store.save(evolve(DRAFT, id=DraftId("new"), updated_at=NOON + timedelta(days=1)))
    assert [await store.forget_untouched(NOON + timedelta(hours=1), limit=2) for _ in range(3)] == [2, 1, 0]
    assert await store.get(DraftId("old0")) is None
    opened = await store.open_draft(ANN, DRAFT.destination.chat, DRAFT.destination.thread)
    assert opened is not None
    assert opened.id == "new"


async def test_an_open_draft_that_is_forgotten_is_open_no_more(store: DraftStore) -> None:
    await store.save(DRAFT)
    assert await store.forget_untouched(NOON + timedelta(hours=1), limit=9) == 1
    assert await store.open_draft(ANN, DRAFT.destination.chat, DRAFT.destination.thread) is None
