"""Broadcasts and alarms, over the simulated Telegram."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest

from config.settings import Settings
from domain.broadcast import BroadcastId, RecipientState
from simulators.telegram import SentFile, TelegramFault
from tests.support.desk import VERA, said_to, says
from tests.support.telegram_journey import Journey, journey
from tests.support.telegram_simulator import labels, picture
from tests.support.telegram_updates import until


@pytest.fixture
async def desk() -> AsyncIterator[Journey]:
    """Vera is an admin."""
    async with journey(admins=[VERA]) as trip:
        yield trip


@asynccontextmanager
async def sending(trip: Journey) -> AsyncIterator[None]:
    """The leader sends broadcasts; leaving the context cancels it, as the loss of the leadership does."""
    task = asyncio.create_task(trip.graph.send_broadcasts().run(trip.leadership))
    try:
        yield
        assert not task.done(), task
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def test_a_broadcast_is_seen_first_and_then_reaches_everybody_once(desk: Journey) -> None:
    bob, eve = desk.telegram.add_person("Bob"), desk.telegram.add_person("Eve")
    for person in (bob, eve):
        await says(desk, person, "/start")
    eve.block()
    preview = await desk.say("/admin broadcast Big <news>\ntoday")
    assert preview.words == "Big <news>\ntoday"
    page = await desk.answer_to(preview)
    assert "3 people will get it" in page.words
    await desk.press(page, "Send to everybody")
    async with sending(desk):
        await until(lambda: states(desk) == ["done"])
    assert said_to(bob)[-1] == "Big <news>\ntoday"
    assert said_to(bob).count("Big <news>\ntoday") == 1
    await desk.press(page, "Back")
    await desk.press(page, "✅")
    assert "Got it: 2" in page.words
    assert "Blocked the bot or deleted: 1" in page.words
    await desk.toast(desk.person.press_data(page, f"a:send:{broadcast_of(desk)}:0").id)
    assert states(desk) == ["done"]
    again = await desk.answer_to(await desk.say("/admin broadcast more"))
    assert "2 people will get it" in again.words


def states(trip: Journey) -> list[str]:
    return [str(broadcast.state) for broadcast in trip.broadcasts.broadcasts.values()]


def broadcast_of(trip: Journey) -> BroadcastId:
    return next(iter(trip.broadcasts.broadcasts))


async def test_a_photo_is_broadcast_by_answering_it(desk: Journey) -> None:
    photo = desk.person.send_file(SentFile(data=picture(), name="fox.jpg", mime="image/jpeg"), caption="Look!")
    await desk.answer_to(photo)
    preview = await desk.say("/admin broadcast", reply_to=photo)
    assert preview.media
    assert preview.words == "Look!"
    page = await desk.answer_to(preview)
    await desk.press(page, "Do not send")
    assert "was stopped" in page.words


async def test_a_photo_is_broadcast_with_the_command_under_it_and_its_markup(desk: Journey) -> None:
    fox = SentFile(data=picture(), name="fox.jpg", mime="image/jpeg")
    preview = await desk.answer_to(desk.person.send_file(fox, caption="/admin broadcast 5 < 6 & more"))
    assert preview.media
    assert preview.words == "5 < 6 & more"
    page = await desk.answer_to(preview)
    await desk.press(page, "Back")
    assert any("5 < 6 & more" in label for label in labels(page))


async def test_a_broadcast_goes_on_after_a_crash_and_no_one_gets_it_twice(desk: Journey) -> None:
    people = [desk.telegram.add_person(f"Person {number}") for number in range(5)]
    for person in people:
        await says(desk, person, "/start")
    await desk.press(await desk.answer_to(await desk.say("/admin broadcast hello")), "Send to everybody")
    got = desk.broadcasts.reached[broadcast_of(desk)]
    desk.telegram.faults.add(TelegramFault(method="sendMessage", hang_s=1, drop=True))
    async with sending(desk):
        await until(lambda: RecipientState.SENDING in got.values())
    async with sending(desk):
        await until(lambda: states(desk) == ["done"])
    assert Counter(got.values()) == {RecipientState.UNKNOWN: 1, RecipientState.SENT: 5}
    assert sum(said_to(person).count("hello") for person in people) <= 5


async def test_a_flood_limit_delays_a_broadcast_and_a_stop_ends_it(desk: Journey) -> None:
    bob = desk.telegram.add_person("Bob")
    await says(desk, bob, "/start")
    page = await desk.answer_to(await desk.say("/admin broadcast hello"))
    await desk.press(page, "Send to everybody")
    desk.telegram.faults.add(TelegramFault.flood(1, method="sendMessage"))
    async with sending(desk):
        await until(lambda: states(desk) == ["done"])
    assert said_to(bob).count("hello") == 1
    page = await desk.answer_to(await desk.say("/admin broadcast second"))
    await desk.press(page, "Send to everybody")
    await desk.press(page, "Stop")
    async with sending(desk):
        assert await desk.broadcasts.under_way() is None
    assert "second" not in said_to(bob)


async def test_what_telegram_refuses_is_found_before_it_goes_to_anybody(desk: Journey) -> None:
    long = desk.person.send_file(SentFile(data=picture(), name="fox.jpg", mime="image/jpeg"))
    await desk.answer_to(long)
    refused = await desk.say("/admin broadcast " + "x" * 2000, reply_to=long)
    assert "does not take this message" in refused.words
    assert not desk.broadcasts.broadcasts
    assert "Write /admin broadcast TEXT" in (await desk.say("/admin broadcast")).words


async def test_an_alarm_comes_to_the_admin_in_their_language_once() -> None:
    async with journey(language="ru", admins=[VERA], settings=Settings(alarm_credits=500)) as trip:
        await trip.say("/start")
        trip.provider.credits_left = 42
        hello = await trip.say("/help")
        task = asyncio.create_task(trip.graph.watch_service().run(trip.leadership))
        said = await trip.answer_to(hello)
        assert "на счёте KIE 42 кредита" in said.words
        assert "мало кредитов" in (await trip.say("/admin")).words
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
