"""Port: speaking to people apart from any generation."""

from typing import Protocol

from domain.broadcast import Announcement
from domain.operation import Alarm


class Announcer(Protocol):
    """Each call sends one message, ends within a bounded time and repeats nothing by itself.

    Any call may raise:
        DestinationGone: the chat can't be reached any more.
        MessengerUnavailable: certainly not sent; later.
        DeliveryOutcomeUnknown: perhaps sent.
        MessageRefused: the front end does not take it in this form, for any recipient.
    """

    async def announce(self, chat: str, announcement: Announcement, /) -> None:
        """Send the operator's words."""
        ...

    async def alarm(self, chat: str, language: str, alarm: Alarm, /, *, figure: float | None = None) -> None:
        """Tell the operator. ``figure`` goes with the kind: credits left, failures in a row, the epoch that began."""
        ...
