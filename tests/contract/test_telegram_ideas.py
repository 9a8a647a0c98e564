"""/ideas over the simulated Telegram: chosen by press, with a sample picture, in two languages."""

import re

import pytest

from simulators.telegram import SentFile
from tests.support.telegram_journey import journey
from tests.support.telegram_simulator import picture


@pytest.mark.parametrize(
    ("language", "idea", "use", "words"),
    [("en", "Sticker", "Use these words", "happy fox"), ("ru", "Стикер", "Взять эти слова", "весёлой лисой")],
)
async def test_an_idea_becomes_a_result_by_pressing(language: str, idea: str, use: str, words: str) -> None:
    async with journey(language=language) as trip:
        ideas = await trip.say("/ideas")
        assert sum(len(row) for row in ideas.buttons) == 12
        await trip.press(ideas, idea)
        sample = await trip.answer_to(ideas)
        assert words in sample.words
        assert re.search(rf"{use} · (from|от) [\d.,]+ (cr|кр)", str(sample.buttons))
        await trip.press(sample, use)
        offer = await trip.answer_to(sample)
        await trip.press(offer, "▶️")
        await trip.accepted()
        assert words in trip.rows[0].prompt


async def test_an_idea_that_needs_a_photo_asks_for_it() -> None:
    async with journey() as trip:
        await trip.press(ideas := await trip.say("/ideas"), "Oil portrait")
        await trip.press(sample := await trip.answer_to(ideas), "Use these words")
        offer = await trip.answer_to(sample)
        assert "Send me a photo" in offer.words
        photo = SentFile(data=picture(), name="me.jpg", mime="image/jpeg")
        ready = await trip.answer_to(trip.person.send_file(photo))
        assert ":u:" not in str(ready.buttons)  # the press has said what it is for
        await trip.press(ready, "▶️")
        await trip.accepted()
        assert "oil portrait" in trip.rows[0].prompt
