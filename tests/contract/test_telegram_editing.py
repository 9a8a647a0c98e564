"""Editing one picture by talk over the simulated Telegram: each step an ordinary generation, with undo and compare."""

import pytest

from domain.generation import Generation
from domain.media import files_of
from simulators.telegram import Message
from tests.support.telegram_journey import Journey, journey


async def made(trip: Journey, count: int) -> Message:
    """Wait for so many results; gives the message of the newest."""
    [receipt] = (await trip.ended(count)).receipts
    return trip.chat.messages[int(receipt.message)]


def works_on(step: Generation) -> set[str]:
    return {file.reference for file in files_of(step.input)}


@pytest.mark.parametrize(
    ("language", "wish", "first", "second", "undo", "compare"),
    [
        ("en", "a red fox in snow", "make the hat red", "now make it night", "Undo", "Before and after"),
        ("ru", "нарисуй рыжую лису", "сделай шапку красной", "теперь сделай ночь", "Отменить", "До и после"),
    ],
)
async def test_a_picture_is_edited_step_by_step_and_a_step_is_undone(  # noqa: PLR0917  # fixtures
    language: str, wish: str, first: str, second: str, undo: str, compare: str
) -> None:
    async with journey(language=language, driving=True) as trip:
        await trip.press(await trip.say(wish), "▶️")
        picture = await made(trip, 1)
        assert undo not in str(picture.buttons)
        editing = await trip.say(first)
        assert {"en": "🖼 your earlier picture", "ru": "🖼 ваша прежняя картинка"}[language] in editing.words
        await trip.press(editing, "▶️")
        step = await made(trip, 2)
        base = trip.rows[0].receipts[0].file_ids[0]
        assert works_on(trip.rows[1]) == {base}

        await trip.press(step, compare)
        album = await trip.telegram.until(lambda: [m for m in trip.chat.messages.values() if m.group_id])
        assert len(album) == 2

        await trip.press(step, undo)
        again = await trip.telegram.next_message(trip.chat, after=album[-1].id)
        assert "🔁" in str(again.buttons)
        offer = await trip.say(second)
        await trip.press(offer, "▶️")
        await made(trip, 3)
        assert works_on(trip.rows[2]) == {base}


@pytest.mark.parametrize(
    ("language", "wish", "edit", "compare", "undo", "none"),
    [
        ("en", "a red fox in snow", "make the hat red", "compare with the one before", "undo", "no step to go back"),
        ("ru", "нарисуй рыжую лису", "сделай шапку красной", "сравни с предыдущей", "верни как было", "Возвращаться"),
    ],
)
async def test_a_step_is_undone_and_compared_by_words(  # noqa: PLR0917  # fixtures
    language: str, wish: str, edit: str, compare: str, undo: str, none: str
) -> None:
    async with journey(language=language, driving=True) as trip:
        await trip.press(await trip.say(wish), "▶️")
        first = await made(trip, 1)
        assert none in (await trip.say(undo)).words
        await trip.press(await trip.say(edit), "▶️")
        step = await made(trip, 2)
        assert (await trip.say(compare)).group_id
        assert (await trip.say(undo)).media is not None
        assert none in (await trip.say(undo)).words
        assert none in (await trip.say(compare, reply_to=first)).words
        assert (await trip.say(compare, reply_to=step)).group_id
        assert len(trip.rows) == 2


async def test_the_next_step_offers_the_same_model_first() -> None:
    async with journey(driving=True) as trip:
        await trip.press(await trip.say("a red fox in snow"), "▶️")
        await made(trip, 1)
        offer = await trip.say("make the hat red")
        cheap = [str(one["text"]) for row in offer.buttons for one in row if "💰" in str(one["text"])]
        await trip.press(offer, cheap[0])
        await made(trip, 2)
        offer = await trip.say("make the hat blue")
        name = cheap[0].split(" · ")[0].removeprefix("▶️ ")
        assert name in str(offer.buttons[0])


async def test_a_reply_to_an_older_picture_works_on_that_one() -> None:
    async with journey(driving=True) as trip:
        await trip.press(await trip.say("a red fox in snow"), "▶️")
        first = await made(trip, 1)
        await trip.press(await trip.say("a blue whale in the sea"), "▶️")
        await made(trip, 2)
        offer = await trip.say("make it winter", reply_to=first)
        await trip.press(offer, "▶️")
        step = await made(trip, 3)
        assert works_on(trip.rows[2]) == {trip.rows[0].receipts[0].file_ids[0]}
        assert "Undo" in str(step.buttons)


async def test_after_undo_a_newer_picture_is_what_it_means_again() -> None:
    async with journey(driving=True) as trip:
        await trip.press(await trip.say("a red fox in snow"), "▶️")
        await made(trip, 1)
        await trip.press(await trip.say("make the hat red"), "▶️")
        await trip.press(await made(trip, 2), "Undo")
        await trip.press(await trip.say("make it winter"), "▶️")
        await made(trip, 3)
        await trip.press(await trip.say("make it night"), "▶️")
        await made(trip, 4)
        assert works_on(trip.rows[3]) == {trip.rows[2].receipts[0].file_ids[0]}


async def test_before_and_after_come_one_by_one_where_telegram_does_not_know_a_file_any_more() -> None:
    async with journey(driving=True) as trip:
        await trip.press(await trip.say("a red fox in snow"), "▶️")
        await made(trip, 1)
        await trip.press(await trip.say("make the hat red"), "▶️")
        step = await made(trip, 2)
        trip.telegram.files._files.clear()
        known = set(trip.chat.messages)
        await trip.press(step, "Before and after")
        came = [message for number, message in trip.chat.messages.items() if number not in known]
        assert [bool(message.media) for message in came] == [True, True]
