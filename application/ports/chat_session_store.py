"""Port: what a chat shows and waits for, durable, so that buttons outlive a restart."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import NewType, Protocol

from attrs import field, frozen

from domain.draft import DraftId
from domain.generation import Destination, UserId

SessionId = NewType("SessionId", str)
"""10 characters of ``a-z0-9``; stands in every button of the message."""


@frozen(kw_only=True)
class ChatSession:
    """One message of a conversation that the front end keeps up to date: a card, an offer, a question.

    ``state`` belongs to the front end alone: JSON with text as keys, an ``Attachment`` may be among it. ``draft`` is the
    draft that the message shows, if any; ``message`` the front end's id of the message, None before it is sent.
    """

    id: SessionId
    user: UserId
    destination: Destination
    draft: DraftId | None = None
    state: Mapping[str, object] = field(factory=lambda: MappingProxyType({}), repr=False)
    message: str | None = None
    updated_at: datetime


class ChatSessionStore(Protocol):
    """Sessions by id, and the one that a person's next message belongs to. Raises ``StoreUnavailable`` like the other stores."""

    async def save(self, session: ChatSession, /) -> None:
        """Write it and make it the open session of its user in its chat and thread. The last writer wins."""
        ...

    async def get(self, session_id: SessionId, /) -> ChatSession | None:
        """Return the session; None when there is none (any more)."""
        ...

    async def open_session(self, user: UserId, chat: str, thread: str | None, /) -> ChatSession | None:
        """Return the session that this user's next message in this chat and thread belongs to, or None."""
        ...

    async def close(self, session: ChatSession, /) -> None:
        """It is no longer the open session; its buttons still find it by id."""
        ...

    async def forget_of_draft(self, draft_id: DraftId, /) -> None:
        """Forget every session that shows this draft. Forgetting what is not there is fine."""
        ...

    async def forget_untouched(self, since: datetime, /, *, limit: int) -> int:
        """Forget those last saved before ``since``, ``limit`` of them at most. Returns how many went."""
        ...
