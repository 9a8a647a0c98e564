"""What a message is about: the words, the picture or the result before it, over the simulated Telegram."""

import pytest

from simulators.telegram import Upload
from tests.support.telegram_journey import journey
from tests.support.telegram_simulator import picture

PHOTO = Upload(data=picture(), name="fox.jpg", mime="image/jpeg")


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
