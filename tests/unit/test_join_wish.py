"""Messages that are one wish: a picture and its words, in either order."""

from datetime import timedelta

import pytest
from attrs import evolve

from application.wishes.offer_models import Offer
from application.wishes.place_message import TOGETHER, JoinWish, WishParts
from domain.media import MediaKind
from tests.support.generations import NOON
from tests.support.product import PHOTO

OTHER = evolve(PHOTO, reference="file-2")
VOICE = evolve(PHOTO, reference="file-3", kind=MediaKind.AUDIO, mime="audio/ogg", name="voice.ogg")
WORDS, PICTURE = WishParts(text="make it winter"), WishParts(files=(PHOTO,))
BOTH = WishParts(text="make it winter", files=(PHOTO,))


@pytest.mark.parametrize(
    ("message", "offer", "wish"),
    [
        (WORDS, Offer(files=(PHOTO,)), BOTH),
        (PICTURE, Offer(text="make it winter"), BOTH),
        (WishParts(files=(OTHER,)), Offer(files=(PHOTO,)), WishParts(files=(PHOTO, OTHER))),
        (WishParts(files=(OTHER,)), Offer(text="a", files=(PHOTO,)), WishParts(text="a", files=(PHOTO, OTHER))),
        (WORDS, Offer(text="a red fox"), WORDS),
        (WORDS, Offer(text="a red fox", files=(PHOTO,)), WORDS),
        (BOTH, Offer(text="a red fox"), BOTH),
        (PICTURE, Offer(query="veo", text="veo"), PICTURE),
        (WORDS, None, WORDS),
        (
            WishParts(text="say this", files=(VOICE,)),
            Offer(files=(PHOTO,)),
            WishParts(text="say this", files=(PHOTO, VOICE)),
        ),
        (
            WishParts(text="make it winter", files=(OTHER,)),
            Offer(files=(PHOTO,)),
            WishParts(text="make it winter", files=(OTHER,)),
        ),
    ],
)
def test_words_and_a_picture_are_one_wish(message: WishParts, offer: Offer | None, wish: WishParts) -> None:
    assert JoinWish()(message, offer, NOON, NOON + timedelta(minutes=1)) == wish


def test_a_picture_of_an_hour_ago_is_another_wish() -> None:
    assert JoinWish()(WORDS, Offer(files=(PHOTO,)), NOON, NOON + TOGETHER + timedelta(seconds=1)) == WORDS
