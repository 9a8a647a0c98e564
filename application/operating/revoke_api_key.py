"""Use case: close the door for a key."""

import structlog
from attrs import frozen

from application.audit import Audit
from application.ports.api_key_store import ApiKeyStore
from application.ports.clock import Clock
from domain.api_key import ApiKeyId
from domain.audit import AuditedAction
from domain.generation import UserId

log = structlog.get_logger()


@frozen(kw_only=True)
class RevokeApiKey:
    """A revoked key never works again. Generations that it began go on."""

    _keys: ApiKeyStore
    _clock: Clock
    _audit: Audit

    async def __call__(self, key_id: ApiKeyId, *, by: UserId | None = None) -> bool:
        """Return whether there was such a key that was still valid. ``by`` None: its person asks. Raises StoreUnavailable."""
        if by:
            await self._audit(AuditedAction.KEY_REVOKE, by=by, about=key_id)
        revoked = await self._keys.revoke(key_id, at=self._clock.now())
        if revoked:
            log.info("api_key.revoked", key=key_id)
        return revoked
