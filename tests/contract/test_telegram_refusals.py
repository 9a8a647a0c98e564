"""What the bot says to what it can't do, must not do, or fails to do, over the simulated Telegram."""

from collections.abc import AsyncIterator

import pytest
import structlog

from adapters.memory.trouble import Trouble
from application.errors import StoreUnavailable
from application.limits import UserLimits
from config.settings import Settings
from domain.generation import UserId
from simulators.telegram import SentFile, TelegramFault
from tests.support.telegram_journey import Journey, journey


@pytest.fixture
async def trip() -> AsyncIterator[Journey]:
    async with journey() as running:
        yield running


async def test_a_foreign_button_does_nothing_and_says_so(trip: Journey) -> None:
    offer = await trip.card("Z-Image")
    stranger = trip.telegram.add_person("Mallory")
    for row in offer.buttons:
        for button in row:
            press = stranger.press_data(offer, str(button["callback_data"]))
            assert "someone else's" in await trip.toast(press.id)
    assert trip.rows == []


@pytest.mark.parametrize("command", ["/settings", "/presets", "/history"])
async def test_a_page_of_ones_own_is_no_one_elses_in_a_group(command: str) -> None:
    async with journey(driving=True) as trip:
        group = trip.telegram.add_group("Foxes", [trip.person])
        trip.person.say("/generate z-image a fox", group)
        await trip.provider_rings()
        page = await trip.answer_to(trip.person.say(command, group))
        stranger = trip.telegram.add_person("Mallory")
        for row in page.buttons:
            for button in row:
                if "callback_data" in button and not str(button["callback_data"]).startswith("b:"):
                    press = stranger.press_data(page, str(button["callback_data"]))
                    assert "someone else's" in await trip.toast(press.id)


async def test_an_old_button_is_answered_with_a_sentence_or_a_page(trip: Journey) -> None:
    hello = await trip.say("/start")
    for data in ("", "d:", "d:gone:r:", "d:gone:e:1.2", "g:gone:again", "m:unknown", "h:x", "s:language:tlh", "old"):
        assert await trip.toast(trip.person.press_data(hello, data).id), data
    await trip.toast(trip.person.press_data(hello, "b:nonsense:7").id)
    assert hello.words.startswith("Models")


async def test_a_button_of_another_version_of_the_card_breaks_nothing(trip: Journey) -> None:
    offer = await trip.card("Z-Image")
    draft = str(offer.buttons[0][0]["callback_data"]).split(":")[1]
    for action in ("p", "e", "t", "n", "c", "o", "m", "q", "f", "zz"):
        for index in ("", "999", "-1", "1.999", "1.2.3", "x"):
            press = trip.person.press_data(offer, f"d:{draft}:{action}:{index}")
            assert "on my side" not in await trip.toast(press.id), (action, index)
    assert trip.rows == []


@pytest.mark.parametrize(
    "content",
    [
        {"sticker": {"file_id": "s", "file_unique_id": "s", "type": "regular", "width": 1, "height": 1,
                     "is_animated": False, "is_video": False}},
        {"contact": {"phone_number": "1", "first_name": "A"}},
        {"location": {"latitude": 1.0, "longitude": 1.0}},
        {"dice": {"emoji": "🎲", "value": 3}},
    ],
    ids=lambda content: str(next(iter(content))),
)  # fmt: skip
async def test_what_it_can_do_nothing_with_gets_a_sentence(trip: Journey, content: dict[str, object]) -> None:
    said = await trip.answer_to(trip.person.send_other(content))
    assert "can't do anything with that" in said.words


async def test_a_file_too_large_for_bots_is_refused_at_once(trip: Journey) -> None:
    large = SentFile(data=bytes((20 << 20) + 1), name="large.mp4", mime="video/mp4")
    assert "at most 20 MB" in (await trip.answer_to(trip.person.send_file(large))).words


async def test_a_channel_post_and_a_pinned_message_get_silence(trip: Journey) -> None:
    bot = next(iter(trip.telegram.bots.values()))
    channel = {"id": -1007, "type": "channel", "title": "News"}
    post = {"message_id": 1, "date": 0, "chat": channel, "text": "hello", "sender_chat": channel}
    trip.telegram.send_update(bot, "channel_post", post)
    trip.telegram.send_update(bot, "message", post)
    pinned = trip.person.say("/start")
    first = await trip.answer_to(pinned)
    trip.person.send_other({"pinned_message": pinned.wire(bot.id)})
    second = await trip.say("/help")
    between = [each for each in trip.chat.messages.values() if first.id < each.id < second.id]
    assert [each.sender for each in between] == [trip.person.person] * 2
    assert not trip.telegram.log.by_status[400]


async def test_someone_who_blocked_the_bot_stops_no_one_else(trip: Journey) -> None:
    trip.person.say("/start")
    trip.person.block()
    other = trip.telegram.add_person("Olga", language="ru")
    asked = other.say("/start")
    assert (await trip.answer_to(asked)).words.startswith("Привет!")


async def test_strangers_are_refused_politely_and_admins_never() -> None:
    async with journey(allowed=[UserId("telegram:1")]) as trip:
        said = await trip.say("a fox")
        assert "closed circle" in said.words
        press = trip.person.press_data(said, "b::0")
        assert "closed circle" in await trip.toast(press.id)
    async with journey(allowed=[UserId("telegram:1")], admins=[UserId("telegram:100001")]) as trip:
        assert (await trip.say("/start")).words.startswith("Hello!")


async def test_a_limit_is_reported_in_a_sentence() -> None:
    async with journey(settings=Settings(user_limits=UserLimits(in_flight=1))) as trip:
        await trip.press(await trip.card("Z-Image"), "Run")
        offer = await trip.card("Z-Image", "a second fox")
        toast = await trip.press(offer, "Run")
        assert toast
        assert "on my side" not in toast
        assert len(trip.rows) == 1


async def test_a_fault_of_our_own_is_a_sentence_with_a_number_and_never_an_exception(trip: Journey) -> None:
    trip.sessions.on_call.add(Trouble(error=RuntimeError("secret detail")))
    with structlog.testing.capture_logs() as logs:
        said = await trip.say("a fox")
    assert "Something went wrong on my side" in said.words
    assert "secret detail" not in said.words
    (fault,) = [entry for entry in logs if entry["event"] == "handler.failed"]
    assert fault["error_id"] in said.words
    assert "Choose a model" in (await trip.say("a fox")).words


async def test_a_store_that_is_away_is_reported_in_a_sentence(trip: Journey) -> None:
    trip.sessions.on_call.add(Trouble(error=StoreUnavailable("no connection")))
    said = await trip.say("a fox")
    assert "on my side" not in said.words


async def test_a_flood_limit_delays_an_answer_and_does_not_lose_it(trip: Journey) -> None:
    trip.telegram.faults.add(TelegramFault.flood(1, method="sendMessage"))
    assert (await trip.say("/start")).words.startswith("Hello!")


async def test_an_answer_that_did_not_arrive_is_said_again(trip: Journey) -> None:
    trip.telegram.faults.add(TelegramFault(method="sendMessage", status=502, body="<html>Bad Gateway</html>"))
    assert (await trip.say("/start")).words.startswith("Hello!")
