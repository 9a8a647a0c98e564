"""Let someone in who comes with an invite."""

import structlog
from attrs import frozen

from application.ports.access_store import AccessStore
from application.ports.clock import Clock
from domain.generation import UserId

log = structlog.get_logger()


@frozen(kw_only=True)
class AcceptInvite:
    """From then on they are served, until someone blocks them."""

    _access: AccessStore
    _clock: Clock

    async def __call__(self, token: str, user: UserId) -> bool:
        """False: the invite is used up, expired, or never was one. Raises ``StoreUnavailable``."""
        is_in = await self._access.admit(token, user, at=self._clock.now())
        log.info("invite.used" if is_in else "invite.refused", user=user)
        return is_in
