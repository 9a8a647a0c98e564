"""What a message belongs to: an open draft, a question, the last result, or nothing."""

from typing import Any

import pytest
from attrs import evolve

from application.drafts.edits import SetValues
from application.wishes.place_message import ChatContext, PlacedMessage, PlaceMessage, WishParts
from domain.draft import Draft, DraftId
from domain.edit_steps import StepOrder
from domain.generation import Destination, UserId
from domain.model import ModelId
from tests.support.generations import NOON
from tests.support.product import PHOTO, open_product

Z_IMAGE, SPEECH = ModelId("z-image"), ModelId("elevenlabs/text-to-speech-turbo-2-5")


@pytest.fixture
def place() -> PlaceMessage:
    _, product = open_product()
    made: PlaceMessage = product.place_message()
    return made


def draft(model: ModelId, **values: object) -> Draft:
    return Draft(
        id=DraftId("d1"),
        user=UserId("telegram:1"),
        destination=Destination(chat="telegram:1"),
        model_id=model,
        values=values,
        updated_at=NOON,
    )


async def placed(place: PlaceMessage, text: str, **context: Any) -> PlacedMessage:
    return await place(WishParts(text=text), evolve(ChatContext(), **context))


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("undo", StepOrder.UNDO),
        ("Please go back!", StepOrder.UNDO),
        ("верни как было", StepOrder.UNDO),
        ("отмени последнюю правку", StepOrder.UNDO),
        ("rückgängig", StepOrder.UNDO),
        ("撤销", StepOrder.UNDO),
        ("compare with the one before", StepOrder.COMPARE),
        ("покажи до и после", StepOrder.COMPARE),
        ("antes y después", StepOrder.COMPARE),
        ("undo the red hat", None),
        ("go back to the castle at night", None),
        ("назад в будущее, постер", None),
        ("compare two foxes, a poster", None),
    ],
)
async def test_an_order_to_the_chain_of_edits_is_nothing_but_that_order(
    place: PlaceMessage, text: str, order: StepOrder | None
) -> None:
    assert (await placed(place, text)).step is order
    assert (await placed(place, text, draft=draft(Z_IMAGE, prompt="a fox"))).step is order


async def test_an_order_with_a_file_or_for_a_value_that_is_asked_for_is_none(place: PlaceMessage) -> None:
    assert (await place(WishParts(text="undo", files=(PHOTO,)), ChatContext())).step is None
    assert (await placed(place, "undo", draft=draft(Z_IMAGE), is_asked=True)).step is None


@pytest.mark.parametrize("text", ["how much is it", "hi", "какой у меня баланс", "veo fast a cat on a roof"])
async def test_an_empty_draft_does_not_take_talk_or_another_model_for_its_prompt(
    place: PlaceMessage, text: str
) -> None:
    assert not (await placed(place, text, draft=draft(Z_IMAGE))).is_for_draft
    assert (await placed(place, "a cat on a roof", draft=draft(Z_IMAGE))).is_for_draft


@pytest.mark.parametrize("text", ["how much is it", "hi", "какой у меня баланс"])
async def test_what_is_read_aloud_may_sound_like_talk(place: PlaceMessage, text: str) -> None:
    assert (await placed(place, text, draft=draft(SPEECH))).is_for_draft
    assert (await placed(place, text, draft=draft(SPEECH), is_asked=True)).is_for_draft


@pytest.mark.parametrize(
    ("text", "values", "unsaid"),
    [
        ("vertical", {"aspect_ratio": "9:16"}, []),
        ("сделай вертикальным, пожалуйста", {"aspect_ratio": "9:16"}, []),
        ("16:9 and 4k", {"aspect_ratio": "16:9", "resolution": "4k"}, []),
        ("4 pictures", {}, ["count"]),
        ("4 картинки", {}, ["count"]),
        ("with sound", {}, ["sound"]),
        ("make it 10 seconds long", {}, ["duration"]),
    ],
)
@pytest.mark.parametrize("held", [{}, {"prompt": "a fox"}])
async def test_a_stated_value_is_set_on_the_card_and_is_no_prompt(
    place: PlaceMessage, text: str, values: dict[str, object], unsaid: list[str], held: dict[str, object]
) -> None:
    found = await placed(place, text, draft=draft(ModelId("veo3_fast"), **held))
    assert found.is_for_draft
    assert found.edit == SetValues(values=values)
    assert list(found.unsaid) == unsaid


@pytest.mark.parametrize(
    ("text", "prompt"),
    [
        ("make it blue", "a fox, make it blue"),
        ("и сделай её синей", "a fox, и сделай её синей"),
        ("пусть будет ночь", "a fox, пусть будет ночь"),
        ("and a red hat", "a fox, and a red hat"),
        ("ещё ярче", "a fox, ещё ярче"),
        ("seed 42", "a fox, seed 42"),
        ("with a red hat", "a fox, with a red hat"),
        ("в стиле Ван Гога", "a fox, в стиле Ван Гога"),
        ("with snow on its roof a small house stands in a wood", None),
        ("a cat with a red hat", None),
        ("a white owl in snow", None),
        ("нарисуй кота", None),
    ],
)
async def test_a_change_is_added_to_the_words_of_a_card_and_another_thing_takes_their_place(
    place: PlaceMessage, text: str, prompt: str | None
) -> None:
    found = await placed(place, text, draft=draft(Z_IMAGE, prompt="a fox"))
    assert found.is_for_draft
    assert found.edit == (SetValues(values={"prompt": prompt}) if prompt else None)


async def test_an_order_for_the_file_of_a_card_takes_the_place_of_another_one(place: PlaceMessage) -> None:
    editing = draft(ModelId("google/nano-banana-edit"), prompt="make the hat red", image_urls=[PHOTO])
    assert (await placed(place, "make it night", draft=editing)).edit is None
    added = await placed(place, "and make it night", draft=editing)
    assert added.edit == SetValues(values={"prompt": "make the hat red, and make it night"})


@pytest.mark.parametrize("text", ["10 seconds", "and make it blue"])
async def test_what_is_read_aloud_or_asked_for_is_no_value_and_no_change(place: PlaceMessage, text: str) -> None:
    assert (await placed(place, text, draft=draft(SPEECH, text="hello"))).edit is None
    assert (await placed(place, text, draft=draft(Z_IMAGE, prompt="a fox"), is_asked=True)).edit is None


async def test_a_question_is_no_value_that_was_asked_for_and_a_greeting_may_be(place: PlaceMessage) -> None:
    asking = draft(Z_IMAGE, prompt="a fox")
    assert not (await placed(place, "how much is a video", draft=asking, is_asked=True)).is_for_draft
    assert (await placed(place, "hello", draft=asking, is_asked=True)).is_for_draft


@pytest.mark.parametrize(
    ("text", "is_question"),
    [
        ("how much is a video", True),
        ("какой у меня баланс", True),
        ("help", False),
        ("баланс", False),
        ("Winter fox", False),
        ("спасибо маме", False),
    ],
)
async def test_a_name_that_was_asked_for_is_anything_but_a_question(
    place: PlaceMessage, text: str, is_question: bool
) -> None:
    assert await place.is_question(text) is is_question


@pytest.mark.parametrize(
    ("text", "is_about"),
    [
        ("better without the hat", True),
        ("отлично, ещё темнее", True),
        ("nice, but make it darker", True),
        ("thanks!", False),
        ("haha nice one", False),
        ("ok cool", False),
    ],
)
async def test_praise_with_an_order_behind_it_works_on_the_last_result(
    place: PlaceMessage, text: str, is_about: bool
) -> None:
    assert ((await placed(place, text, last_files=(PHOTO,))).parts.files == (PHOTO,)) is is_about


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("спасибо, нарисуй кита", "нарисуй кита"),
        ("thank you! draw an owl at a bus stop", "draw an owl at a bus stop"),
        ("спасибо, очень красиво", "спасибо, очень красиво"),
    ],
)
async def test_a_wish_behind_thanks_is_heard(place: PlaceMessage, text: str, wish: str) -> None:
    assert (await placed(place, text)).parts.text == wish
