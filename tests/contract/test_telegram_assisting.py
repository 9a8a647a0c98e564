"""Help from chat models over the simulated Telegram: better words, in private and in a group, in two languages."""

import asyncio

import pytest
from attrs import evolve

from adapters.memory.trouble import Trouble
from application.errors import ProviderUnavailable
from config.settings import Settings
from domain.generation import UserId
from domain.use import Use
from simulators.telegram import SentFile
from tests.support.product import open_product
from tests.support.telegram_journey import journey
from tests.support.telegram_simulator import picture

VERA = UserId("telegram:100001")
AWAY = Trouble(error=ProviderUnavailable("503"))


@pytest.mark.parametrize(
    ("language", "wish", "take", "improved"),
    [
        ("en", "a red fox in snow", "Take the improved words", "A red fox in deep snow, low winter sun."),
        ("ru", "нарисуй рыжую лису", "Взять улучшенный", "Рыжая лиса в глубоком снегу, низкое солнце."),
    ],
)
async def test_better_words_for_an_offer_are_shown_beside_mine_and_run_once_taken(
    language: str, wish: str, take: str, improved: str
) -> None:
    async with journey(language=language) as trip:
        trip.text_model.answers.append(improved)
        offer = await trip.say(wish)
        await trip.press(offer, "✨")
        assert improved in offer.words
        assert trip.text_model.questions[0].text in wish
        assert trip.rows == []
        await trip.press(offer, take)
        assert improved in offer.words
        await trip.press(offer, "▶️")
        await trip.accepted()
        assert trip.rows[0].prompt == improved


@pytest.mark.parametrize(("language", "leave"), [("en", "Keep mine"), ("ru", "Оставить свой")])
async def test_my_own_words_stay_when_i_keep_them(language: str, leave: str) -> None:
    async with journey(language=language) as trip:
        offer = await trip.say("a red fox in snow")
        await trip.press(offer, "✨")
        await trip.press(offer, leave)
        await trip.press(offer, "▶️")
        await trip.accepted()
        assert trip.rows[0].prompt == "a red fox in snow"


async def test_better_words_for_a_card_go_into_it() -> None:
    async with journey() as trip:
        offer = await trip.say("a red fox in snow")
        await trip.press(offer, "🖼")
        trip.text_model.answers.append("A red fox, close up.")
        await trip.press(offer, "✨")
        await trip.press(offer, "Take")
        assert "A red fox, close up." in offer.words
        assert "▶️" in str(offer.buttons)


async def test_where_no_model_answers_everything_is_as_it_was() -> None:
    async with journey() as trip:
        offer = await trip.say("a red fox in snow")
        before = (offer.words, offer.buttons)
        trip.text_model.on_ask.add(AWAY)
        toast = await trip.press(offer, "✨")
        assert "nothing was charged" in toast
        assert (offer.words, offer.buttons) == before


async def test_without_chat_models_nothing_is_offered() -> None:
    async with journey(settings=evolve(Settings(), text_models=())) as trip:
        offer = await trip.say("a red fox in snow")
        assert "✨" not in str(offer.buttons)
        await trip.press(offer, "🖼")
        assert "✨" not in str(offer.buttons)


async def test_the_operators_budget_is_kept_and_reported() -> None:
    async with journey(settings=evolve(Settings(), text_credits_per_day=0.01)) as trip:
        offer = await trip.say("a red fox in snow")
        toast = await trip.press(offer, "✨")
        assert "budget" in toast
        assert trip.text_model.questions == []
        assert "▶️" in str(offer.buttons)


async def test_the_price_of_better_words_stands_on_the_button() -> None:
    async with journey() as trip:
        offer = await trip.say("a red fox in snow")
        [label] = [str(one["text"]) for row in offer.buttons for one in row if "✨" in str(one["text"])]
        assert "≤ 0." in label
        assert len(label) <= 34


async def test_the_operator_sees_what_chat_models_cost() -> None:
    async with journey(admins=[VERA]) as trip:
        await trip.press(await trip.say("a red fox in snow"), "✨")
        assert "Chat models: 0.1 credits in 24 hours" in (await trip.say("/admin")).words


UNSURE = {
    "en": ("a tiny dragon please, moving", "a fox and its sound", "my cat, somehow alive", "something nice with waves"),
    "ru": ("волны, хочу чтобы шумели", "лиса и чтобы звучала", "волны шумят на закате", "дождь и тихий голос"),
}


async def unsure(language: str) -> str:
    """Words of which the local reader does not know what they are for, whatever it learned last."""
    _, product = open_product()
    for words in UNSURE[language]:
        offer = await product.offer_models()(words)
        if len(offer.uses) > 1 and Use.FILM is not offer.uses[0]:
            return words
    raise AssertionError("the local reader is sure of all of them: choose others")


@pytest.mark.parametrize("language", ["en", "ru"])
async def test_an_unsure_offer_is_there_at_once_and_improves_in_place(language: str) -> None:
    words = await unsure(language)
    async with journey(language=language, settings=evolve(Settings(), wish_reader="llm")) as trip:
        trip.text_model.answers.append('Sure! {"use": "text_to_video", "confidence": 0.9} Enjoy.')
        offer = await trip.say(words)
        await trip.telegram.until(lambda: str(offer.buttons[0][0]["text"]).startswith("▶️"))
        assert "🎬" in str(offer.buttons[0])
        [question] = trip.text_model.questions
        assert question.text == words
        [call] = trip.text_calls.calls.values()
        assert call.reservation is None


async def test_an_answer_that_can_not_be_used_changes_nothing() -> None:
    words = await unsure("en")
    async with journey(settings=evolve(Settings(), wish_reader="llm")) as trip:
        trip.text_model.answers.append("I think it is a video.")
        offer = await trip.say(words)
        async with asyncio.timeout(30):
            while not trip.text_model.questions:
                await asyncio.sleep(0.01)
        assert "What would you like" in offer.words


async def test_by_default_nothing_is_asked_about_a_wish() -> None:
    async with journey() as trip:
        await trip.say(await unsure("en"))
        assert trip.text_model.questions == []


@pytest.mark.parametrize(
    ("language", "heard", "button"),
    [("en", "a red fox in snow", "Take it as words"), ("ru", "нарисуй рыжую лису", "Принять как слова")],
)
async def test_a_voice_is_taken_as_words_beside_its_use_as_a_sound(language: str, heard: str, button: str) -> None:
    async with journey(language=language) as trip:
        trip.text_model.answers.append(heard)
        voice = SentFile(data=b"OggS", name="voice.ogg", mime="audio/ogg", duration=4)
        offer = await trip.answer_to(trip.person.send_file(voice))
        assert len(offer.buttons) > 1
        await trip.press(offer, button)
        assert heard in offer.words
        [question] = trip.text_model.questions
        assert question.files[0].seconds == 4
        await trip.press(offer, "▶️")
        await trip.accepted()
        assert trip.rows[0].prompt


async def test_a_voice_without_words_stays_a_sound() -> None:
    async with journey() as trip:
        trip.text_model.on_ask.add(AWAY)
        voice = SentFile(data=b"OggS", name="voice.ogg", mime="audio/ogg", duration=4)
        offer = await trip.answer_to(trip.person.send_file(voice))
        before = (offer.words, offer.buttons)
        assert "nothing was charged" in await trip.press(offer, "Take it as words")
        assert (offer.words, offer.buttons) == before


@pytest.mark.parametrize(("language", "button"), [("en", "Say what it shows"), ("ru", "Что на картинке")])
async def test_a_picture_is_described_in_the_persons_language(language: str, button: str) -> None:
    async with journey(language=language) as trip:
        trip.text_model.answers.append("A fox & snow <today>.")
        offer = await trip.answer_to(trip.person.send_file(SentFile(data=picture(), name="fox.jpg", mime="image/jpeg")))
        trip.person.press(offer, next(str(b["text"]) for row in offer.buttons for b in row if button in str(b["text"])))
        said = await trip.answer_to(offer)
        assert "A fox & snow <today>." in said.words
        assert f"code {language}," in trip.text_model.questions[0].instructions


@pytest.mark.parametrize(
    ("language", "words", "said"),
    [("en", "describe this picture", "I can look at it"), ("ru", "опиши картинку", "Могу посмотреть")],
)
async def test_a_picture_sent_to_be_described_leaves_nothing_but_the_description(
    language: str, words: str, said: str
) -> None:
    async with journey(language=language) as trip:
        trip.text_model.answers.append("A fox.")
        photo = SentFile(data=picture(), name="fox.jpg", mime="image/jpeg")
        offer = await trip.answer_to(trip.person.send_file(photo, caption=words))
        assert said in offer.words
        assert "KIE" not in offer.words
        await trip.press(offer, "👁")
        await trip.telegram.until(lambda: "👁 A fox." in trip.words())
        assert offer.deleted
        another = await trip.answer_to(trip.person.send_file(photo))
        assert words not in another.words


async def test_a_persons_own_shape_and_quality_hold_for_what_they_do_not_say() -> None:
    async with journey() as trip:
        settings = await trip.say("/settings")
        await trip.press(settings, "9:16")
        await trip.press(settings, "Cheap")
        offer = await trip.say("a red fox in snow")
        assert "💰" in str(offer.buttons[0])
        await trip.press(offer, "▶️")
        await trip.accepted()
        assert trip.rows[0].input.get("aspect_ratio") == "9:16"


@pytest.mark.parametrize(("language", "answer"), [("en", "I won't make that"), ("ru", "Такое я делать не буду")])
async def test_what_the_operator_put_on_the_list_is_declined_at_every_door(language: str, answer: str) -> None:
    async with journey(language=language, admins=[VERA]) as trip:
        assert "fake passport" in (await trip.say("/admin unsafe add fake passport")).words
        declined = await trip.say("draw me a Fake Passport of France")
        assert "▶️" not in str(declined.buttons)
        said = await trip.say("/generate z-image a fake passport")
        assert answer in said.words
        assert trip.rows == []
        assert "•" not in (await trip.say("/admin unsafe remove fake passport")).words
