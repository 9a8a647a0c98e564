"""Which models are offered for a wish, which run with one tap, and what a message belongs to."""

import pytest
from attrs import evolve

from application.drafts.fill_draft import DraftContent
from application.wishes.offer_models import AS_LIKELY, AT_MOST, AbsentModel, ChooseReady, Offer
from application.wishes.place_message import ChatContext, WishParts
from application.wishes.price_examples import price_of_all
from config.settings import Settings
from domain.generation import UserId
from domain.media import Attachment, MediaKind
from domain.model import ModelId, ModelType
from domain.preferences import Preferences
from domain.reading import Topic, Wish
from domain.stated_values import fill_stated
from domain.use import Use, task_types
from tests.support.generations import ANN
from tests.support.product import HERE, PHOTO, open_product
from tests.support.registry import catalog, model

SETTINGS = Preferences(user=ANN)
CLIP = evolve(PHOTO, reference="clip", kind=MediaKind.VIDEO, mime="video/mp4", name="clip.mp4")
FOX = "a red fox in snow"


async def test_words_that_describe_a_picture_are_offered_its_best_fast_and_cheap_model() -> None:
    _, product = open_product()
    offer = await product.offer_models()(FOX)
    assert offer.is_sure
    assert offer.uses == (Use.PICTURE,)
    assert {str(mark) for mark in offer.marks.values()} == {"best", "fast", "cheap"}
    assert all(ModelType.TEXT_TO_IMAGE in task_types(model(name)) for name in offer.models)


@pytest.mark.parametrize(("words", "files"), [("a blue hare, moving or not", ()), ("", (PHOTO,))])
async def test_a_wish_that_is_not_clear_is_put_to_the_person_and_runs_nothing(
    words: str, files: tuple[object, ...]
) -> None:
    _, product = open_product()
    offer = await product.offer_models()(words, [PHOTO] if files else [])
    assert 1 < len(offer.uses) <= 3
    assert not await product.choose_ready()(offer, SETTINGS)
    chosen = await product.offer_models()(words, [PHOTO] if files else [], use=offer.uses[0])
    assert chosen.uses == offer.uses[:1]
    assert chosen.is_sure


@pytest.mark.parametrize(
    ("words", "files"),
    [
        ("kling 3.0 video of a cat 4k 15 seconds", ()),
        ("сделай видео 9:16 заката на море 8 секунд", ()),
        ("озвучь: добрый день, вы позвонили в студию", ()),
        ("wan 3.0", ()),
        ("make the waves move, 10 seconds", (PHOTO,)),
        ("make it anime", (CLIP,)),
    ],
)
async def test_a_row_of_an_offer_says_what_the_card_behind_it_says(words: str, files: tuple[Attachment, ...]) -> None:
    _, product = open_product()
    offer = await product.offer_models()(words, files)
    others = [one for name in offer.models if (one := model(name)).is_offered]
    for one in others:
        draft = await product.start_draft()(ANN, HERE, one, offer.content(one))
        quote = product.quote_draft()(one, draft.values)
        card, row = quote.price or quote.price_so_far, offer.price(one, product.person_price())
        assert card is None or row.low <= card.low <= card.high <= row.high, one.id
        assert files or card is None or (row.low, row.high) == (card.low, card.high), one.id


async def test_the_answer_to_a_question_for_a_price_is_the_price_of_the_card_behind_it() -> None:
    _, product = open_product()
    offer = await product.offer_models()("сколько стоит видео")
    for asked in product.price_examples().of_offer(offer):
        draft = await product.start_draft()(ANN, HERE, asked.model, offer.as_asked().content(asked.model))
        quote = product.quote_draft()(asked.model, draft.values)
        assert asked.price == (quote.price or quote.price_so_far), asked.model.id


@pytest.mark.parametrize(
    ("words", "topic"),
    [("hi", Topic.GREETING), ("спасибо", Topic.THANKS), ("how much is a video", Topic.PRICE)],
)
async def test_talk_is_offered_nothing_that_costs(words: str, topic: Topic) -> None:
    _, product = open_product()
    offer = await product.offer_models()(words)
    assert offer.topic is topic
    assert not await product.choose_ready()(offer, SETTINGS)


async def test_no_other_model_runs_before_the_one_that_is_named() -> None:
    _, product = open_product()
    offer = await product.offer_models()("kling 2.6 a fox runs, 10s, with sound")
    assert offer.models[0] == "kling-2.6/text-to-video"
    assert await product.choose_ready()(offer, SETTINGS) == []
    cheap = await product.offer_models()("nano banana 2 lite, a fox")
    assert (await product.choose_ready()(cheap, SETTINGS))[0].model.id == "nano-banana-2-lite"


async def test_a_file_that_is_missing_is_asked_for_before_anything_runs() -> None:
    _, product = open_product()
    offer = await product.offer_models()("оживи фото")
    assert offer.lacks == "image"
    assert not await product.choose_ready()(offer, SETTINGS)


@pytest.mark.parametrize("words", ["transcribe audio", "расшифруй аудио", "распознай речь"])
async def test_what_no_model_does_is_said_and_no_other_model_is_offered_for_it(words: str) -> None:
    _, product = open_product()
    offer = await product.offer_models()(words)
    assert offer.missing is ModelType.SPEECH_TO_TEXT
    assert offer.models == ()


async def test_the_title_of_any_model_on_offer_leads_to_it_and_is_no_prompt() -> None:
    _, product = open_product()
    offer_models = product.offer_models()
    for one in (each for each in catalog().models() if each.is_offered):
        offer = await offer_models(one.title.upper())
        assert one.title in {model(name).title for name in offer.models[:1]}, one.title
        assert one.id in offer.models
        assert (offer.prompt, offer.stated, offer.topic) == ("", {}, None), one.title
        assert not await product.choose_ready()(offer, SETTINGS), one.title


async def test_a_title_asks_for_the_file_its_model_works_on() -> None:
    _, product = open_product()
    assert (await product.offer_models()("Wan 2.7 Reference to Video")).models[0] == "wan/2-7-r2v"
    assert (await product.offer_models()("Recraft Remove Background")).lacks == "image"
    assert (await product.offer_models()("Recraft Remove Background", [PHOTO])).lacks is None


DESCRIPTIONS = (
    "sunset over the sea",
    "un chat sur le toit",
    "замок ночью",
    "a fox in snow",
    "two cats on a sofa",
    "waves",
)


async def test_what_may_as_well_be_a_picture_is_put_to_the_person_as_a_picture_first() -> None:
    _, product = open_product()
    turned = 0
    for words in DESCRIPTIONS:
        reading, offer = await product.wish_reader().read(Wish(text=words)), await product.offer_models()(words)
        shares = {one.use: one.confidence for one in reading.uses}
        if len(offer.uses) < 2:
            continue
        is_as_likely = shares.get(Use.PICTURE, 0) >= AS_LIKELY * reading.uses[0].confidence
        assert (offer.uses[0] is Use.PICTURE) is is_as_likely, words
        assert offer.first_of[offer.uses[0]] == offer.models[0]
        turned += is_as_likely and reading.uses[0].use is not Use.PICTURE
    assert turned, "the reader is sure of all of them: choose others"


async def test_a_search_that_names_models_is_no_prompt() -> None:
    _, product = open_product()
    found = await product.offer_models().search("z-image")
    assert found.models[0] == "z-image"
    assert (found.query, found.text, found.prompt) == ("z-image", "", None)
    assert (await product.offer_models().search(FOX)).text == FOX


@pytest.mark.parametrize(
    ("query", "prompt", "title"),
    [
        ("draw an owl at a bus stop", "an owl at a bus stop", "Nano Banana 2"),
        ("песня про старый трамвай", None, "Suno"),
    ],
)
async def test_a_wish_among_the_lists_finds_its_models_and_keeps_its_words(
    query: str, prompt: str | None, title: str
) -> None:
    _, product = open_product()
    found = await product.offer_models().search(query)
    assert model(found.models[0]).title == title
    assert found.content(model(found.models[0])).text == (prompt or found.prompt) != ""
    assert not await product.choose_ready()(found, SETTINGS)


@pytest.mark.parametrize(
    ("query", "topic"),
    [
        ("how much is a picture", Topic.PRICE),
        ("сколько у меня осталось денег", Topic.BALANCE),
        ("what do I do here", Topic.HELP),
        ("здравствуйте", Topic.GREETING),
        ("do you have midjourney", Topic.AVAILABILITY),
        ("video models", None),
        ("kling", None),
        ("qqqqqq", None),
        ("апскейл", None),
    ],
)
async def test_talk_among_the_lists_is_talk_and_names_of_models_and_tasks_are_searched_for(
    query: str, topic: Topic | None
) -> None:
    _, product = open_product()
    found = await product.offer_models().search(query)
    assert found.topic is topic
    assert bool(found.query) is (topic is None)


async def test_the_ready_models_hold_the_words_and_a_price() -> None:
    _, product = open_product()
    ready = await product.choose_ready()(await product.offer_models()(FOX), SETTINGS)
    assert 0 < len(ready) <= AT_MOST
    for one in ready:
        assert one.quote.is_ready
        assert FOX in one.values.values()


async def test_nothing_runs_at_once_that_a_person_would_be_asked_about() -> None:
    _, product = open_product(Settings(confirm_credits=0.1))
    ready = await product.choose_ready()(await product.offer_models()(FOX), SETTINGS)
    assert not ready


async def test_a_paused_model_does_not_run_at_once() -> None:
    world, product = open_product()
    offer = await product.offer_models()(FOX)
    first = (await product.choose_ready()(offer, SETTINGS))[0].model
    await world.pause(first.id)
    assert first not in [one.model for one in await product.choose_ready()(offer, SETTINGS)]


@pytest.mark.parametrize(
    ("words", "name"), [("sora 2: a dog on a skateboard", "Sora 2"), ("видео в соре: собака на скейте", "Sora 2")]
)
async def test_a_named_model_that_is_not_offered_is_said_with_the_nearest(words: str, name: str) -> None:
    _, product = open_product()
    absent = (await product.offer_models()(words)).absent
    assert absent is not None
    assert (absent.name, absent.is_paused) == (name, False)
    assert absent.nearest is not None
    assert ModelType.TEXT_TO_VIDEO in task_types(model(absent.nearest))


async def test_a_named_model_that_is_switched_off_is_said_and_stands_last() -> None:
    world, product = open_product()
    words = "z-image: a red fox in snow"
    assert (await product.offer_models()(words)).absent is None
    await world.pause("z-image")
    offer = await product.offer_models()(words)
    assert offer.absent == AbsentModel(name="Z-Image", is_paused=True, nearest=offer.models[0])
    assert offer.models[-1] == "z-image"


async def test_each_candidate_is_validated_and_priced_once() -> None:
    _, product = open_product()
    quoted: list[ModelId] = []
    quote = product.quote_draft()

    def counted(found, values):  # type: ignore[no-untyped-def]  # takes what the counted method takes
        quoted.append(found.id)
        return quote(found, values)

    choose = ChooseReady(
        catalog=catalog(),
        prepare=product.prepare_values(),
        quote=counted,  # type: ignore[arg-type]  # counts the calls
    )
    await choose(await product.offer_models()(FOX), SETTINGS)
    assert quoted
    assert len(quoted) == len(set(quoted))


async def test_a_model_with_too_little_room_for_the_files_does_not_run_at_once() -> None:
    _, product = open_product()
    taker = next(one for one in catalog().offered() if one.type is ModelType.IMAGE_TO_VIDEO)
    many = Offer(text="dance", files=(PHOTO,) * 30, models=(taker.id,))
    assert not await product.choose_ready()(many, Preferences(user=UserId("web:1")))


async def test_stated_values_become_those_of_each_model_that_has_them() -> None:
    _, product = open_product()
    offer = await product.offer_models()("10s video of waves 9:16")
    assert offer.stated == {"duration": 10, "aspect_ratio": "9:16"}
    filled = [offer.content(model(name)).values for name in offer.models]
    assert any(str(values.get("duration")) == "10" for values in filled)
    assert fill_stated(model("z-image"), {"duration": 10, "aspect_ratio": "9:16"}).values == {"aspect_ratio": "9:16"}
    assert fill_stated(model("z-image"), {"aspect_ratio": "17:1"}).values == {}


@pytest.mark.parametrize("words", ["теперь оживи", "make the hat red", "ещё крупнее"])
async def test_words_after_a_result_work_on_it(words: str) -> None:
    _, product = open_product()
    placed = await product.place_message()(WishParts(text=words), ChatContext(last_files=[PHOTO]))
    assert placed.parts == WishParts(text=words, files=(PHOTO,))


async def test_words_that_want_something_new_leave_the_last_result_alone() -> None:
    _, product = open_product()
    placed = await product.place_message()(WishParts(text="нарисуй кота в шляпе"), ChatContext(last_files=[PHOTO]))
    assert placed.parts.files == ()


@pytest.mark.parametrize(
    ("filled", "words", "is_for_draft"),
    [
        ("", "a song about rain", True),
        (FOX, "a white fox in snow", True),
        (FOX, "пусть будет ночь", True),
        (FOX, "write a song about rain", False),
        (FOX, "thank you!", False),
        (FOX, "видео корабль в шторм kling 2.6", False),
    ],
)
async def test_an_open_draft_does_not_swallow_another_wish(filled: str, words: str, *, is_for_draft: bool) -> None:
    _, product = open_product()
    draft = await product.start_draft()(ANN, HERE, model("z-image"), DraftContent(text=filled))
    place, context = product.place_message(), ChatContext(draft=draft)
    assert (await place(WishParts(text=words), context)).is_for_draft is is_for_draft
    assert (await place(WishParts(text=words), evolve(context, is_asked=True))).is_for_draft


@pytest.mark.parametrize("words", ["continue this", "продолжи это видео"])
async def test_a_reply_to_a_film_also_offers_the_model_that_takes_its_task_further(words: str) -> None:
    _, product = open_product()
    maker = ModelId("grok-imagine/text-to-video")
    offer = await product.offer_models()(words, [CLIP], reply_to=MediaKind.VIDEO, made_by=maker)
    assert "grok-imagine/extend" in offer.models[1:3]
    assert "grok-imagine/extend" not in (await product.offer_models()(words, [CLIP])).models


async def test_a_link_to_a_picture_is_not_about_the_last_result() -> None:
    _, product = open_product()
    parts = WishParts(text="https://media.example.com/cat.jpg animate this")
    placed = await product.place_message()(parts, ChatContext(last_files=[PHOTO]))
    assert not placed.parts.files


async def test_everyday_things_have_a_price_to_name() -> None:
    _, product = open_product()
    prices = await product.price_examples()()
    assert prices.keys() == {Use.PICTURE, Use.FILM, Use.MUSIC, Use.SPEECH}
    assert all(credits_ > 0 for credits_ in prices.values())


@pytest.mark.parametrize(
    ("words", "use"),
    [("how much is a picture", Use.PICTURE), ("how much is a video", Use.FILM), ("сколько стоит песня", Use.MUSIC)],
)
async def test_the_price_of_a_task_begins_where_the_list_of_prices_says(words: str, use: Use) -> None:
    _, product = open_product()
    asked = product.price_examples().of_offer(await product.offer_models()(words))
    assert (await product.price_examples()())[use] == price_of_all(asked).low


async def test_what_a_named_model_cannot_say_is_known_before_it_runs() -> None:
    _, product = open_product()
    offer = await product.offer_models()("veo 3.1 a fox jumps, 10 seconds")
    assert offer.models[0] == "veo-3-1"
    assert offer.unsaid(model(offer.models[0])) == {"duration": 10}


@pytest.mark.parametrize("words", ["a video of a fox, 10 seconds", "видео 9:16 лиса бежит", "4 картинки с лисой"])
async def test_models_that_can_say_what_is_stated_are_first_and_run_at_once(words: str) -> None:
    _, product = open_product()
    offer = await product.offer_models()(words)
    assert not offer.unsaid(model(offer.models[0]))
    ready = await product.choose_ready()(offer, SETTINGS)
    assert ready
    assert not any(offer.unsaid(one.model) for one in ready)


@pytest.mark.parametrize(
    ("words", "use"),
    [
        ("how much is a song", Use.MUSIC),
        ("сколько стоит песня", Use.MUSIC),
        ("what does a video cost", Use.FILM),
        ("сколько стоит видео", Use.FILM),
        ("почём оживить фото", Use.ANIMATE),
    ],
)
async def test_a_question_for_the_price_of_a_task_is_answered_by_its_best_fast_and_cheap_model(
    words: str, use: Use
) -> None:
    _, product = open_product()
    offer = await product.offer_models()(words)
    assert offer.topic is Topic.PRICE
    assert offer.uses == (use,)
    asked = product.price_examples().of_offer(offer)
    assert {one.model.id for one in asked} == set(offer.marks)
    price = price_of_all(asked)
    assert price.high == max(one.price.high for one in asked) > 0
    assert price.low == min(one.price.low for one in asked)


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("топаз увеличь фото", "topaz/image-upscale"),
        ("topaz upscale photo", "topaz/image-upscale"),
        ("infinitalk speaking photo", "infinitalk/from-audio"),
        ("омнихьюман оживи фото", "omnihuman-1-5"),
        ("omnihuman animate photo", "omnihuman-1-5"),
    ],
)
async def test_an_order_beside_a_name_is_no_talk_and_has_that_model_first(words: str, first: str) -> None:
    _, product = open_product()
    offer = await product.offer_models()(words)
    assert (offer.topic, offer.models[0], offer.lacks) == (None, first, "image")


@pytest.mark.parametrize("words", ["do you have infinitalk", "есть ли омнихьюман", "how much is omnihuman"])
async def test_a_question_beside_a_name_stays_one(words: str) -> None:
    _, product = open_product()
    assert (await product.offer_models()(words)).topic is not None


async def test_a_question_for_the_price_of_a_model_is_answered_by_that_model() -> None:
    _, product = open_product()
    offer = await product.offer_models()("how much is veo 3.1")
    assert [one.model.id for one in product.price_examples().of_offer(offer)][:1] == ["veo-3-1"]


@pytest.mark.parametrize("words", ["how much does it cost?", "сколько это стоит"])
async def test_a_question_for_no_price_in_particular_names_no_task(words: str) -> None:
    _, product = open_product()
    offer = await product.offer_models()(words)
    assert offer.topic is Topic.PRICE
    assert not product.price_examples().of_offer(offer)


@pytest.mark.parametrize("words", ["сделай ночь", "make it night"])
async def test_what_is_hardly_to_be_declined_is_offered_or_asked_about(words: str) -> None:
    _, product = open_product()
    offer = await product.offer_models()(words)
    assert offer.topic is None
    assert offer.lacks or len(offer.uses) > 1


@pytest.mark.parametrize("words", ["привет", "what can you do with this?"])
async def test_talk_beside_a_file_leads_to_what_can_be_done_with_the_file(words: str) -> None:
    _, product = open_product()
    offer = await product.offer_models()(words, [PHOTO])
    assert offer.topic is None
    assert len(offer.uses) > 1
    assert not await product.choose_ready()(offer, SETTINGS)
