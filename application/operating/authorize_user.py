"""Someone writes: are they served?"""

from collections.abc import Collection
from datetime import timedelta
from enum import StrEnum
from typing import Final

from attrs import frozen

from application.errors import StoreUnavailable
from application.ports.access_store import AccessStore
from domain.access import Block, KnownUser, Subject, is_invitable
from domain.generation import UserId

NOTICE_EVERY: Final = timedelta(days=1)


class AccessPolicy(StrEnum):
    """How someone is treated."""

    ADMIN = "admin"
    SERVED = "served"
    STRANGER = "stranger"
    BLOCKED = "blocked"


@frozen(kw_only=True)
class AccessDecision:
    """``block`` is what keeps a blocked one out; ``is_notified``: now is the time to say so to them."""

    admission: AccessPolicy
    block: Block | None = None
    is_notified: bool = False


@frozen(kw_only=True)
class AuthorizeUser:
    """Note who writes and say how they are to be treated. ``allowed`` None: everyone is served. Admins always are."""

    _access: AccessStore
    _allowed: Collection[UserId] | None
    _admins: Collection[UserId]

    async def __call__(self, person: KnownUser, chat: Subject) -> AccessDecision:
        """``chat`` is where they write. Only in private is a blocked one informed, once a day.

        Raises:
            StoreUnavailable: no one can say now whether they were invited.
        """
        is_admin, welcome = person.user in self._admins, self._is_welcome(person.user)
        try:
            standing = await self._access.record_visit(person, chat, welcome=welcome)
        except StoreUnavailable:
            if not welcome:
                raise
            return AccessDecision(admission=AccessPolicy.ADMIN if is_admin else AccessPolicy.SERVED)
        if is_admin:
            return AccessDecision(admission=AccessPolicy.ADMIN)
        if standing.block:
            return await self._blocked(standing.block, person)
        return AccessDecision(
            admission=AccessPolicy.SERVED if welcome or standing.is_admitted else AccessPolicy.STRANGER
        )

    async def serves(self, user: UserId) -> bool:
        """Whether a key of theirs works now: as they would be served themselves, were they to write in private.

        Raises:
            StoreUnavailable: no one can say now.
        """
        if user in self._admins:
            return True
        standing = await self._access.standing(user)
        is_let_in = self._is_welcome(user) or standing.is_admitted or not is_invitable(user)
        return is_let_in and standing.block is None

    def _is_welcome(self, user: UserId) -> bool:
        return self._allowed is None or user in self._allowed or user in self._admins

    async def _blocked(self, block: Block, person: KnownUser) -> AccessDecision:
        is_notified = person.chat is not None and await self._access.claim_notice(
            block.subject, at=person.seen_at, since=person.seen_at - NOTICE_EVERY
        )
        return AccessDecision(admission=AccessPolicy.BLOCKED, block=block, is_notified=is_notified)
