"""Port: who uses the bot, who is kept out and who was let in, durable."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.access import AccessStatus, Block, Invite, KnownUser, Subject
from domain.generation import UserId


class AccessStore(Protocol):
    """People, blocks and invites of one bot. Raises ``StoreUnavailable`` like the other stores."""

    async def record_visit(self, person: KnownUser, chat: Subject, /, *, welcome: bool) -> AccessStatus:
        """How the person stands who writes in this chat; the block is theirs, or else the chat's.

        Someone who is not blocked, and is ``welcome`` or was admitted, is remembered as seen, exact to an hour, and
        is gone no longer. A private chat once known stays known.
        """
        ...

    async def standing(self, user: UserId, /) -> AccessStatus:
        """How the person stands; nothing is written. The block is theirs alone."""
        ...

    async def people(self, *, limit: int, offset: int = 0) -> Sequence[KnownUser]:
        """Who was served, the last seen first."""
        ...

    async def person(self, user: UserId, /) -> KnownUser | None:
        """Someone who was served, or None."""
        ...

    async def block(self, block: Block, /) -> None:
        """Keep a person or a chat out; a second block replaces the first."""
        ...

    async def unblock(self, subject: Subject, /) -> bool:
        """Let them in again. False: they were not blocked."""
        ...

    async def blocks(self) -> Sequence[Block]:
        """All that are in force, the newest first."""
        ...

    async def claim_notice(self, subject: Subject, /, *, at: datetime, since: datetime) -> bool:
        """Whether the blocked subject was not informed after ``since``; if True, it counts as informed ``at``."""
        ...

    async def add_invite(self, invite: Invite, /) -> None:
        """Write a new one."""
        ...

    async def admit(self, token: str, user: UserId, /, *, at: datetime) -> bool:
        """Use the invite up by one and let this person in for good. False: there is none, or it is used up or expired.

        Who was admitted before stays so, and uses nothing up.
        """
        ...
