"""What every ``PreferenceStore`` keeps."""

import pytest

from adapters.memory.clock import ManualClock
from adapters.memory.preference_store import InMemoryPreferenceStore
from adapters.postgres_store import Database, PostgresPreferenceStore
from application.ports.preference_store import PreferenceStore
from domain.model import ModelId
from domain.preferences import Preferences
from tests.support.generations import ANN, BOB, FLUX


@pytest.fixture(params=["memory", pytest.param("postgres", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest) -> PreferenceStore:
    if request.param == "memory":
        return InMemoryPreferenceStore(ManualClock())
    opened: Database = request.getfixturevalue("opened_database")
    return PostgresPreferenceStore(opened, "1")


async def test_someone_new_has_the_defaults(store: PreferenceStore) -> None:
    assert await store.get(ANN) == Preferences(user=ANN)


async def test_what_was_chosen_comes_back_and_is_replaced_as_a_whole(store: PreferenceStore) -> None:
    chosen = Preferences(
        user=ANN,
        language="ru",
        originals=True,
        captions=False,
        safe=False,
        money=True,
        favourites=(ModelId("veo3"), FLUX, ModelId("suno")),
    )
    await store.save(chosen)
    assert await store.get(ANN) == chosen
    assert await store.get(BOB) == Preferences(user=BOB)
    await store.save(Preferences(user=ANN))
    assert await store.get(ANN) == Preferences(user=ANN)
