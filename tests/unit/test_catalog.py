"""Browsing the catalog and describing a model as a form."""

import pytest

from application.catalog.browse_models import NEWEST, Shelf, ShelfKind
from application.catalog.describe_model import FieldKind, FieldRole, form_of
from application.catalog.model_notices import Availability
from application.errors import ModelGone
from domain.model import Model, ModelId, ModelType
from domain.operation import Alarm, AlarmKind
from domain.parameter_roles import UNFILLABLE_NAMES
from domain.preferences import Preferences
from tests.support.generations import ANN, NOON, a_generation
from tests.support.product import open_product
from tests.support.registry import catalog, model

MODELS = list(catalog().models())


async def test_tasks_and_makers_lead_to_every_model_on_offer() -> None:
    _, product = open_product()
    browse, person = product.browse_models(), Preferences(user=ANN)
    for kind in (ShelfKind.TASKS, ShelfKind.VENDORS):
        content = await browse(Shelf(kind=kind), person)
        found = [(await browse(shelf, person)).models for shelf, _ in content.groups]
        assert [len(models) for models in found] == [count for _, count in content.groups]
        assert {one.id for models in found for one in models} == {one.id for one in catalog().offered()}


async def test_a_persons_own_shelves_show_what_they_chose_and_used_last() -> None:
    world, product = open_product()
    browse = product.browse_models()
    person = Preferences(user=ANN).starred(ModelId("z-image")).starred(ModelId("gone"))
    await world.store.add(a_generation(model_id=ModelId("z-image")))
    await world.store.add(a_generation(model_id=ModelId("sora-2-text-to-video")))
    for kind in (ShelfKind.FAVOURITES, ShelfKind.RECENT):
        assert [one.id for one in (await browse(Shelf(kind=kind), person)).models] == ["z-image"]


async def test_the_newest_models_come_first() -> None:
    _, product = open_product()
    newest = (await product.browse_models()(Shelf(kind=ShelfKind.NEW), Preferences(user=ANN))).models
    seen = [min(one.docs_seen) for one in newest]
    assert seen == sorted(seen, reverse=True)
    assert 0 < len(newest) <= NEWEST


async def test_an_unknown_shelf_is_empty() -> None:
    _, product = open_product()
    content = await product.browse_models()(Shelf(kind=ShelfKind.VENDOR, name="nobody"), Preferences(user=ANN))
    assert not content.models


@pytest.mark.parametrize("one", MODELS, ids=lambda one: one.id)
def test_a_form_has_each_parameter_that_someone_can_fill_once_and_what_is_required_on_its_first_page(
    one: Model,
) -> None:
    form = form_of(one)
    assert [field.name for field in form.fields] == [name for name in one.parameters if name not in UNFILLABLE_NAMES]
    assert len(form.essential) + len(form.optional) == len(form.fields)
    assert all(field.is_essential for field in form.fields if field.is_required)
    roles = [field.role for field in form.fields]
    assert roles.count(FieldRole.PROMPT) <= 1
    assert roles.count(FieldRole.TASK) <= 1
    for field in form.fields:
        assert bool(field.choices) == (field.kind is FieldKind.CHOICE)
        assert bool(field.fields) == (field.kind is FieldKind.ITEMS)


def test_a_form_names_the_roles_that_front_ends_treat_in_their_own_way() -> None:
    _, product = open_product()
    form = product.describe_model()("google/nano-banana-edit")
    by_name = {field.name: field for field in form.fields}
    assert (by_name["prompt"].role, by_name["prompt"].kind) == (FieldRole.PROMPT, FieldKind.TEXT)
    assert (by_name["image_urls"].role, by_name["image_urls"].kind) == (FieldRole.FILES, FieldKind.FILES)
    lines = product.describe_model()("elevenlabs/text-to-dialogue-v3")
    assert [field.kind for field in lines.fields if field.name == "dialogue"] == [FieldKind.ITEMS]
    with pytest.raises(ModelGone):
        product.describe_model()("no such model")


async def test_a_model_says_whether_it_takes_requests_now() -> None:
    world, _ = open_product()
    z_image = model("z-image")
    assert world.notices.availability_of(z_image) is Availability.AVAILABLE
    await world.alarms.begin(Alarm(kind=AlarmKind.MODEL_FAILING, about="z-image"), at=NOON)
    await world.notices.refresh(at_once=True)
    assert world.notices.availability_of(z_image) is Availability.FAILING
    await world.pause("z-image")
    assert world.notices.availability_of(z_image) is Availability.PAUSED
    assert world.notices.availability_of(model("sora-2-text-to-video")) is Availability.NOT_OFFERED


def test_every_type_of_model_has_a_shelf_or_no_model_on_offer() -> None:
    assert {one.type for one in catalog().offered()} <= set(ModelType)
