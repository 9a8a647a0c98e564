"""The daily limit of one person, set by an admin while the service runs."""

from attrs import frozen

from application.audit import Audit
from application.ports.limit_store import LimitStore, PersonalLimit
from domain.audit import AuditedAction
from domain.generation import UserId


@frozen(kw_only=True)
class CreditLimit:
    """What a person may spend in 24 hours; None: no limit. ``is_personal``: an admin set it for this person."""

    credits_per_day: float | None
    is_personal: bool


@frozen(kw_only=True)
class LimitPerson:
    """Read, set and remove one person's limit. It counts from the next request on, on every instance."""

    _store: LimitStore
    _everyone: float | None
    _audit: Audit

    async def __call__(self, user: UserId, credits_per_day: float | None, *, by: UserId) -> None:
        """Set the person's own limit; None is no limit, 0 lets the person run nothing that costs.

        Raises:
            StoreUnavailable: the store does not answer.
            ValueError: the limit is below 0, or not a finite number.
        """
        if credits_per_day is not None and not 0 <= credits_per_day < float("inf"):
            raise ValueError(f"a limit is 0 or more, not {credits_per_day}")
        shown = "none" if credits_per_day is None else f"{credits_per_day:g}"
        await self._audit(AuditedAction.LIMIT, by=by, about=user, details=shown)
        await self._store.set(PersonalLimit(user=user, credits_per_day=credits_per_day))

    async def remove(self, user: UserId, *, by: UserId) -> None:
        """Let the limit for everyone hold again."""
        await self._audit(AuditedAction.LIMIT, by=by, about=user, details="default")
        await self._store.remove(user)

    async def read(self, user: UserId) -> CreditLimit:
        """Return the limit that holds for this person."""
        own = await self._store.get(user)
        if own is None:
            return CreditLimit(credits_per_day=self._everyone, is_personal=False)
        return CreditLimit(credits_per_day=own.credits_per_day, is_personal=True)
