"""Keeping cards, opening them again and handing them on, over the simulated Telegram."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from attrs import evolve

from application.drafts.fill_draft import files_in
from application.drafts.save_preset import PRESETS_AT_MOST
from domain.generation import UserId
from domain.media import MediaKind
from domain.model import ModelId
from domain.preset import Preset, PresetId
from simulators.telegram import Message, PersonClient, SentFile
from tests.support.generations import NOON
from tests.support.telegram_journey import Journey, journey
from tests.support.telegram_simulator import labels, picture

PHOTO = SentFile(data=picture(), name="fox.jpg", mime="image/jpeg")


@pytest.fixture
async def trip() -> AsyncIterator[Journey]:
    async with journey() as running:
        yield running


def buttons(message: Message, **wanted: object) -> list[dict[str, Any]]:
    """Those that have such a field."""
    return [button for row in message.buttons for button in row if wanted.keys() <= button.keys()]


async def opened_card(trip: Journey, words: str = "a red fox in snow") -> Message:
    offer = await trip.say(words)
    await trip.press(offer, "Z-Image")
    return offer


async def kept(trip: Journey, name: str = "Winter fox") -> Message:
    """A card, kept under this name; gives the message it was in."""
    card = await opened_card(trip)
    await trip.press(card, "💾")
    trip.person.say(name)
    await trip.telegram.until(lambda: f"“{name}”" in card.words)
    return card


async def managed(trip: Journey, name: str = "Winter fox") -> Message:
    """The page of a preset."""
    listed = await trip.say("/presets")
    await trip.press(listed, "✏️")
    await trip.press(listed, name)
    return listed


async def address_of(trip: Journey) -> str:
    """The payload of the link after sharing."""
    page = await managed(trip)
    await trip.press(page, "Share")
    (copied,) = buttons(page, copy_text=1)
    address = str(copied["copy_text"]["text"])
    assert address in page.words
    return address.partition("?start=")[2]


def a_preset(trip: Journey, number: int = 0, **changes: Any) -> Preset:
    """One that is in the store already."""
    preset = Preset(
        id=PresetId(f"p{number:09}"),
        owner=UserId(f"telegram:{trip.person.id}"),
        name=f"Preset {number}",
        model_id=ModelId("z-image"),
        values={"prompt": "a fox"},
        created_at=NOON,
    )
    preset = evolve(preset, **changes)
    trip.presets.presets[preset.id] = preset
    return preset


async def linked(trip: Journey, person: PersonClient, payload: str) -> Message:
    return await trip.answer_to(person.say(f"/start {payload}"))


@pytest.mark.parametrize(
    ("language", "question", "answer", "name"),
    [("en", "what's my balance", "You pay nothing", "Winter fox"), ("ru", "какой у меня баланс", "ничего", "Лиса")],
)
async def test_a_question_is_no_name_and_the_name_is_waited_for(
    language: str, question: str, answer: str, name: str
) -> None:
    async with journey(language=language) as trip:
        card = await trip.card("Z-Image", "z-image a red fox")
        await trip.press(card, "💾")
        assert answer in (await trip.say(question)).words
        trip.person.say(name)
        await trip.telegram.until(lambda: name in card.words)


async def test_a_card_is_kept_under_a_typed_name_and_opened_filled_in(trip: Journey) -> None:
    card = await opened_card(trip)
    await trip.press(card, "Aspect ratio")
    await trip.press(card, "16:9")
    await trip.press(card, "💾")
    assert "keep this card under it. /presets" in card.words
    trip.person.say("  Winter   fox ")
    await trip.telegram.until(lambda: "Kept as “Winter fox”" in card.words)
    listed = await trip.say("/presets")
    await trip.press(listed, "Winter fox")
    reopened = await trip.answer_to(listed)
    await trip.press(reopened, "Run")
    (preset,) = trip.presets.presets.values()
    assert trip.rows[0].input.items() >= {"prompt": "a red fox in snow", "aspect_ratio": "16:9"}.items()
    assert trip.rows[0].input == preset.values


async def test_the_flow_speaks_russian() -> None:
    async with journey(language="ru") as trip:
        card = await opened_card(trip)
        await trip.press(card, "💾 Пресет")
        assert "Напишите название" in card.words
        trip.person.say("Лиса")
        await trip.telegram.until(lambda: "Сохранено как «Лиса»" in card.words)
        listed = await trip.say("/presets")
        assert "Ваши пресеты" in listed.words
        assert labels(listed)[0] == "💾 Лиса · 0,8 кр"


async def test_the_kept_card_goes_on_as_a_card(trip: Journey) -> None:
    card = await kept(trip)
    await trip.press(card, "Back")
    trip.person.say("a blue hare")
    await trip.telegram.until(lambda: "a blue hare" in card.words)
    (preset,) = trip.presets.presets.values()
    assert preset.values["prompt"] == "a red fox in snow"


async def test_files_are_kept_with_the_card(trip: Journey) -> None:
    offer = await trip.answer_to(trip.person.send_file(PHOTO, caption="make it winter"))
    await trip.press(offer, "GPT Image 2.5 Sunburst")
    await trip.press(offer, "💾")
    assert "with the files in it. /presets" in offer.words
    trip.person.say("Winter")
    await trip.telegram.until(lambda: "Kept as" in offer.words)
    listed = await trip.say("/presets")
    await trip.press(listed, "Winter")
    await trip.press(await trip.answer_to(listed), "Run")
    assert [file.kind for file in files_in(trip.rows[0].input)] == [MediaKind.IMAGE]


async def test_a_name_that_is_taken_or_too_long_is_asked_for_again(trip: Journey) -> None:
    first = await kept(trip)
    await trip.press(first, "Back")
    await trip.press(first, "Close")
    card = await opened_card(trip, "a white fox in snow")
    await trip.press(card, "💾")
    trip.person.say("winter FOX")
    await trip.telegram.until(lambda: "another preset of this name" in card.words)
    trip.person.say("x" * 41)
    await trip.telegram.until(lambda: "one to 40 characters" in card.words)
    trip.person.say("Other fox")
    await trip.telegram.until(lambda: "Kept as “Other fox”" in card.words)
    assert {preset.name for preset in trip.presets.presets.values()} == {"Winter fox", "Other fox"}


async def test_the_last_one_allowed_is_said_to_be_the_last(trip: Journey) -> None:
    for number in range(int(PRESETS_AT_MOST.allowed)):
        a_preset(trip, number)
    card = await opened_card(trip)
    await trip.press(card, "💾")
    trip.person.say("One more")
    await trip.telegram.until(lambda: "You keep 50 presets" in card.words)


async def test_someone_without_presets_is_informed_how_to_keep_one(trip: Journey) -> None:
    assert "press 💾" in (await trip.say("/presets")).words


async def test_a_long_list_is_turned(trip: Journey) -> None:
    for number in range(10):
        a_preset(trip, number)
    listed = await trip.say("/presets")
    assert labels(listed)[:2] == ["💾 Preset 9 · 0.8 cr", "💾 Preset 8 · 0.8 cr"]
    await trip.press(listed, "▶")
    assert labels(listed)[:2] == ["💾 Preset 1 · 0.8 cr", "💾 Preset 0 · 0.8 cr"]
    await trip.press(listed, "✏️")
    assert labels(listed)[:2] == ["💾 Preset 1 · 0.8 cr", "💾 Preset 0 · 0.8 cr"]


async def test_a_preset_is_renamed_by_writing(trip: Journey) -> None:
    await kept(trip)
    page = await managed(trip)
    assert "a red fox in snow" in page.words
    await trip.press(page, "Rename")
    trip.person.say("x" * 99)
    await trip.telegram.until(lambda: "one to 40 characters" in page.words)
    trip.person.say("Vixen")
    await trip.telegram.until(lambda: page.words.startswith("💾 Vixen"))
    assert "Choose a model" in (await trip.say("a grey cat in snow")).words


async def test_a_preset_is_deleted_after_it_was_asked_about(trip: Journey) -> None:
    await kept(trip)
    page = await managed(trip)
    await trip.press(page, "Delete")
    assert "for good" in page.words
    assert await trip.press(page, "Yes") == "Deleted"
    assert trip.presets.presets == {}
    assert "no presets yet" in page.words


async def test_anyone_who_has_the_link_opens_a_copy_and_keeps_it_as_their_own(trip: Journey) -> None:
    await kept(trip)
    payload = await address_of(trip)
    assert payload.startswith("p-")
    assert len(payload) <= 64
    oleg = trip.telegram.add_person("Oleg")
    card = await linked(trip, oleg, payload)
    assert "a red fox in snow" in card.words
    await trip.toast(oleg.press(card, next(label for label in labels(card) if "💾" in label)).id)
    oleg.say("From Vera", card.chat)
    await trip.telegram.until(lambda: "Kept as “From Vera”" in card.words)
    assert len({preset.owner for preset in trip.presets.presets.values()}) == 2


async def test_a_kept_card_is_handed_on_at_once_and_stays(trip: Journey) -> None:
    card = await kept(trip)
    await trip.press(card, "Share")
    page = await trip.answer_to(card)
    assert buttons(page, copy_text=1)
    assert "Kept as" in card.words


async def test_a_link_that_was_taken_back_opens_nothing_ever_again(trip: Journey) -> None:
    await kept(trip)
    payload = await address_of(trip)
    page = await managed(trip)
    assert "does not work any more" in await trip.press(page, "Stop sharing")
    oleg = trip.telegram.add_person("Oleg")
    assert "not shared any more" in (await linked(trip, oleg, payload)).words
    assert await address_of(trip) != payload
    assert "not shared any more" in (await linked(trip, oleg, payload)).words


async def test_the_link_on_a_card_opens_the_model_without_the_values(trip: Journey) -> None:
    card = await opened_card(trip)
    await trip.press(card, "💾")
    (copied,) = buttons(card, copy_text=1)
    payload = str(copied["copy_text"]["text"]).partition("?start=")[2]
    opened = await linked(trip, trip.telegram.add_person("Oleg"), payload)
    assert opened.words.startswith("Z-Image")
    assert "a red fox" not in opened.words


async def test_what_a_model_no_longer_takes_is_left_out_with_a_word(trip: Journey) -> None:
    a_preset(trip, values={"prompt": "a fox", "aspect_ratio": "7:1", "sampler": "ddim"}, link="secret")
    listed = await trip.say("/presets")
    said = await trip.press(listed, "Preset 0")
    assert "Aspect ratio, sampler" in said
    card = await linked(trip, trip.person, "p-secret")
    assert "a fox" in card.words
    assert "sampler" in (await trip.answer_to(card)).words


async def test_a_preset_of_a_model_that_is_gone_says_so_and_can_be_deleted(trip: Journey) -> None:
    a_preset(trip, model_id=ModelId("gone"), link="secret")
    listed = await trip.say("/presets")
    assert "not there any more" in await trip.press(listed, "Preset 0")
    assert "not there any more" in (await linked(trip, trip.person, "p-secret")).words
    page = await managed(trip, "Preset 0")
    await trip.press(page, "Delete")
    await trip.press(page, "Yes")
    assert trip.presets.presets == {}


async def test_presets_of_others_cannot_be_touched(trip: Journey) -> None:
    preset = a_preset(trip)
    mallory = trip.telegram.add_person("Mallory")
    hello = await trip.answer_to(mallory.say("/start"))
    for action in ("open", "view", "share", "hand", "unshare", "rename", "delete", "gone", "nothing"):
        press = mallory.press_data(hello, f"p:{preset.id}:{action}")
        assert "not yours" in await trip.toast(press.id)
    assert trip.presets.presets == {preset.id: preset}
    listed = await trip.say("/presets")
    turn = next(str(each["callback_data"]) for row in listed.buttons for each in row if "✏️" in str(each["text"]))
    assert "someone else's" in await trip.toast(mallory.press_data(listed, turn).id)


async def test_a_file_sent_when_a_name_is_asked_for_goes_into_the_card(trip: Journey) -> None:
    offer = await trip.say("убери фон")
    await trip.press(offer, labels(offer)[0])
    await trip.press(offer, "💾")
    trip.person.send_file(PHOTO)
    await trip.telegram.until(lambda: "🖼" in offer.words)
    assert trip.presets.presets == {}
