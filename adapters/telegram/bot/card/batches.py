"""Messages that belong together although Telegram brings them one by one. Pure."""

from datetime import datetime, timedelta
from typing import Final

from attrs import evolve

from adapters.telegram.api.markup import MESSAGE_LIMIT, units
from adapters.telegram.bot.card.card_page import IncomingBatch
from adapters.telegram.bot.card.card_session import CardSession

LONG: Final = 3_500
"""UTF-16 units from which on a text may be the part of a longer one: apps cut at 4,096, some at the last break before it."""
TOGETHER: Final = timedelta(seconds=3)
"""Parts are sent at once; the time between them is the network's."""


JOINED_LIMIT: Final = 400_000
"""Characters of a text that comes in parts: the longest prompt of the registry may have 390,000. What follows is left out, so
that no card grows for ever."""


def is_continued(session: CardSession, sent_at: datetime) -> bool:
    """Return whether a text sent now goes on with the one before it."""
    batch = session.page.batch
    return bool(batch.text_at) and abs(sent_at.timestamp() - batch.text_at) <= TOGETHER.total_seconds()


def joined(session: CardSession, before: object, text: str) -> str:
    """Return both parts as they were: a part that is not full was cut at a break, which Telegram takes away from its end."""
    seam = "" if session.page.batch.is_full else "\n"
    return f"{before}{seam}{text}"[:JOINED_LIMIT]


def noted(session: CardSession, text: str, sent_at: datetime, *, text_in: str = "") -> CardSession:
    """Return the session that remembers that more of this text may come, where it is long enough for that."""
    if units(text) < LONG:
        return session
    is_full = units(text) >= MESSAGE_LIMIT
    return _with(session, IncomingBatch(text_in=text_in, text_at=int(sent_at.timestamp()), is_full=is_full))


def is_same_album(session: CardSession, album: str) -> bool:
    """Return whether the last file of the session was of this album, too."""
    return bool(album) and session.page.batch.album == album


def was_informed(session: CardSession, album: str) -> bool:
    """Return whether the person knows that the album does not fit."""
    return is_same_album(session, album) and session.page.batch.is_told


def of_album(session: CardSession, album: str, *, is_told: bool = False) -> CardSession:
    """Return the session that remembers which album its files come in."""
    return _with(session, IncomingBatch(album=album, is_told=is_told)) if album else session


def _with(session: CardSession, batch: IncomingBatch) -> CardSession:
    return evolve(session, page=evolve(session.page, batch=batch))
