"""The contract of ModelCatalog, on the packaged registry and on the fake."""

import pytest

from adapters.memory.model_catalog import InMemoryModelCatalog
from application.ports.model_catalog import ModelCatalog
from domain.model import ModelId, ModelStatus, model_key
from tests.support.registry import catalog as packaged


@pytest.fixture(params=["yaml", "memory"])
def catalog(request: pytest.FixtureRequest) -> ModelCatalog:
    if request.param == "yaml":
        return packaged()
    return InMemoryModelCatalog(packaged().models())


def test_a_real_id_gives_its_own_model(catalog: ModelCatalog) -> None:
    found = catalog.find("google/imagen4")
    assert found is not None
    assert found.id == "google/imagen4"


def test_letter_case_and_outer_blanks_do_not_count(catalog: ModelCatalog) -> None:
    assert catalog.find("  Google/Imagen4\n") is catalog.find("google/imagen4")
    assert catalog.entry(" GOOGLE/imagen4") is catalog.entry("google/imagen4")


@pytest.mark.parametrize(
    ("name", "real"), [("google/veo-3", "veo-3-1"), ("kling/v1-avatar-standard", "kling/ai-avatar-standard")]
)
def test_an_invented_or_renamed_id_gives_the_real_model(catalog: ModelCatalog, name: str, real: str) -> None:
    found = catalog.find(name)
    assert found is not None
    assert found.id == real


def test_an_entry_is_the_registrys_own_even_for_an_alias(catalog: ModelCatalog) -> None:
    entry = catalog.entry("google/veo-3")
    assert entry is not None
    assert entry.id == "google/veo-3"
    assert entry.alias_of == "veo-3-1"


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("sora-2-text-to-video", ModelStatus.SUSPENDED),
        ("ideogram/v3-reframe", ModelStatus.RETIRED),
        ("midjourney/api", ModelStatus.NOT_A_KIE_ID),
    ],
)
def test_a_model_out_of_use_gives_itself(catalog: ModelCatalog, name: str, status: ModelStatus) -> None:
    found = catalog.find(name)
    assert found is not None
    assert (found.id, found.status) == (name, status)


def test_a_tier_that_works_by_itself_is_no_alias(catalog: ModelCatalog) -> None:
    found = catalog.find("veo3_fast")
    assert found is not None
    assert found.id == "veo3_fast"


@pytest.mark.parametrize("name", ["", "no such model", "google", "google/imagen4\0"])
def test_an_unknown_name_gives_none(catalog: ModelCatalog, name: str) -> None:
    assert catalog.find(name) is None
    assert catalog.entry(name) is None


def test_all_entries_come_in_registry_order(catalog: ModelCatalog) -> None:
    assert list(catalog.models()) == list(packaged().models())


def test_a_key_leads_to_the_entry_it_was_made_of(catalog: ModelCatalog) -> None:
    alias = ModelId("google/veo-3")
    assert catalog.by_key(model_key(alias)) is catalog.entry(alias)
    assert catalog.by_key(model_key(ModelId("no such model"))) is None


def test_a_model_that_left_the_registry_is_called_by_its_id(catalog: ModelCatalog) -> None:
    assert catalog.title_of("z-image") == "Z-Image"
    assert catalog.title_of("no such model") == "no such model"


def test_only_current_models_are_on_offer(catalog: ModelCatalog) -> None:
    assert list(catalog.offered()) == [model for model in packaged().models() if model.status is ModelStatus.CURRENT]
