"""Looking through what one made, over the simulated Telegram."""

from collections.abc import AsyncIterator

import pytest
from attrs import evolve

from adapters.telegram.bot.buttons import HistoryButton
from application.ports.media_provider import TaskFailed
from domain.failure import Charged, Failure, FailureKind
from domain.generation import GenerationId
from simulators.telegram import FileKind, Message
from tests.support.generations import a_generation
from tests.support.telegram_journey import Journey, journey
from tests.support.telegram_results import file, made, repeat, text
from tests.support.telegram_simulator import labels


@pytest.fixture
async def trip() -> AsyncIterator[Journey]:
    async with journey(driving=True) as running:
        yield running


def shown(message: Message) -> FileKind | None:
    return message.media.kind if message.media else None


def newest(trip: Journey) -> Message:
    """The bot's last message."""
    return [each for each in trip.chat.messages.values() if each.sender is not trip.person.person][-1]


async def seen(trip: Journey, label: str) -> Message:
    """The history, with this one opened."""
    history = await trip.say("/history")
    await trip.press(history, label)
    return history


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ["Done", "4 credits", "a red fox"]), ("ru", ["Готово", "4 кредита", "a red fox"])],
)
async def test_the_list_turns_into_a_picture_with_how_it_was_made(language: str, words: list[str]) -> None:
    async with journey(driving=True, language=language) as trip:
        await made(trip, "a red fox")
        history = await seen(trip, "a red fox")
        assert shown(history) is FileKind.PHOTO
        assert all(each in history.words for each in ["Z-Image", *words])
        assert newest(trip) is history


async def test_every_kind_is_shown_as_what_it_is_and_turned_in_place(trip: Journey) -> None:
    for ending in ("pdf", "mp3", "mp4", "gif", "png"):
        await made(trip, f"a {ending}", file(ending))
    history = await seen(trip, "a png")
    kinds = []
    for _ in range(4):
        await trip.press(history, "▶")
        kinds.append(shown(history))
    assert kinds == [FileKind.ANIMATION, FileKind.VIDEO, FileKind.AUDIO, FileKind.DOCUMENT]
    assert "▶" not in labels(history)
    await trip.press(history, "◀")
    assert shown(history) is FileKind.AUDIO
    assert newest(trip) is history


async def test_what_no_message_can_be_turned_into_comes_in_words(trip: Journey) -> None:
    await made(trip, "words of a fox", text("The <fox> is red."))
    await made(trip, "a howl", file("ogg"))
    await made(trip, "a fox")
    history = await seen(trip, "a fox")
    await trip.press(history, "▶")
    assert history.deleted
    voice = newest(trip)
    assert "a howl" in voice.words
    await trip.press(voice, "▶")
    assert "The <fox> is red." in voice.words
    await trip.press(voice, "◀")
    await trip.press(voice, "◀")
    assert shown(voice) is FileKind.PHOTO


async def test_the_pictures_of_an_album_are_turned_one_by_one(trip: Journey) -> None:
    await made(trip, "three foxes", *(file("png", f"fox{number}") for number in range(3)))
    history = await seen(trip, "three foxes")
    numbers = set()
    for _ in range(3):
        assert history.media
        numbers.add(history.media.file.number)
        await trip.press(history, "/ 3")
    assert len(numbers) == 3
    assert "🖼 1 / 3" in labels(history)


async def test_a_failure_says_what_happened_and_what_is_under_way_that_it_is(trip: Journey) -> None:
    failure = Failure(kind=FailureKind.CONTENT_REFUSED, charged=Charged.NO)
    trip.provider.outcomes.append(TaskFailed(failure=failure))
    trip.person.say("/generate z-image a forbidden fox")
    await trip.telegram.until(lambda: trip.rows)
    await trip.provider_rings()
    waiting = a_generation(user=trip.rows[0].user, prompt="a coming fox", created_at=trip.rows[0].created_at)
    trip.generations.rows[waiting.id] = waiting
    history = await seen(trip, "forbidden fox")
    assert "content rules" in history.words
    await trip.press(history, "List")
    await trip.press(history, "a coming fox")
    assert "On its way" in history.words
    assert not [label for label in labels(history) if "Delete" in label]


async def test_pages_lead_to_the_oldest_and_back(trip: Journey) -> None:
    row = await made(trip, "fox 20")
    repeat(trip, row, 20)
    history = await trip.say("/history")
    sizes, turns = [], []
    for turn in ("▶", "▶", "◀", "◀"):
        sizes.append(len(labels(history)))
        await trip.press(history, turn)
        turns.append([label for label in labels(history) if label in {"◀", "▶"}])
    assert turns == [["◀", "▶"], ["◀"], ["◀", "▶"], ["▶"]]
    assert sizes == [11, 12, 8, 12]
    await trip.press(history, "▶")
    await trip.press(history, "fox 20")
    await trip.press(history, "List")
    assert [label for label in labels(newest(trip)) if label in {"◀", "▶"}] == ["◀", "▶"]


async def test_words_are_looked_for_after_the_command_and_after_the_button(trip: Journey) -> None:
    for prompt in ("a red fox in snow", "a red hare", "a fox at night"):
        await made(trip, prompt)
    found = await trip.say("/history FOX red")
    assert labels(found)[:-1] == ["✅🖼 a red fox in snow · 4 cr", "🔎 Search", "🗂 Everything"]
    await trip.press(found, "Search")
    assert "Write what to look for" in found.words
    trip.person.say("night")
    await trip.telegram.until(lambda: "“night”" in found.words)
    assert labels(found)[0] == "✅🖼 a fox at night · 4 cr"
    await trip.press(found, "a fox at night")
    assert not {"◀", "▶"} & set(labels(found))
    await trip.press(found, "List")
    again = newest(trip)
    assert "“night”" in again.words
    await trip.press(again, "Everything")
    assert len(labels(again)) == 5
    assert "Choose a model" in (await trip.say("a grey cat in snow")).words


@pytest.mark.parametrize("is_inline", [True, False])
async def test_the_way_to_other_chats_is_there_where_the_bot_can_go_it(trip: Journey, *, is_inline: bool) -> None:
    (bot,) = trip.telegram.bots.values()
    bot.inline = is_inline
    await made(trip, "a red fox")
    found = await trip.say("/history fox")
    queries = [each["switch_inline_query"] for row in found.buttons for each in row if "switch_inline_query" in each]
    assert queries == ["fox"] * is_inline


async def test_a_look_at_the_history_leaves_an_open_card_open(trip: Journey) -> None:
    card = await trip.say("a red fox")
    await trip.press(card, "Z-Image")
    history = await trip.say("/history")
    assert "nothing yet" in history.words
    trip.person.say("a blue hare")
    await trip.telegram.until(lambda: "a blue hare" in card.words)


async def test_a_search_for_nothing_there_says_so_and_leads_back(trip: Journey) -> None:
    await made(trip, "a red fox")
    found = await trip.say("/history walrus")
    assert "nothing with “walrus”" in found.words
    await trip.press(found, "Everything")
    assert labels(found)[0] == "✅🖼 a red fox · 4 cr"


async def test_something_is_sent_again_and_changed_from_here(trip: Journey) -> None:
    await made(trip, "a red fox")
    history = await seen(trip, "a red fox")
    await trip.press(history, "Send it here")
    sent = await trip.answer_to(history)
    assert shown(sent) is FileKind.PHOTO
    await trip.press(history, "Options · 0.8 cr")
    assert "a red fox" in (await trip.answer_to(sent)).words


async def test_deleting_asks_once_and_forgets_words_files_and_card(trip: Journey) -> None:
    offer = await trip.say("a very secret fox")
    await trip.press(offer, "Z-Image")
    await trip.press(offer, "Run")
    row = await trip.provider_rings()
    await made(trip, "another fox")
    history = await seen(trip, "a very secret fox")
    await trip.press(history, "Delete")
    assert "Delete it for good?" in history.words
    assert shown(history) is FileKind.PHOTO
    await trip.press(history, "Back")
    assert "for good" not in history.words
    await trip.press(history, "Delete")
    assert "Deleted for good" in await trip.press(history, "Yes")
    assert [label for label in labels(newest(trip)) if "fox" in label] == ["✅🖼 another fox · 4 cr"]
    assert await trip.generations.get(row.id) is None
    kept = [str(each) + str(each.values) for each in trip.drafts.drafts.values()]
    kept += [str(each) + str(each.state) for each in trip.sessions.sessions.values()]
    kept += [str(each.input) + str(each.receipts) for each in trip.generations.rows.values()]
    assert not [each for each in kept if "secret" in each]
    query = trip.person.ask_inline("secret")
    await trip.telegram.until(lambda: query.answer)
    assert not query.offers


async def test_the_buttons_of_something_deleted_say_that_it_is_gone(trip: Journey) -> None:
    await made(trip, "a red fox")
    result = newest(trip)
    history = await seen(trip, "a red fox")
    await trip.press(history, "Delete")
    data = next(
        str(button["callback_data"]) for row in history.buttons for button in row if "Yes" in str(button["text"])
    )
    await trip.press(history, "Yes")
    assert "no such generation" in await trip.toast(trip.person.press_data(newest(trip), data).id)
    assert "too old" in await trip.press(result, "Once more")


async def test_no_one_else_turns_or_deletes(trip: Journey) -> None:
    row = await made(trip, "a red fox")
    history = await seen(trip, "a red fox")
    mallory = trip.telegram.add_person("Mallory")
    for line in history.buttons:
        for button in line:
            if str(button["callback_data"]).startswith("h:"):
                press = mallory.press_data(history, str(button["callback_data"]))
                assert "someone else's" in await trip.toast(press.id)
    for action in ("see", "delete", "gone"):
        forged = HistoryButton(owner=str(mallory.id), action=action, at=row.id).pack()
        assert "not yours" in await trip.toast(mallory.press_data(history, forged).id)
    assert await trip.generations.get(row.id)


async def test_a_file_of_an_older_version_is_shown_as_what_it_turns_out_to_be(trip: Journey) -> None:
    row = await made(trip, "a film", file("gif"))
    receipts = tuple(evolve(each, forms=()) for each in row.receipts)
    trip.generations.rows[row.id] = evolve(row, receipts=receipts)
    assert shown(await seen(trip, "a film")) is FileKind.ANIMATION


async def test_what_telegram_lost_is_shown_by_its_link(trip: Journey) -> None:
    row = await made(trip, "a film")
    receipts = tuple(evolve(each, file_ids=("lost",)) for each in row.receipts)
    trip.generations.rows[row.id] = evolve(row, receipts=receipts)
    history = await seen(trip, "a film")
    assert shown(history) is None
    assert "a film" in history.words


async def test_long_words_fit_under_the_picture(trip: Journey) -> None:
    row = await made(trip, "a fox")
    long = evolve(row, input={"prompt": "<&🦊" * 500, "note": "x" * 30})
    trip.generations.rows[row.id] = long
    history = await seen(trip, "🦊")
    assert shown(history) is FileKind.PHOTO
    await trip.press(history, "Delete")
    assert "Delete it for good?" in history.words


async def test_long_texts_fit_into_a_message(trip: Journey) -> None:
    row = await made(trip, "a fox", text("y" * 4000))
    trip.generations.rows[row.id] = evolve(row, input={"prompt": "<&🦊" * 1000})
    assert "yyy" in (await seen(trip, "🦊")).words


async def test_a_picture_that_was_not_checked_is_under_a_spoiler(trip: Journey) -> None:
    row = await made(trip, "a fox")
    trip.generations.rows[row.id] = evolve(row, input={"prompt": "a fox", "nsfw_checker": False})
    assert (await seen(trip, "a fox")).spoiler


@pytest.mark.parametrize("at", ["", "x", "9" * 20])
async def test_a_button_no_one_made_is_too_old(trip: Journey, at: str) -> None:
    hello = await trip.say("/start")
    for action in ("older", "newer", "nothing"):
        data = HistoryButton(owner=str(trip.person.id), action=action, at=at).pack()
        assert "too old" in await trip.toast(trip.person.press_data(hello, data).id)


def test_the_longest_button_fits() -> None:
    longest = HistoryButton(owner="9" * 16, action="delete", at=GenerationId("g" * 16), index=49, search="s" * 10)
    assert len(longest.pack()) <= 64
