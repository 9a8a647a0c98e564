"""People and the bot, over the simulated Telegram."""

from collections.abc import AsyncIterator

import pytest

from application.drafts.fill_draft import files_in
from config.settings import Settings
from domain.generation import GenerationState
from domain.media import MediaKind
from simulators.telegram import FileKind as Shown
from simulators.telegram import SentFile
from tests.support.telegram_journey import Journey, journey
from tests.support.telegram_simulator import labels, picture

PHOTO = SentFile(data=picture(), name="fox.jpg", mime="image/jpeg")

VOICE = SentFile(data=b"OggS", name="voice.ogg", mime="audio/ogg")


@pytest.fixture
async def trip() -> AsyncIterator[Journey]:
    async with journey() as running:
        yield running


async def test_a_wish_in_words_becomes_a_picture_in_two_presses_and_leaves_one_message() -> None:
    async with journey(driving=True) as trip:
        offer = await trip.card("Z-Image")
        assert await trip.press(offer, "Run") == "Got it!"
        delivered = await trip.provider_rings()
        assert delivered.state is GenerationState.DELIVERED
        assert delivered.input["prompt"] == "a red fox in snow"
        said = [message for message in trip.chat.messages.values() if message.sender is not trip.person.person]
        assert [message.media.kind if message.media else None for message in said] == [Shown.PHOTO]
        assert "a red fox in snow" in said[0].words


async def test_run_pressed_twice_buys_once(trip: Journey) -> None:
    offer = await trip.card("Z-Image")
    data = next(str(button["callback_data"]) for row in offer.buttons for button in row if "Run" in str(button["text"]))
    presses = [trip.person.press_data(offer, data) for _ in range(3)]
    for press in presses:
        await trip.toast(press.id)
    assert len(trip.rows) == 1


async def test_words_typed_while_a_card_is_open_become_its_prompt(trip: Journey) -> None:
    offer = await trip.card("Z-Image")
    trip.person.say("a blue hare")
    await trip.telegram.until(lambda: "a blue hare" in offer.words)
    await trip.press(offer, "Run")
    assert trip.rows[0].input["prompt"] == "a blue hare"


async def test_the_same_words_once_more_are_answered_too(trip: Journey) -> None:
    await trip.card("Z-Image", "a red fox")
    again = await trip.say("a red fox")
    assert "Prompt: a red fox" in again.words
    await trip.press(again, "Run")
    assert len(trip.rows) == 1


async def test_a_choice_is_made_by_buttons_and_by_typing(trip: Journey) -> None:
    offer = await trip.card("Z-Image")
    await trip.press(offer, "Aspect ratio")
    await trip.press(offer, "16:9")
    assert "Aspect ratio: 16:9" in offer.words
    await trip.press(offer, "Aspect ratio")
    trip.person.say("3:4")
    await trip.telegram.until(lambda: "Aspect ratio: 3:4" in offer.words)
    await trip.press(offer, "Run")
    assert trip.rows[0].input["aspect_ratio"] == "3:4"


async def test_a_long_list_is_turned_and_searched(trip: Journey) -> None:
    offer = await trip.say("/generate elevenlabs/text-to-speech-turbo-2-5")
    await trip.press(offer, "More")
    await trip.press(offer, "Voice")
    first = labels(offer)
    await trip.press(offer, "▶")
    assert labels(offer) != first
    wanted = first[1]
    trip.person.say(wanted[2:6].lower())
    await trip.telegram.until(lambda: f"“{wanted[2:6].lower()}”" in offer.words)
    assert all(wanted[2:6].lower() in label.lower() for label in labels(offer)[:1])


async def test_a_fault_stands_beside_its_parameter_and_nothing_is_bought(trip: Journey) -> None:
    offer = await trip.card("Z-Image")
    trip.person.say("x" * 1500)
    await trip.telegram.until(lambda: "characters, at most" in offer.words)
    assert "1,500 characters, at most" in offer.words
    assert "1,500 characters, at most" in await trip.press(offer, "Run")
    assert trip.rows == []
    trip.person.say("a fox")
    await trip.telegram.until(lambda: "characters, at most" not in offer.words)
    await trip.press(offer, "Run")
    assert len(trip.rows) == 1


async def test_switches_and_numbers_are_set_by_pressing(trip: Journey) -> None:
    offer = await trip.card("Kling 2.6 ·", "kling 2.6 text to video")
    await trip.press(offer, "With sound: off")
    assert "With sound: on" in offer.words


async def test_a_missing_file_is_asked_for_and_fills_its_slot(trip: Journey) -> None:
    offer = await trip.say("оживи фото")
    assert "Send me a photo" in offer.words
    await trip.press(offer, labels(offer)[1])
    assert "Send the file here" in offer.words
    assert await trip.press(offer, "Run")
    assert trip.rows == []
    trip.person.send_file(PHOTO)
    await trip.telegram.until(lambda: "🖼" in offer.words)
    await trip.press(offer, "Run")
    (row,) = trip.rows
    assert [file.mime for file in files_in(row.input)] == ["image/jpeg"]


async def test_a_photo_offers_models_that_take_one_and_the_chosen_one_has_it(trip: Journey) -> None:
    offer = await trip.answer_to(trip.person.send_file(PHOTO, caption="make it winter"))
    await trip.press(offer, "GPT Image 2.5 Sunburst")
    await trip.press(offer, "Run")
    (row,) = trip.rows
    assert row.input["prompt"] == "make it winter"
    assert [file.kind for file in files_in(row.input)] == [MediaKind.IMAGE]


async def test_what_begins_at_once_hears_the_words_and_asks_nothing_more(trip: Journey) -> None:
    for words, offered in (("make it winter", False), ("upscale this", True)):
        offer = await trip.answer_to(trip.person.send_file(PHOTO, caption=words))
        at_once = [label for label in labels(offer) if label.startswith("▶️ ")]
        assert at_once
        assert any("Crisp Up" in label for label in at_once) is offered, at_once
    offer = await trip.answer_to(trip.person.send_file(PHOTO, caption="make it winter"))
    data = next(str(button["callback_data"]) for row in offer.buttons for button in row if "▶️" in str(button["text"]))
    for press in [trip.person.press_data(offer, data) for _ in range(3)]:
        await trip.toast(press.id)
    (row,) = trip.rows
    assert row.input["prompt"] == "make it winter"


async def test_nothing_dear_begins_at_once() -> None:
    async with journey(settings=Settings(confirm_credits=0.1)) as trip:
        offer = await trip.say("нарисуй кота")
        assert not [label for label in labels(offer) if label.startswith("▶️ ") and "unknown" not in label]


async def test_an_album_brings_all_its_photos(trip: Journey) -> None:
    offer = await trip.answer_to(trip.person.send_files([PHOTO] * 3)[-1])
    await trip.telegram.until(lambda: "× 3" in offer.words)
    await trip.press(offer, "GPT Image 2.5 Sunburst")
    trip.person.say("one picture of these")
    await trip.telegram.until(lambda: "one picture of these" in offer.words)
    await trip.press(offer, "Run")
    assert len(files_in(trip.rows[0].input)) == 3


@pytest.mark.parametrize("place", [0, 1, 2])
async def test_the_words_of_an_album_count_wherever_they_stand(trip: Journey, place: int) -> None:
    sent = trip.person.send_files([PHOTO] * 3, caption="make it winter", caption_under=place)
    offer = await trip.answer_to(sent[-1])
    await trip.telegram.until(lambda: "× 3" in offer.words and "make it winter" in offer.words)
    await trip.press(offer, "GPT Image 2.5 Sunburst")
    await trip.press(offer, "Run")
    assert trip.rows[0].input["prompt"] == "make it winter"
    assert len(files_in(trip.rows[0].input)) == 3


async def test_an_answer_to_a_picture_of_another_chat_makes_something_of_it(trip: Journey) -> None:
    (bot,) = trip.telegram.bots.values()
    elsewhere = trip.telegram.add_person("Someone").send_file(PHOTO).wire(bot.id)["photo"]
    offer = await trip.answer_to(trip.person.answer_elsewhere("make it night", {"photo": elsewhere}))
    assert "🖼" in offer.words
    await trip.press(offer, "GPT Image 2.5 Sunburst")
    await trip.press(offer, "Run")
    assert len(files_in(trip.rows[0].input)) == 1


async def test_a_voice_message_offers_models_that_take_sound(trip: Journey) -> None:
    offer = await trip.answer_to(trip.person.send_file(VOICE))
    assert "What would you like me to do with it?" in offer.words
    assert offer.buttons


async def test_an_answer_to_a_picture_makes_something_of_it() -> None:
    async with journey(driving=True) as trip:
        offer = await trip.card("Z-Image")
        await trip.press(offer, "Run")
        await trip.provider_rings()
        result = next(message for message in trip.chat.messages.values() if message.media)
        offer = await trip.say("make it night", reply_to=result)
        await trip.press(offer, "GPT Image 2.5 Sunburst")
        await trip.press(offer, "Run")
        assert trip.rows[1].input["prompt"] == "make it night"


async def test_in_a_group_only_commands_and_answers_to_the_bot_are_for_it(trip: Journey) -> None:
    bot = next(iter(trip.telegram.bots.values()))
    bot.privacy = False
    group = trip.telegram.add_group("Foxes", [trip.person])
    trip.person.say("a red fox", group)
    trip.person.send_file(PHOTO, group)
    trip.person.say("/nothing", group)
    started = trip.person.say("/start", group)
    hello = await trip.answer_to(started)
    assert [each for each in group.messages.values() if each.sender is bot] == [hello]
    offer = await trip.answer_to(trip.person.say("a red fox", group, reply_to=hello))
    assert "Choose a model" in offer.words


async def test_in_a_group_the_bots_name_alone_is_no_wish(trip: Journey) -> None:
    bot = next(iter(trip.telegram.bots.values()))
    group = trip.telegram.add_group("Foxes", [trip.person])
    hello = await trip.answer_to(trip.person.say(f"@{bot.username}", group))
    assert hello.words.startswith("Hello!")
    assert labels(hello) == ["🧭 All models", "💡 Ideas"]


async def test_in_a_group_the_bot_is_spoken_to_by_its_name_which_is_no_part_of_the_wish(trip: Journey) -> None:
    bot = next(iter(trip.telegram.bots.values()))
    group = trip.telegram.add_group("Foxes", [trip.person])
    offer = await trip.answer_to(trip.person.say(f"@{bot.username.upper()}, a red fox", group))
    assert "a red fox" in offer.words
    assert bot.username.upper() not in offer.words
    someone = trip.telegram.add_person("Olga")
    theirs = someone.send_file(PHOTO, group)
    offer = await trip.answer_to(trip.person.say(f"make it night @{bot.username}", group, reply_to=theirs))
    await trip.press(offer, "Seedream 5.0 Flash")
    assert "Prompt: make it night" in offer.words
    assert "🖼" in offer.words
    said = someone.say("a blue hare beside it", group)
    trip.person.say(f"@{bot.username}", group, reply_to=said)
    await trip.telegram.until(lambda: "Prompt: a blue hare beside it" in offer.words)


async def test_what_a_model_has_no_setting_for_is_said_in_the_offer(trip: Journey) -> None:
    offer = await trip.say("veo 3.1 a fox jumps, 10 seconds")
    assert "Veo 3.1 has no setting for 10 s" in offer.words
    assert "no setting" not in (await trip.say("a video of a fox, 10 seconds")).words
