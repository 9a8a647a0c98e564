"""People and the bot, over the simulated Telegram."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import structlog

from adapters.memory.trouble import Trouble
from application.drafts.fill_draft import files_in
from application.errors import StoreUnavailable
from application.limits import UserLimits
from config.settings import Settings
from domain.generation import GenerationState, UserId
from domain.media import MediaKind
from simulators.telegram import FileKind as Shown
from simulators.telegram import Message, SentFile, TelegramFault
from tests.support.registry import catalog
from tests.support.telegram_journey import Journey, journey
from tests.support.telegram_simulator import labels, picture

PHOTO = SentFile(data=picture(), name="fox.jpg", mime="image/jpeg")
LANGUAGES = ("en", "ru", "")
VOICE = SentFile(data=b"OggS", name="voice.ogg", mime="audio/ogg")


@pytest.fixture
async def trip() -> AsyncIterator[Journey]:
    async with journey() as running:
        yield running


async def card(trip: Journey, model: str, words: str = "a red fox in snow") -> Message:
    """Ask for something and choose a model by its title."""
    offer = await trip.say(words)
    await trip.press(offer, model)
    return offer


@pytest.mark.parametrize(("language", "greeting"), [("en", "Hello!"), ("ru", "Привет!"), ("uk", "Привет!")])
async def test_start_greets_in_the_language_of_the_app(language: str, greeting: str) -> None:
    async with journey(language=language) as trip:
        assert (await trip.say("/start")).words.startswith(greeting)


async def test_the_commands_are_registered_in_both_languages(trip: Journey) -> None:
    commands = trip.telegram.bots[next(iter(trip.telegram.bots))].commands
    await trip.telegram.until(lambda: len(commands) == 6)
    for scope in ("default", "all_group_chats"):
        described = {language: [each["description"] for each in commands[scope, language]] for language in LANGUAGES}
        assert described["ru"] != described["en"] == described[""]
    in_groups = {each["command"] for each in commands["all_group_chats", "ru"]}
    assert "settings" not in in_groups < {each["command"] for each in commands["default", "ru"]}


async def test_an_admin_is_shown_the_operators_command_too() -> None:
    async with journey(admins=[UserId("telegram:100001")]) as trip:
        commands = trip.telegram.bots[next(iter(trip.telegram.bots))].commands
        await trip.telegram.until(lambda: ("chat:100001", "ru") in commands)
        assert "admin" in {each["command"] for each in commands["chat:100001", "ru"]}
        assert "admin" not in {each["command"] for each in commands["default", "ru"]}


async def test_a_wish_in_words_becomes_a_picture_in_two_presses_and_leaves_one_message() -> None:
    async with journey(driving=True) as trip:
        offer = await card(trip, "Z-Image")
        assert await trip.press(offer, "Run") == "Got it!"
        delivered = await trip.provider_rings()
        assert delivered.state is GenerationState.DELIVERED
        assert delivered.input["prompt"] == "a red fox in snow"
        said = [message for message in trip.chat.messages.values() if message.sender is not trip.person.person]
        assert [message.media.kind if message.media else None for message in said] == [Shown.PHOTO]
        assert "a red fox in snow" in said[0].words


async def test_run_pressed_twice_buys_once(trip: Journey) -> None:
    offer = await card(trip, "Z-Image")
    data = next(str(button["callback_data"]) for row in offer.buttons for button in row if "Run" in str(button["text"]))
    presses = [trip.person.press_data(offer, data) for _ in range(3)]
    for press in presses:
        await trip.toast(press.id)
    assert len(trip.rows) == 1


async def test_words_typed_while_a_card_is_open_become_its_prompt(trip: Journey) -> None:
    offer = await card(trip, "Z-Image")
    trip.person.say("a blue hare")
    await trip.telegram.until(lambda: "a blue hare" in offer.words)
    await trip.press(offer, "Run")
    assert trip.rows[0].input["prompt"] == "a blue hare"


async def test_the_same_words_once_more_are_answered_too(trip: Journey) -> None:
    await card(trip, "Z-Image", "a red fox")
    again = await trip.say("a red fox")
    assert "Prompt: a red fox" in again.words
    await trip.press(again, "Run")
    assert len(trip.rows) == 1


async def test_a_choice_is_made_by_buttons_and_by_typing(trip: Journey) -> None:
    offer = await card(trip, "Z-Image")
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
    offer = await card(trip, "Z-Image")
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
    offer = await card(trip, "Kling 2.6 ·", "kling 2.6 text to video")
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
        offer = await card(trip, "Z-Image")
        await trip.press(offer, "Run")
        await trip.provider_rings()
        result = next(message for message in trip.chat.messages.values() if message.media)
        offer = await trip.say("make it night", reply_to=result)
        await trip.press(offer, "GPT Image 2.5 Sunburst")
        await trip.press(offer, "Run")
        assert trip.rows[1].input["prompt"] == "make it night"


async def test_generate_takes_a_wish_in_one_message(trip: Journey) -> None:
    trip.person.say("/generate z-image a red fox aspect_ratio=16:9")
    while not trip.rows:  # the progress message is the driver's, and none runs here
        await asyncio.sleep(0.005)
    assert trip.rows[0].input == {"prompt": "a red fox", "aspect_ratio": "16:9", "nsfw_checker": True}


async def test_generate_with_faults_names_each_and_opens_the_card(trip: Journey) -> None:
    said = await trip.say("/generate z-image a fox aspect_ratio=banana promt=4")
    assert "promt" in said.words
    assert "banana" not in said.words
    opened = await trip.answer_to(said)
    assert "Prompt: a fox" in opened.words
    assert "banana" in opened.words
    assert trip.rows == []


async def test_generate_with_a_model_alone_opens_its_card_and_buys_nothing(trip: Journey) -> None:
    opened = await trip.say("/generate ai-music-api/generate")
    assert any("Run" in label for label in labels(opened))
    assert trip.rows == []


async def test_generate_with_an_unknown_model_offers_the_nearest(trip: Journey) -> None:
    opened = await trip.say("/generate z-imag a fox")
    assert opened.words.startswith("Z-Image")
    assert "a fox" in opened.words
    assert trip.rows == []


@pytest.mark.parametrize("name", ["kling", "клинг"])
async def test_generate_by_the_name_of_a_family_offers_its_models_with_the_words(trip: Journey, name: str) -> None:
    offer = await trip.say(f"/generate {name} a red fox")
    assert len([label for label in labels(offer) if "Kling" in label]) > 1
    assert "a red fox" in offer.words
    assert trip.rows == []


@pytest.mark.parametrize("name", ["Z-Image", "z image", "Z-IMAGE"])
async def test_generate_by_a_title_runs_the_model(trip: Journey, name: str) -> None:
    trip.person.say(f"/Generate {name} prompt=a fox in snow")
    await trip.accepted()
    assert trip.rows[0].input["prompt"] == "a fox in snow"


@pytest.mark.parametrize("command", ["/Start", "/HELP", "/Models", "/History", "/Settings", "/Presets", "/Cancel"])
async def test_a_command_may_begin_with_a_capital(trip: Journey, command: str) -> None:
    assert "do not know" not in (await trip.say(command)).words


async def test_generate_alone_explains_itself(trip: Journey) -> None:
    assert "/generate MODEL" in (await trip.say("/generate")).words


async def test_cancel_takes_a_waiting_wish_back(trip: Journey) -> None:
    await trip.press(await card(trip, "Z-Image"), "Run")
    assert "Cancelled" in (await trip.say("/cancel")).words
    assert trip.rows[0].state is GenerationState.CANCELLED
    assert "nothing to cancel" in (await trip.say("/cancel")).words


async def test_cancel_closes_an_open_card(trip: Journey) -> None:
    offer = await card(trip, "Z-Image")
    trip.person.say("/cancel")
    await trip.telegram.until(lambda: "The card is closed." in trip.words())
    assert offer.deleted


async def test_cancel_names_what_it_closed_and_what_it_took_back(trip: Journey) -> None:
    await trip.press(await card(trip, "Z-Image"), "Run")
    await trip.say("a red fox")
    said = (await trip.say("/cancel")).words
    assert "The suggestions are closed." in said
    assert "Cancelled" in said


@pytest.mark.parametrize("language", ["en", "ru"])
async def test_a_photo_and_a_voice_message_are_counted_apart(language: str) -> None:
    async with journey(language=language) as trip:
        offer = await trip.answer_to(trip.person.send_file(PHOTO))
        trip.person.send_file(VOICE)
        await trip.telegram.until(lambda: "🖼 × 1, 🎵 × 1" in "".join(trip.words()) + offer.words)


async def test_the_history_shows_a_result_again() -> None:
    async with journey(driving=True) as trip:
        assert "nothing yet" in (await trip.say("/history")).words
        await trip.press(await card(trip, "Z-Image"), "Run")
        await trip.provider_rings()
        history = await trip.say("/history")
        await trip.press(history, "a red fox")
        photos = [message for message in trip.chat.messages.values() if message.media]
        assert len(photos) == 2


async def test_prices_stand_in_dollars_too_where_a_person_chose_it(trip: Journey) -> None:
    settings = await trip.say("/settings")
    await trip.press(settings, "Prices in dollars too")
    offer = await trip.say("a red fox in snow")
    said = [str(button["text"]) for row in offer.buttons for button in row if "cr" in str(button["text"])]
    assert said
    assert all("($" in label for label in said), said


async def test_settings_change_the_language_at_once_and_for_good(trip: Journey) -> None:
    settings = await trip.say("/settings")
    await trip.press(settings, "Русский")
    assert settings.words == "Настройки"
    assert (await trip.say("/start")).words.startswith("Привет!")


async def test_a_foreign_button_does_nothing_and_says_so(trip: Journey) -> None:
    offer = await card(trip, "Z-Image")
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
    offer = await card(trip, "Z-Image")
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


async def test_an_unknown_command_and_an_edited_message_get_a_sentence(trip: Journey) -> None:
    assert "do not know this command" in (await trip.say("/frobnicate")).words
    mine = trip.person.say("a fox")
    offer = await trip.answer_to(mine)
    trip.person.edit(mine, "a hare")
    assert "don’t read edited messages" in (await trip.answer_to(offer)).words


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


async def test_only_an_admin_can_force_a_model_that_is_not_offered() -> None:
    for admins, forced in (([], False), ([UserId("telegram:100001")], True)):
        async with journey(admins=admins) as trip:
            suspended = next(model for model in catalog().models() if model.status == "suspended")
            said = await trip.say(f"/generate {suspended.id} a fox")
            assert "switched off" in said.words
            if forced:
                opened = await trip.answer_to(said)
                assert any("Run anyway" in label for label in labels(opened))
            else:
                assert not [row for row in trip.drafts.drafts.values() if row.model_id == suspended.id]


async def test_a_limit_is_reported_in_a_sentence() -> None:
    async with journey(settings=Settings(user_limits=UserLimits(in_flight=1))) as trip:
        await trip.press(await card(trip, "Z-Image"), "Run")
        offer = await card(trip, "Z-Image", "a second fox")
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
