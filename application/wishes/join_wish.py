"""Use case: which of the messages of a person are one wish."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from attrs import evolve, field, frozen

from application.wishes.offer import Offer
from domain.media import Attachment

TOGETHER: Final = timedelta(minutes=10)
"""How long words wait for their picture, and a picture for its words."""


@frozen(kw_only=True)
class WishParts:
    """The words and files of one message, or of several that are one wish."""

    text: str = field(default="", repr=False)
    files: Sequence[Attachment] = ()


@frozen(kw_only=True)
class JoinWish:
    """Words after a picture belong to it, and so does a picture after the words, or a second file."""

    def __call__(self, parts: WishParts, offer: Offer | None, made_at: datetime, now: datetime) -> WishParts:
        """Return the wish that a new message makes together with the offer that is open; the message alone where they are two.

        ``made_at`` is when that offer was shown last, ``now`` when the message came.
        """
        if offer is None or offer.query or now - made_at > TOGETHER:
            return parts
        if parts.text and not parts.files and offer.files and not offer.text:
            return evolve(parts, files=offer.files)
        if parts.files and not parts.text:
            return WishParts(text=offer.text, files=(*offer.files, *parts.files))
        return parts
