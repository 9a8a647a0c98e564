"""Use case: give a person a key for programs."""

import structlog
from attrs import frozen

from application.audit import Audit
from application.limits import Limit
from application.ports.api_key_store import ApiKeyStore
from application.ports.clock import Clock
from application.ports.ids import Ids
from domain.api_key import ApiKey, ApiKeyId, digest_of, key_text
from domain.audit import AuditedAction
from domain.generation import UserId

log = structlog.get_logger()


@frozen(kw_only=True)
class CreateApiKey:
    """The key's text is returned once. Afterwards only its digest is known."""

    _keys: ApiKeyStore
    _ids: Ids
    _clock: Clock
    _audit: Audit

    async def __call__(
        self,
        name: str,
        user: UserId,
        credits_per_day: float | None = None,
        *,
        by: UserId | None = None,
        limit: Limit | None = None,
    ) -> tuple[ApiKey, str]:
        """Return the key and its text; ``credits_per_day`` None: only its person's limits hold. ``by`` None: its person asks.
        ``limit`` is how many keys the person may have.

        Raises:
            LimitReached: the person has as many already.
            StoreUnavailable: the store does not answer.
            ValueError: the limit is below 0, or not a finite number.
        """
        if credits_per_day is not None and not 0 <= credits_per_day < float("inf"):
            raise ValueError(f"a limit is 0 or more, not {credits_per_day}")
        secret = self._ids.secret()
        key = ApiKey(
            id=ApiKeyId(self._ids.short_id()),
            name=name,
            user=user,
            digest=digest_of(secret),
            created_at=self._clock.now(),
            credits_per_day=credits_per_day,
        )
        if by:
            await self._audit(AuditedAction.KEY_CREATE, by=by, about=user, details=key.id)
        await self._keys.add(key, limit=limit)
        log.info("api_key.created", key=key.id, user=user)
        return key, key_text(key.id, secret)
