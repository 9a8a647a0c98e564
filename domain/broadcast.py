"""One message of the operator to everybody who uses the bot."""

from datetime import datetime
from enum import StrEnum
from typing import NewType

from attrs import field, frozen

from domain.generation import UserId

BroadcastId = NewType("BroadcastId", str)
"""10 characters of ``a-z0-9``."""


class BroadcastState(StrEnum):
    """``prepared → sending → done``; ``stopped`` from either of the first two. The last two are final."""

    PREPARED = "prepared"
    SENDING = "sending"
    DONE = "done"
    STOPPED = "stopped"


class RecipientState(StrEnum):
    """How it went with one person. ``sending`` is written before the message leaves; what is found in it later is
    ``unknown`` and not sent again."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    GONE = "gone"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@frozen(kw_only=True)
class Announcement:
    """``text`` has the markup of the front end that it goes through; ``photo`` is that front end's name for a picture."""

    text: str = field(repr=False)
    photo: str | None = field(default=None, repr=False)


@frozen(kw_only=True)
class Broadcast:
    """``author`` is who prepared it."""

    id: BroadcastId
    author: UserId
    announcement: Announcement
    created_at: datetime
    state: BroadcastState = BroadcastState.PREPARED


@frozen(kw_only=True)
class Recipient:
    """Someone it goes to, in their private chat."""

    user: UserId
    chat: str
