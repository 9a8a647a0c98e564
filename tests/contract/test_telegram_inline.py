"""A person finds their own results in any chat, over the simulated Telegram."""

from collections.abc import AsyncIterator

import pytest
from attrs import evolve

from adapters.memory.trouble import Trouble
from application.errors import StoreUnavailable
from domain.generation import UserId
from simulators.telegram import FileKind, PersonClient, Query
from tests.support.telegram_journey import Journey, journey
from tests.support.telegram_results import file, made, repeat, text


@pytest.fixture
async def trip() -> AsyncIterator[Journey]:
    async with journey(driving=True) as running:
        yield running


async def found(trip: Journey, words: str = "", *, person: PersonClient | None = None, offset: str = "") -> Query:
    """What the bot offers for ``@bot words``."""
    query = (person or trip.person).ask_inline(words, offset=offset)
    await trip.telegram.until(lambda: query.answer)
    return query


def kinds(query: Query) -> list[FileKind | None]:
    return [offer.media.kind if offer.media else None for offer in query.offers.values()]


async def test_every_kind_of_result_is_found_as_what_it_is(trip: Journey) -> None:
    for ending in ("png", "gif", "mp4", "mp3", "ogg", "pdf"):
        await made(trip, f"a {ending} of a fox", file(ending))
    await made(trip, "words of a fox", text("The fox is red."))
    every = [
        None,
        FileKind.DOCUMENT,
        FileKind.VOICE,
        FileKind.AUDIO,
        FileKind.VIDEO,
        FileKind.ANIMATION,
        FileKind.PHOTO,
    ]
    assert kinds(await found(trip, "fox")) == every
    assert trip.telegram.log.by_status[400] == 0


async def test_pictures_sent_as_files_are_found_as_files(trip: Journey) -> None:
    preferences = await trip.preferences.get(UserId(f"telegram:{trip.person.id}"))
    await trip.preferences.save(evolve(preferences, originals=True))
    await made(trip, "a red fox")
    assert kinds(await found(trip)) == [FileKind.DOCUMENT]


async def test_all_words_must_be_in_the_prompt(trip: Journey) -> None:
    for prompt in ("a red fox in snow", "a blue fox in snow", "a red hare"):
        await made(trip, prompt)
    assert [offer.title for offer in (await found(trip, "SNOW red")).offers.values()] == ["a red fox in snow"]
    assert len((await found(trip)).offers) == 3


async def test_a_chosen_result_goes_into_the_chat_without_its_prompt(trip: Journey) -> None:
    await made(trip, "a red fox")
    await made(trip, "the fox in words", text("The <fox> is red."))
    friends = trip.telegram.add_group("Friends", [trip.person], [])
    query = await found(trip)
    words, picture = [trip.person.choose(query, result, friends) for result in query.offers]
    assert (words.words, words.media) == ("The <fox> is red.", None)
    assert picture.media
    assert (picture.words, picture.buttons) == ("", [])


async def test_an_album_is_found_picture_by_picture(trip: Journey) -> None:
    await made(trip, "four foxes", *(file("png", f"fox{number}") for number in range(4)))
    assert kinds(await found(trip)) == [FileKind.PHOTO] * 4


async def test_more_results_than_an_answer_takes_are_cut(trip: Journey) -> None:
    row = await made(trip, "words", text("a fox"))
    trip.generations.rows[row.id] = evolve(row, results=row.results * 60)
    first = await found(trip)
    assert (len(first.offers), first.next_offset) == (50, "")


async def test_a_long_list_follows_as_it_is_scrolled_and_nothing_comes_twice(trip: Journey) -> None:
    row = await made(trip, "a fox", file("png"), file("png", "other"), file("png", "third"))
    repeat(trip, row, 22)
    first = await found(trip)
    second = await found(trip, offset=first.next_offset)
    assert len(first.offers) == 48
    assert len(second.offers) == 21
    assert not first.offers.keys() & second.offers.keys()
    assert second.next_offset == ""


@pytest.mark.parametrize(("language", "said"), [("en", "Make it here"), ("ru", "Создать")])
async def test_where_nothing_is_found_a_button_leads_to_the_bot(language: str, said: str) -> None:
    async with journey(driving=True, language=language) as trip:
        await made(trip, "a red fox")
        query = await found(trip, "a walrus")
        assert query.switch
        assert said in str(query.switch["text"])
        greeting = await trip.say(f"/start {query.switch['start_parameter']}")
        assert greeting.words.startswith(("Hello!", "Привет!"))


async def test_other_people_find_nothing_of_it(trip: Journey) -> None:
    await made(trip, "a red fox")
    query = await found(trip, "fox", person=trip.telegram.add_person("Mallory"))
    assert not query.offers
    assert query.answer
    calls = [call for call in trip.telegram.log.calls if call.method == "answerInlineQuery"]
    assert [call.parameters["is_personal"] for call in calls] == ["true"]


async def test_someone_who_is_not_served_gets_nothing_at_all() -> None:
    async with journey(allowed=[UserId("telegram:1")]) as trip:
        query = await found(trip)
        assert (query.offers, query.switch) == ({}, None)


async def test_what_did_not_succeed_or_is_under_way_is_not_offered(trip: Journey) -> None:
    trip.person.say("/generate z-image a fox that never comes")
    await trip.telegram.until(lambda: trip.rows)
    assert not (await found(trip)).offers


@pytest.mark.parametrize("offset", ["nonsense", "-1", "9" * 60])
async def test_an_offset_of_someone_elses_making_brings_nothing_and_no_fault(trip: Journey, offset: str) -> None:
    await made(trip, "a red fox")
    assert not (await found(trip, offset=offset)).offers


async def test_while_the_store_is_away_the_answer_is_empty(trip: Journey) -> None:
    trip.generations.on_read.add(Trouble(error=StoreUnavailable("no connection")))
    assert not (await found(trip)).offers


async def test_a_file_that_telegram_does_not_know_any_more_costs_the_others_nothing(trip: Journey) -> None:
    lost, _ = await made(trip, "a red fox"), await made(trip, "a blue fox")
    dead = tuple(evolve(receipt, file_ids=("AgACAgIAAxkBAAIdead",)) for receipt in lost.receipts)
    trip.generations.rows[lost.id] = evolve(trip.generations.rows[lost.id], receipts=dead)
    for refused in (1, 1):  # from then on it is known
        assert [offer.title for offer in (await found(trip)).offers.values()] == ["a blue fox"]
        refusals = [call for call in trip.telegram.log.of("answerInlineQuery") if call.status == 400]
        assert len(refusals) == refused
