"""What each command of the chat does, over the simulated Telegram."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from domain.generation import GenerationState, UserId
from simulators.telegram import SentFile
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


@pytest.mark.parametrize(("language", "ignored"), [("en", "KIE will ignore"), ("ru", "KIE не учтёт")])
async def test_what_the_provider_drops_is_said_before_anything_runs(language: str, ignored: str) -> None:
    async with journey(language=language) as trip:
        opened = await trip.say("/generate wan/2-7-image a fox thinking_mode=true enable_sequential=true")
        assert ignored in opened.words
        assert trip.rows == []
        offer = await trip.say("30 second jingle for a toothpaste brand")
        assert ignored in offer.words
        assert any(label.startswith("▶️ ⭐ Suno") for label in labels(offer))


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
    await trip.press(await trip.card("Z-Image"), "Run")
    assert "Cancelled" in (await trip.say("/cancel")).words
    assert trip.rows[0].state is GenerationState.CANCELLED
    assert "nothing to cancel" in (await trip.say("/cancel")).words


async def test_cancel_closes_an_open_card(trip: Journey) -> None:
    offer = await trip.card("Z-Image")
    trip.person.say("/cancel")
    await trip.telegram.until(lambda: "The card is closed." in trip.words())
    assert offer.deleted


async def test_cancel_names_what_it_closed_and_what_it_took_back(trip: Journey) -> None:
    await trip.press(await trip.card("Z-Image"), "Run")
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
        await trip.press(await trip.card("Z-Image"), "Run")
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


@pytest.mark.parametrize(("language", "words"), [("en", "what's my balance"), ("ru", "какой у меня баланс")])
async def test_where_nothing_is_sold_the_command_for_the_balance_answers_like_the_question(
    language: str, words: str
) -> None:
    async with journey(language=language) as trip:
        asked = await trip.say(words)
        commanded = await trip.say("/balance")
        assert commanded.words == asked.words
        assert labels(commanded) == labels(asked)


async def test_an_unknown_command_and_an_edited_message_get_a_sentence(trip: Journey) -> None:
    assert "do not know this command" in (await trip.say("/frobnicate")).words
    mine = trip.person.say("a fox")
    offer = await trip.answer_to(mine)
    trip.person.edit(mine, "a hare")
    assert "don’t read edited messages" in (await trip.answer_to(offer)).words


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
