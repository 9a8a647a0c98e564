"""Port: who is signed in on pages."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.generation import UserId
from domain.web_session import SessionId, WebSession


class SessionStore(Protocol):
    """The sessions of one bot's people. Raises ``StoreUnavailable`` like the other stores."""

    async def add(self, session: WebSession, /) -> None:
        """Write a new one."""
        ...

    async def find(self, token_hash: str, /) -> WebSession | None:
        """The session whose present or previous token this is the hash of, expired or not; None: there is none."""
        ...

    async def rotate(self, session_id: SessionId, old_hash: str, new_hash: str, /, *, at: datetime) -> bool:
        """Give the session another token, if ``old_hash`` is that of its present one. False: another request was faster."""
        ...

    async def of_user(self, user: UserId, /) -> Sequence[WebSession]:
        """All of a person's, newest first."""
        ...

    async def end(self, session_id: SessionId, user: UserId, /) -> bool:
        """It signs no one in any more. False: there was none of this person's."""
        ...

    async def end_all(self, user: UserId, /) -> int:
        """The same for all of a person's; gives how many."""
        ...

    async def use_once(self, proof_hash: str, /, *, until: datetime) -> bool:
        """Note that a proof of identity was used, and forget those whose time is over. False: it was used before."""
        ...
