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
from tests.support.generations import ANN, FLUX, NOON

PHOTO = Attachment(reference="file-1", kind=MediaKind.IMAGE, mime="image/png", name="a.png")
DRAFT = Draft(
    id=DraftId("d1"),
    user=ANN,
    destination=Destination(chat="-100", thread="7", reply_to="9"),
    model_id=FLUX,
    values={"prompt": "лиса\x00", "image_urls": [PHOTO]},
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


async def test_a_draft_that_never_was_is_not_found(store: DraftStore) -> None:
    assert await store.get(DraftId("d9")) is None
    assert await store.get(DraftId("\x00\ud800")) is None


async def test_saving_again_replaces(store: DraftStore) -> None:
    await store.save(DRAFT)
    changed = evolve(DRAFT, values={})
    await store.save(changed)
    assert await store.get(DRAFT.id) == changed


async def test_a_forgotten_draft_is_not_found_and_the_others_stay(store: DraftStore) -> None:
    other = evolve(DRAFT, id=DraftId("d2"))
    for draft in (DRAFT, other):
        await store.save(draft)
    for _ in range(2):
        await store.forget(DRAFT.id)
    assert await store.get(DRAFT.id) is None
    assert await store.get(other.id) == other


async def test_what_was_not_touched_for_long_is_forgotten_a_few_at_a_time(store: DraftStore) -> None:
    for number in range(3):
        await store.save(evolve(DRAFT, id=DraftId(f"old{number}"), updated_at=NOON - timedelta(days=number)))
    await store.save(evolve(DRAFT, id=DraftId("new"), updated_at=NOON + timedelta(days=1)))
    assert [await store.forget_untouched(NOON + timedelta(hours=1), limit=2) for _ in range(3)] == [2, 1, 0]
    assert await store.get(DraftId("old0")) is None
    assert await store.get(DraftId("new"))
