"""Finding a model in the lists, and what a person sets once and for all, over the simulated Telegram."""

from collections.abc import AsyncIterator

import pytest

from domain.model import ModelId
from domain.preferences import Preferences
from tests.support.telegram_journey import Journey, journey
from tests.support.telegram_simulator import labels


@pytest.fixture
async def trip() -> AsyncIterator[Journey]:
    async with journey() as running:
        yield running


async def test_models_are_browsed_by_task_eight_a_page(trip: Journey) -> None:
    listed = await trip.say("/models")
    await trip.press(listed, "Picture from words")
    assert len(listed.buttons) <= 10
    assert "text in pictures, 4K" in listed.words
    first = labels(listed)[0]
    await trip.press(listed, "▶")
    assert labels(listed)[0] != first
    await trip.press(listed, labels(listed)[0])
    opened = await trip.answer_to(listed)
    assert "Write what you want" in opened.words


async def test_models_are_browsed_by_maker(trip: Journey) -> None:
    listed = await trip.say("/models")
    await trip.press(listed, "By maker")
    await trip.press(listed, "Google")
    assert listed.words.startswith("Google")
    await trip.press(listed, "Back")
    await trip.press(listed, "Back")
    assert listed.words.startswith("Models")


async def test_the_newest_models_come_first_in_their_list(trip: Journey) -> None:
    listed = await trip.say("/models")
    await trip.press(listed, "New")
    assert any("Nano Banana 2.1" in label or "Qwen Image 2.1" in label for label in labels(listed))
    assert "1 / 3" in labels(listed)


async def test_favourites_and_models_used_last_have_lists_of_their_own(trip: Journey) -> None:
    listed = await trip.say("/models")
    await trip.press(listed, "Favourites")
    assert "Nothing here yet" in listed.words
    trip.person.say("/generate z-image a fox")
    await trip.accepted()
    await trip.preferences.save(Preferences(user=trip.rows[0].user, favourites=(ModelId("veo3"), ModelId("gone"))))
    await trip.press(listed, "Back")
    await trip.press(listed, "Favourites")
    assert "Veo" in labels(listed)[0]
    await trip.press(listed, "Back")
    await trip.press(listed, "Recent")
    assert "Z-Image" in labels(listed)[0]


@pytest.mark.parametrize(
    ("language", "words", "title"), [("en", "nano banana", "Nano Banana"), ("ru", "клинг", "Kling")]
)
async def test_what_is_typed_while_the_lists_are_open_searches_and_is_no_prompt(
    language: str, words: str, title: str
) -> None:
    async with journey(language=language) as trip:
        listed = await trip.say("/models")
        trip.person.say("qqqqqq")
        await trip.telegram.until(lambda: "qqqqqq" in listed.words)
        trip.person.say(words)
        await trip.telegram.until(lambda: words in listed.words)
        assert title in labels(listed)[0]
        await trip.press(listed, title)
        assert words not in listed.words


@pytest.mark.parametrize(
    ("language", "words", "answer"),
    [
        ("en", "how much is a video", "Make a video: ≈ "),
        ("ru", "сколько стоит видео", "Сделать видео: ≈ "),
        ("en", "hi", "Hello!"),
        ("ru", "есть миджорни?", "Midjourney"),
    ],
)
async def test_talk_while_the_lists_are_open_is_answered(language: str, words: str, answer: str) -> None:
    async with journey(language=language) as trip:
        listed = await trip.say("/models")
        before = listed.words
        assert answer in (await trip.say(words)).words
        assert listed.words == before


async def test_a_wish_that_names_its_task_while_the_lists_are_open_keeps_its_words(trip: Journey) -> None:
    listed = await trip.say("/models")
    trip.person.say("draw an owl at a bus stop")
    await trip.telegram.until(lambda: "go into the model you choose" in listed.words)
    await trip.press(listed, "Z-Image")
    await trip.press(listed, "Run")
    assert trip.rows[0].input["prompt"] == "an owl at a bus stop"


async def test_words_that_name_no_model_while_the_lists_are_open_may_be_a_wish(trip: Journey) -> None:
    listed = await trip.say("/models")
    trip.person.say("a red fox in snow")
    await trip.telegram.until(lambda: "No model or task is called" in listed.words)
    await trip.press(listed, "Z-Image")
    await trip.press(listed, "Run")
    assert trip.rows[0].input["prompt"] == "a red fox in snow"


async def test_the_content_filter_is_on_until_someone_turns_it_off(trip: Journey) -> None:
    trip.person.say("/generate z-image a fox")
    await trip.accepted()
    assert trip.rows[0].input["nsfw_checker"] is True
    settings = await trip.say("/settings")
    await trip.press(settings, "Content filter: on")
    offer = await trip.say("a red fox")
    await trip.press(offer, "Z-Image")
    assert "content filter: off" in offer.words
    await trip.press(offer, "Run")
    assert trip.rows[1].input["nsfw_checker"] is False


@pytest.mark.parametrize(
    ("language", "wish", "said"),
    [("en", "transcribe audio", "no model for that today"), ("ru", "расшифруй аудио", "сейчас нет модели")],
)
async def test_a_task_without_a_model_today_is_said_and_no_other_model_is_offered_for_it(
    language: str, wish: str, said: str
) -> None:
    async with journey(language=language) as trip:
        offer = await trip.say(wish)
        assert said in offer.words
        assert [button["callback_data"] for row in offer.buttons for button in row] == ["b::0"]
