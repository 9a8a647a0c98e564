"""Texts and albums that come in several messages."""

from datetime import timedelta

import pytest

from adapters.telegram.bot.card.arrivals import LONG, noted
from adapters.telegram.bot.card.form import files_in, room_for
from adapters.telegram.bot.card.moves import received, written
from adapters.telegram.bot.card.place import Arrival, Page, Place
from domain.draft import Draft, DraftId
from domain.generation import Destination, UserId
from domain.media import Attachment, MediaKind
from domain.model import Model
from tests.support.generations import NOON
from tests.support.registry import catalog, model

SOON, LATER = timedelta(seconds=2), timedelta(seconds=30)
Z_IMAGE = model("z-image")


def a_draft(of: Model = Z_IMAGE) -> Draft:
    return Draft(
        id=DraftId("abcdefghij"),
        user=UserId("telegram:1"),
        destination=Destination(chat="1"),
        model_id=of.id,
        updated_at=NOON,
    )


def said(*texts: str, gap: timedelta = SOON) -> object:
    """The prompt after these messages."""
    draft, at = a_draft(), NOON
    for text in texts:
        changed = written(draft, Z_IMAGE, text, at)
        assert changed
        draft, at = changed, at + gap
    return draft.values["prompt"]


def a_photo(number: int) -> Attachment:
    return Attachment(reference=f"photo{number}", kind=MediaKind.IMAGE, mime="image/jpeg", name=f"{number}.jpg")


def test_full_parts_are_joined_without_a_seam_and_others_at_a_break() -> None:
    full, cut = "x" * 4096, "y" * 4000
    assert said(full, full, "z") == full + full + "z"
    assert said(cut, "z") == f"{cut}\nz"


@pytest.mark.parametrize(
    ("first", "gap"), [("x" * (LONG - 1), SOON), ("x" * 4096, LATER), ("a fox", SOON)], ids=["short", "late", "words"]
)
def test_what_is_no_part_is_replaced_by_what_comes_after_it(first: str, gap: timedelta) -> None:
    assert said(first, "a hare", gap=gap) == "a hare"


def test_a_press_between_two_texts_ends_the_first() -> None:
    part = written(a_draft(), Z_IMAGE, "x" * 4096, NOON)
    assert part
    assert Place.read(part.view).arrival.text_in == "prompt"
    assert noted(a_draft(), "short", NOON) == a_draft()


@pytest.mark.parametrize(
    "one", [each for each in catalog().models() if room_for(each, MediaKind.IMAGE)], ids=lambda m: m.id
)
def test_an_album_fills_what_room_there_is_and_its_first_photos_stay(one: Model) -> None:
    draft, room = a_draft(one), room_for(one, MediaKind.IMAGE)
    for number in range(room):
        changed = received(draft, one, a_photo(number), album="a")
        assert changed, number
        draft = changed
    assert received(draft, one, a_photo(room), album="a") is None
    assert sorted(file.reference for file in files_in(draft.values)) == sorted(f"photo{n}" for n in range(room))


def test_a_place_comes_back_as_it_was_and_another_versions_is_the_first_page() -> None:
    place = Place(page=Page.PARAMETER, parameter=3, search="лис|", arrival=Arrival(album="7", is_told=True))
    assert Place.read(place.write()) == place
    assert Place().write() == "{}"
    assert Place.read('{"page": "of tomorrow"}') == Place.read("more|0|1|") == Place()
