"""Texts and albums that come in several messages."""

from datetime import timedelta

import pytest

from adapters.telegram.bot.card.card_session import JOINED_LIMIT, LONG, CardPage, CardPageKind, IncomingBatch, noted
from adapters.telegram.bot.card.moves import received, written
from application.drafts.fill_draft import files_in, room_for
from domain.media import Attachment, MediaKind
from domain.model import Model
from tests.support.card_sessions import a_session, moved
from tests.support.generations import NOON
from tests.support.registry import catalog, model

SOON, LATER = timedelta(seconds=2), timedelta(seconds=30)
Z_IMAGE = model("z-image")


def said(*texts: str, gap: timedelta = SOON) -> object:
    """The prompt after these messages."""
    session, at = a_session(Z_IMAGE), NOON
    for text in texts:
        session, at = moved(written(session, Z_IMAGE, text, at), Z_IMAGE), at + gap
    return session.values["prompt"]


def a_photo(number: int) -> Attachment:
    return Attachment(reference=f"photo{number}", kind=MediaKind.IMAGE, mime="image/jpeg", name=f"{number}.jpg")


def test_full_parts_are_joined_without_a_seam_and_others_at_a_break() -> None:
    full, cut = "x" * 4096, "y" * 4000
    assert said(full, full, "z") == full + full + "z"
    assert said(cut, "z") == f"{cut}\nz"


def test_four_hundred_messages_at_once_make_no_draft_of_megabytes() -> None:
    assert len(str(said(*["я" * 4096] * 400))) == JOINED_LIMIT


@pytest.mark.parametrize(
    ("first", "gap"), [("x" * (LONG - 1), SOON), ("x" * 4096, LATER), ("a fox", SOON)], ids=["short", "late", "words"]
)
def test_what_is_no_part_is_replaced_by_what_comes_after_it(first: str, gap: timedelta) -> None:
    assert said(first, "a hare", gap=gap) == "a hare"


def test_a_press_between_two_texts_ends_the_first() -> None:
    part = moved(written(a_session(Z_IMAGE), Z_IMAGE, "x" * 4096, NOON), Z_IMAGE)
    assert part.page.batch.text_in == "prompt"
    assert noted(a_session(Z_IMAGE), "short", NOON) == a_session(Z_IMAGE)


@pytest.mark.parametrize(
    "one", [each for each in catalog().models() if room_for(each, MediaKind.IMAGE)], ids=lambda m: m.id
)
def test_an_album_fills_what_room_there_is_and_its_first_photos_stay(one: Model) -> None:
    session, room = a_session(one), room_for(one, MediaKind.IMAGE)
    for number in range(room):
        session = moved(received(session, one, a_photo(number), album="a"), one)
    assert received(session, one, a_photo(room), album="a") is None
    assert sorted(file.reference for file in files_in(session.values)) == sorted(f"photo{n}" for n in range(room))


def test_a_page_comes_back_as_it_was_and_another_versions_is_the_first_page() -> None:
    page = CardPage(
        page=CardPageKind.PARAMETER, parameter=3, search="лис|", batch=IncomingBatch(album="7", is_informed=True)
    )
    assert CardPage.read(page.write()) == page
    assert CardPage().write() == {}
    assert CardPage.read({"batch": {"album": "7", "is_told": True}}).batch == IncomingBatch(album="7", is_informed=True)
    assert CardPage.read({"page": "of tomorrow"}) == CardPage.read("more|0|1|") == CardPage()
