"""Messages that belong together although Telegram brings them one by one. Pure."""

from datetime import datetime, timedelta
from typing import Final

from attrs import evolve

from adapters.telegram.api.markup import MESSAGE_LIMIT, units
from adapters.telegram.bot.card.place import Arrival, Place
from domain.draft import Draft

LONG: Final = 3_500
"""UTF-16 units from which on a text may be the part of a longer one: apps cut at 4,096, some at the last break before it."""
TOGETHER: Final = timedelta(seconds=3)
"""Parts are sent at once; the time between them is the network's."""


def is_continued(draft: Draft, sent_at: datetime) -> bool:
    """Whether a text sent now goes on with the one before it."""
    arrival = Place.read(draft.view).arrival
    return bool(arrival.text_at) and abs(sent_at.timestamp() - arrival.text_at) <= TOGETHER.total_seconds()


def joined(draft: Draft, before: object, text: str) -> str:
    """Both parts as they were: a part that is not full was cut at a break, which Telegram takes away from its end."""
    seam = "" if Place.read(draft.view).arrival.is_full else "\n"
    return f"{before}{seam}{text}"


def noted(draft: Draft, text: str, sent_at: datetime, *, text_in: str = "") -> Draft:
    """The draft that remembers that more of this text may come, where it is long enough for that."""
    if units(text) < LONG:
        return draft
    arrival = Arrival(text_in=text_in, text_at=int(sent_at.timestamp()), is_full=units(text) >= MESSAGE_LIMIT)
    return _with(draft, arrival)


def is_same_album(draft: Draft, album: str) -> bool:
    """Whether the last file on the card was of this album, too."""
    return bool(album) and Place.read(draft.view).arrival.album == album


def is_told(draft: Draft, album: str) -> bool:
    """Whether somebody knows that the album does not fit."""
    return is_same_album(draft, album) and Place.read(draft.view).arrival.is_told


def of_album(draft: Draft, album: str, *, is_told: bool = False) -> Draft:
    """The draft that remembers which album its files come in."""
    return _with(draft, Arrival(album=album, is_told=is_told)) if album else draft


def _with(draft: Draft, arrival: Arrival) -> Draft:
    return evolve(draft, view=evolve(Place.read(draft.view), arrival=arrival).write())
