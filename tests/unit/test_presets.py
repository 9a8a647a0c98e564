"""Keeping, sharing and opening presets."""

import pytest
from attrs import evolve
from dependency_injector import providers

from adapters.memory.clock import ManualClock
from adapters.memory.ids import SequentialIds
from adapters.memory.model_catalog import InMemoryModelCatalog
from adapters.memory.preset_store import InMemoryPresetStore
from application.drafts.open_preset import OpenPreset
from application.drafts.save_preset import PRESETS_AT_MOST, SavePreset
from application.drafts.share_preset import SharePreset
from application.errors import LimitReached, ModelGone, PresetNotFound
from domain.errors import InvalidPresetName
from domain.media import Attachment, MediaKind
from domain.model import Model, ModelId, ModelStatus
from domain.preset import PRESET_NAME_LIMIT, Preset, PresetId, preset_name
from tests.support.generations import ANN, BOB, NOON
from tests.support.product import open_product
from tests.support.registry import catalog

Z_IMAGE = ModelId("z-image")
PHOTO = Attachment(reference="file-1", kind=MediaKind.IMAGE, mime="image/png", name="a.png")


@pytest.fixture
def store() -> InMemoryPresetStore:
    return InMemoryPresetStore(ManualClock())


@pytest.fixture
def save(store: InMemoryPresetStore) -> SavePreset:
    return SavePreset(store=store, ids=SequentialIds(), clock=ManualClock())


@pytest.fixture
def share(store: InMemoryPresetStore) -> SharePreset:
    return SharePreset(store=store, ids=SequentialIds())


def opener(*models: Model) -> OpenPreset:
    _, product = open_product()
    if models:
        product.catalog.override(providers.Object(InMemoryModelCatalog(models)))
    return product.open_preset()


def a_preset(model_id: str = Z_IMAGE, **values: object) -> Preset:
    return Preset(id=PresetId("p1"), owner=ANN, name="fox", model_id=ModelId(model_id), values=values, created_at=NOON)


@pytest.mark.parametrize(
    ("written", "name"),
    [("fox", "fox"), ("  a  red\n fox ", "a red fox"), ("л" * PRESET_NAME_LIMIT, "л" * PRESET_NAME_LIMIT)],
)
def test_a_name_is_what_was_written_in_one_line(written: str, name: str) -> None:
    assert preset_name(written) == name


@pytest.mark.parametrize("written", ["", " \n ", "x" * (PRESET_NAME_LIMIT + 1)])
def test_nothing_and_a_story_are_no_names(written: str) -> None:
    with pytest.raises(InvalidPresetName):
        preset_name(written)


async def test_a_card_is_kept_as_it_is_and_shared_with_no_one(save: SavePreset, store: InMemoryPresetStore) -> None:
    values = {"prompt": "a fox", "image_urls": [PHOTO]}
    preset = await save(ANN, " My  fox ", Z_IMAGE, values)
    assert list(await store.of_owner(ANN)) == [preset]
    assert (preset.name, preset.model_id, preset.values, preset.link) == ("My fox", Z_IMAGE, values, None)


async def test_a_person_may_have_so_many_and_no_more(save: SavePreset) -> None:
    for number in range(int(PRESETS_AT_MOST.allowed)):
        await save(ANN, f"number {number}", Z_IMAGE, {})
    with pytest.raises(LimitReached):
        await save(ANN, "one more", Z_IMAGE, {})
    await save(BOB, "mine", Z_IMAGE, {})


async def test_sharing_twice_gives_the_same_link_and_sharing_again_another(
    save: SavePreset, share: SharePreset, store: InMemoryPresetStore
) -> None:
    preset = await save(ANN, "fox", Z_IMAGE, {})
    shared = await share(preset.id, ANN)
    assert shared.link
    assert await share(preset.id, ANN) == shared
    await store.unshare(preset.id, ANN)
    assert (await share(preset.id, ANN)).link not in {None, shared.link}


async def test_no_one_shares_what_is_not_theirs(save: SavePreset, share: SharePreset) -> None:
    preset = await save(ANN, "fox", Z_IMAGE, {})
    for preset_id, user in ((preset.id, BOB), (PresetId("gone"), ANN)):
        with pytest.raises(PresetNotFound):
            await share(preset_id, user)


def test_what_still_fits_is_opened_whole() -> None:
    opened = opener()(a_preset(prompt="a fox", aspect_ratio="16:9"))
    assert opened.model.id == Z_IMAGE
    assert (opened.values, opened.dropped) == ({"prompt": "a fox", "aspect_ratio": "16:9"}, ())


def test_what_the_model_no_longer_takes_is_left_out_and_named() -> None:
    opened = opener()(a_preset(prompt="a fox", aspect_ratio="7:1", sampler="ddim"))
    assert opened.values == {"prompt": "a fox"}
    assert set(opened.dropped) == {"aspect_ratio", "sampler"}


def test_a_card_that_was_not_finished_is_opened_as_it_was() -> None:
    assert opener()(a_preset()).values == {}
    long = opener()(a_preset(prompt="x" * 5000))
    assert (long.values, long.dropped) == ({"prompt": "x" * 5000}, ())


def test_of_a_list_with_one_fault_nothing_is_lost() -> None:
    model = next(one for one in catalog().models() if "dialogue" in one.parameters and one.is_offered)
    dialogue = [{"text": "Hello there", "voice": "a voice that is gone"}]
    opened = opener()(a_preset(model.id, dialogue=dialogue, stability=0.123))
    assert opened.values["dialogue"] == dialogue
    assert "dialogue" not in opened.dropped


def test_a_model_that_was_renamed_is_found_and_one_that_is_gone_is_said_to_be() -> None:
    model = catalog().entry(Z_IMAGE)
    assert model
    renamed = evolve(model, id=ModelId("z-old"), alias_of=Z_IMAGE, status=ModelStatus.RENAMED)
    assert opener(model, renamed)(a_preset("z-old", prompt="a fox")).model == model
    with pytest.raises(ModelGone):
        opener(model)(a_preset("no-such-model"))


def test_a_model_that_is_not_offered_still_opens() -> None:
    model = catalog().entry(Z_IMAGE)
    assert model
    suspended = evolve(model, status=ModelStatus.SUSPENDED)
    assert opener(suspended)(a_preset(prompt="a fox")).values == {"prompt": "a fox"}
