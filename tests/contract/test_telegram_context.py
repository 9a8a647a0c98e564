"""What a message is about: the words, the picture or the result before it, over the simulated Telegram."""

import pytest

from simulators.telegram import SentFile
from tests.support.telegram_journey import journey
from tests.support.telegram_simulator import picture

PHOTO = SentFile(data=picture(), name="fox.jpg", mime="image/jpeg")


@pytest.mark.parametrize(("language", "words"), [("en", "make it winter"), ("ru", "сделай зиму")])
async def test_words_after_a_picture_belong_to_it(language: str, words: str) -> None:
    async with journey(language=language) as trip:
        first = await trip.answer_to(trip.person.send_files([PHOTO])[-1])
        offer = await trip.say(words)
        assert words in offer.words
        assert "🖼" in offer.words
        await trip.telegram.until(lambda: first.deleted)


@pytest.mark.parametrize(("language", "words"), [("en", "make it winter"), ("ru", "сделай зиму")])
async def test_a_picture_after_the_words_belongs_to_them(language: str, words: str) -> None:
    async with journey(language=language) as trip:
        first = await trip.say(words)
        offer = await trip.answer_to(trip.person.send_files([PHOTO])[-1])
        assert words in offer.words
        assert "🖼" in offer.words
        await trip.telegram.until(lambda: first.deleted)


async def test_a_second_picture_belongs_to_the_first() -> None:
    async with journey() as trip:
        await trip.answer_to(trip.person.send_files([PHOTO])[-1])
        offer = await trip.answer_to(trip.person.send_files([PHOTO])[-1])
        assert "🖼 × 2" in offer.words


async def test_words_for_a_picture_that_has_its_words_already_are_a_wish_of_their_own() -> None:
    async with journey() as trip:
        await trip.answer_to(trip.person.send_files([PHOTO])[-1])
        await trip.say("make it winter")
        assert "🖼" not in (await trip.say("a red fox in snow")).words.splitlines()[0]


@pytest.mark.parametrize(
    ("language", "wish", "after"),
    [("en", "a red fox in snow", "now animate it"), ("ru", "нарисуй рыжую лису", "теперь оживи")],
)
async def test_words_after_a_result_work_on_it(language: str, wish: str, after: str) -> None:
    async with journey(language=language, driving=True) as trip:
        await trip.press(await trip.say(wish), "▶️")
        await trip.provider_rings()
        offer = await trip.say(after)
        assert "🖼" in offer.words
        assert after in offer.words


@pytest.mark.parametrize(
    ("language", "wish", "another"),
    [("en", "a red fox in snow", "write a song about rain"), ("ru", "нарисуй рыжую лису", "сочини песню про дождь")],
)
async def test_an_open_card_does_not_swallow_another_wish(language: str, wish: str, another: str) -> None:
    async with journey(language=language) as trip:
        card = await trip.say(wish)
        await trip.press(card, "Z-Image")
        before = card.words
        offer = await trip.say(another)
        assert another in offer.words
        assert card.words == before


@pytest.mark.parametrize(
    ("language", "words", "answer"),
    [
        ("en", "hi", "Hello!"),
        ("ru", "привет", "Привет!"),
        ("en", "thanks", "You're welcome!"),
        ("ru", "сколько стоит", "Цена стоит на каждой кнопке"),
        ("ru", "сколько стоит видео", "Сделать видео: ≈ "),
        ("en", "how much is a song", "Make music: "),
    ],
)
async def test_talk_is_answered_with_talk_and_nothing_can_be_bought_by_it(
    language: str, words: str, answer: str
) -> None:
    async with journey(language=language) as trip:
        said = await trip.say(words)
        assert answer in said.words
        assert not [button for row in said.buttons for button in row if str(button["text"]).startswith("▶️")]
        assert trip.rows == []


@pytest.mark.parametrize(("language", "use"), [("en", "Change the picture"), ("ru", "Изменить картинку")])
async def test_a_photo_alone_is_asked_about_before_anything_can_run(language: str, use: str) -> None:
    async with journey(language=language) as trip:
        offer = await trip.answer_to(trip.person.send_files([PHOTO])[-1])
        assert len(offer.buttons) <= 6
        assert not [button for row in offer.buttons for button in row if str(button["text"]).startswith("▶️")]
        await trip.press(offer, use)
        assert [button for row in offer.buttons for button in row if "Sunburst" in str(button["text"])]
