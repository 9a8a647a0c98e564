"""Which models are offered for a wish, and which run with one tap."""

from application.wishes.choose_ready import AT_MOST, ChooseReady
from application.wishes.offer import Offer
from config.settings import Settings
from domain.generation import UserId
from domain.model import ModelId, ModelType
from domain.preferences import Preferences
from tests.support.generations import ANN
from tests.support.product import PHOTO, open_product
from tests.support.registry import catalog, model

SETTINGS = Preferences(user=ANN)


def test_words_that_name_no_task_are_offered_what_most_people_want() -> None:
    _, product = open_product()
    offer = product.offer_models()("a red fox in snow")
    types = [model(name).type for name in offer.models]
    assert types[:4] == [ModelType.TEXT_TO_IMAGE] * 4
    assert ModelType.TEXT_TO_VIDEO in types
    assert offer.missing is None


def test_a_file_is_offered_models_that_take_it() -> None:
    _, product = open_product()
    offer = product.offer_models()("", [PHOTO])
    assert offer.files == (PHOTO,)
    assert model(offer.models[0]).type in {ModelType.IMAGE_EDIT, ModelType.IMAGE_TO_IMAGE, ModelType.IMAGE_TO_VIDEO}


def test_a_search_that_names_models_is_no_prompt() -> None:
    _, product = open_product()
    found = product.offer_models().search("z-image")
    assert found.models[0] == "z-image"
    assert (found.query, found.text) == ("z-image", "")
    wish = product.offer_models().search("a red fox in snow")
    assert wish.text == "a red fox in snow"


async def test_one_model_of_each_task_runs_at_once_with_the_words_in_it_and_a_price() -> None:
    _, product = open_product()
    ready = await product.choose_ready()(product.offer_models()("a red fox in snow"), SETTINGS)
    assert 0 < len(ready) <= AT_MOST
    assert len({one.model.type for one in ready}) == len(ready)
    for one in ready:
        assert one.quote.is_ready
        assert "a red fox in snow" in one.values.values()


async def test_nothing_runs_at_once_that_a_person_would_be_asked_about() -> None:
    _, product = open_product(Settings(confirm_credits=0.1))
    ready = await product.choose_ready()(product.offer_models()("a red fox in snow"), SETTINGS)
    assert all(one.quote.price is None for one in ready)


async def test_a_paused_model_does_not_run_at_once() -> None:
    world, product = open_product()
    offer = product.offer_models()("a red fox in snow")
    first = (await product.choose_ready()(offer, SETTINGS))[0].model
    await world.pause(first.id)
    assert first not in [one.model for one in await product.choose_ready()(offer, SETTINGS)]


async def test_each_candidate_is_validated_and_priced_once() -> None:
    _, product = open_product()
    quoted: list[ModelId] = []
    quote = product.quote_draft()

    def counted(found, values):  # type: ignore[no-untyped-def]
        quoted.append(found.id)
        return quote(found, values)

    choose = ChooseReady(
        catalog=catalog(),
        find_models=product.core.find_models(),
        prepare=product.prepare_values(),
        quote=counted,  # type: ignore[arg-type]  # counts the calls
    )
    await choose(product.offer_models()("a red fox in snow"), SETTINGS)
    assert quoted
    assert len(quoted) == len(set(quoted))


async def test_a_model_with_too_little_room_for_the_files_does_not_run_at_once() -> None:
    _, product = open_product()
    taker = next(one for one in catalog().offered() if one.type is ModelType.IMAGE_TO_VIDEO)
    many = Offer(text="dance", files=(PHOTO,) * 30, models=(taker.id,))
    assert not await product.choose_ready()(many, Preferences(user=UserId("web:1")))
