"""Characters in the chat: kept, chosen on a card, and used again."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from attrs import evolve, frozen

from adapters.memory.trouble import Trouble
from application.errors import ProviderRejected, ProviderUnavailable
from application.results.use_references import AT_MOST
from domain.failure import Failure, FailureKind
from domain.generation import UserId
from domain.kept_media import MediaId
from domain.reference_set import CHARACTER_IDS, CharacterId, ReferenceKind, ReferenceSet, ReferenceSetId
from simulators.telegram import Chat, Message, SentFile
from tests.support.between_simulators import between_simulators, newest
from tests.support.generations import NOON
from tests.support.telegram_journey import Journey, journey
from tests.support.telegram_simulator import labels, picture

PORTRAIT = SentFile(data=picture(), name="fox.jpg", mime="image/jpeg")
FIGURE = SentFile(data=picture(colour="red"), name="figure.jpg", mime="image/jpeg")


@frozen
class Labels:
    keep: str
    name_question: str
    more: str
    page: str
    again: str
    delete: str
    sure: str
    question: str


LABELS = {
    "en": Labels(
        "Keep as a character",
        "Write a name",
        "More (",
        "Characters",
        "This character again",
        "Delete a",
        "Yes, delete",
        "“Рыж” for good?",
    ),
    "ru": Labels(
        "Сохранить персонажа",
        "Напишите имя",
        "Ещё (",
        "Персонажи",
        "Этот же персонаж",
        "Удалить пер",
        "Да, удалить",
        "«Рыж» навсегда?",
    ),
}


@pytest.fixture
async def trip() -> AsyncIterator[Journey]:
    async with journey(driving=True) as running:
        yield running


@pytest.fixture
def group(trip: Journey) -> Chat:
    return trip.telegram.add_group("Friends", [trip.person])


async def made(trip: Journey, line: str, chat: Chat | None = None) -> Message:
    """The message that brings what this command makes."""
    before = len(trip.rows)
    at = address(trip, chat).strip()
    trip.person.say(f"/generate{at} {line}", chat)
    await trip.provider_rings(after=before)
    return next(message for message in reversed((chat or trip.chat).messages.values()) if message.media)


def address(trip: Journey, chat: Chat | None) -> str:
    """How a message of a group begins that is for the bot."""
    return f"@{next(iter(trip.telegram.bots.values())).username} " if chat else ""


async def omni_card(trip: Journey, chat: Chat | None = None, language: str = "en") -> Message:
    """A card of the model that takes characters, on their page."""
    card = await trip.answer_to(trip.person.say(f"{address(trip, chat)}gemini omni flash 1.1 the fox runs", chat))
    await trip.press(card, "Gemini Omni Flash")
    await trip.press(card, LABELS[language].more)
    await trip.press(card, LABELS[language].page)
    return card


def keep(trip: Journey, name: str) -> ReferenceSet:
    """A character that is in the store already and was shown to the account of today."""
    kept = ReferenceSet(
        id=ReferenceSetId(f"c{len(trip.references.references):09}"),
        owner=UserId(f"telegram:{trip.person.id}"),
        name=name,
        kind=ReferenceKind.CHARACTER,
        media=(MediaId("m"),),
        created_at=NOON + timedelta(seconds=len(trip.references.references)),
        character=CharacterId(f"id of {name}"),
        character_account=trip.graph.use_references()._account,  # a row as the service wrote it
    )
    trip.references.references[kept.id] = kept
    return kept


def chosen(trip: Journey) -> object:
    """The characters of the newest draft."""
    return list(trip.drafts.drafts.values())[-1].values.get(CHARACTER_IDS)


@pytest.mark.parametrize("language", ["en", "ru"])
async def test_a_picture_becomes_the_character_of_a_film_and_of_the_next_one(language: str) -> None:
    words = LABELS[language]
    async with between_simulators(language) as (trip, kie):
        result = await made(trip, "z-image a portrait of a fox")
        await trip.press(result, "⋯")
        await trip.press(result, words.keep)
        question = await trip.answer_to(result)
        assert words.name_question in question.words
        assert "Рыж" in (await trip.say("Рыж")).words
        card = await omni_card(trip, language=language)
        await trip.press(card, "🧍 Рыж")
        [(character, shown)] = kie.characters.made.items()
        assert shown["character_name"] == "Рыж"
        assert "✅ Рыж" in labels(card)
        assert character not in card.words
        await trip.press(card, "✅ Рыж")
        assert "🧍 Рыж" in labels(card)
        await trip.press(card, "🧍 Рыж")
        await trip.press(card, "⬅")
        await trip.press(card, "▶️")
        if len(trip.rows) == 1:  # what is dear is asked about
            await trip.press(card, "▶️")
        row = await trip.provider_rings(after=1)
        assert row.input[CHARACTER_IDS] == [character]
        assert list(kie.account.tasks.values())[-1].input[CHARACTER_IDS] == [character]
        film = next(message for message in reversed(trip.chat.messages.values()) if message.media)
        await trip.press(film, words.again)
        assert words.page in (await trip.answer_to(film)).words
        assert chosen(trip) == [character]
        assert len(kie.characters.made) == 1
        again = await trip.answer_to(film)
        for label in (words.more, words.page, words.delete, "🗑 Рыж"):
            await trip.press(again, label)
        assert words.question in again.words
        await trip.press(again, words.sure)
        assert "Рыж" not in str(labels(again))
        assert chosen(trip) is None
        assert not [call for call in trip.telegram.log.calls if call.status == 400]


async def test_pictures_sent_to_the_page_are_kept_and_chosen(trip: Journey) -> None:
    card = await omni_card(trip)
    assert "You keep no characters yet" in card.words
    [*_, last] = trip.person.send_files([PORTRAIT, FIGURE])
    question = await trip.answer_to(last)
    assert "Write a name" in question.words
    trip.person.say("  Our   fox ")
    await trip.telegram.until(lambda: "✅ Our fox" in labels(newest(trip)))
    [kept] = trip.references.references.values()
    assert (kept.name, kept.kind, len(kept.media)) == ("Our fox", ReferenceKind.CHARACTER, 2)
    assert chosen(trip) == [kept.character]


async def test_what_the_provider_does_not_take_is_said(trip: Journey) -> None:
    trip.provider.on_make_character.add(
        Trouble(error=ProviderRejected(Failure(kind=FailureKind.INPUT_REJECTED))),
        Trouble(error=ProviderUnavailable("code 500")),
    )
    await omni_card(trip)
    trip.person.send_file(PORTRAIT)
    await trip.telegram.until(lambda: "Write a name" in newest(trip).words)
    assert "A clear portrait helps" in (await trip.say("Fox")).words
    card = await omni_card(trip)
    assert "can't be reached" in await trip.press(card, "🧍 Fox")
    await trip.press(card, "🧍 Fox")
    assert "✅ Fox" in labels(card)


async def test_a_hundred_are_the_most(trip: Journey) -> None:
    for number in range(int(AT_MOST.allowed)):
        keep(trip, f"No. {number}")
    card = await omni_card(trip)
    assert labels(card)[:2] == ["🧍 No. 99", "🧍 No. 98"]
    await trip.press(card, "▶")
    assert labels(card)[0] == "🧍 No. 91"
    trip.person.send_file(PORTRAIT)
    await trip.telegram.until(lambda: "Write a name" in newest(trip).words)
    assert "You keep 100 characters" in (await trip.say("One more")).words


async def test_a_character_of_another_account_is_shown_to_the_account_of_today(trip: Journey) -> None:
    card = await omni_card(trip)
    trip.person.send_file(PORTRAIT)
    await trip.telegram.until(lambda: "Write a name" in newest(trip).words)
    trip.person.say("Fox")
    await trip.telegram.until(lambda: "✅ Fox" in labels(newest(trip)))
    [kept] = trip.references.references.values()
    trip.references.references[kept.id] = evolve(kept, character_account="before the key was replaced")
    card = newest(trip)
    await trip.press(card, "✅ Fox")
    assert chosen(trip) is None
    await trip.press(card, "🧍 Fox")
    assert chosen(trip) == [trip.references.references[kept.id].character]
    assert chosen(trip) != [kept.character]


async def test_what_is_gone_or_of_another_person_can_not_be_chosen(trip: Journey) -> None:
    fox = keep(trip, "Fox")
    oleg = trip.of(trip.telegram.add_person("Oleg"))
    hare = keep(oleg, "Hare")
    card = await omni_card(trip)
    assert "Hare" not in str(labels(card))
    data = next(str(each["callback_data"]) for row in card.buttons for each in row if "Fox" in str(each["text"]))
    assert "someone else's" in await trip.toast(oleg.person.press_data(card, data).id)
    assert "no such character" in await trip.toast(trip.person.press_data(card, data.replace(fox.id, hare.id)).id)
    del trip.references.references[fox.id]
    assert "no such character" in await trip.press(card, "Fox")
    assert chosen(trip) is None


async def test_a_group_sees_no_characters_and_hears_no_names(trip: Journey, group: Chat) -> None:
    keep(trip, "Secret fox")
    card = await omni_card(trip, group)
    assert "private chat" in card.words
    assert "Secret fox" not in str(labels(card))
    result = await made(trip, "z-image a fox", group)
    await trip.press(result, "⋯")
    await trip.say("/start")
    assert "sent it to our private chat" in await trip.press(result, "Keep as a character")
    assert "Write a name" in newest(trip).words
    assert "“Fox” is kept" in (await trip.say("Fox")).words
