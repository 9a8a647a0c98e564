"""Use case: what a person can still spend, in one answer: bought credits, what is left of a limit, or no bound at all."""

from enum import StrEnum

from attrs import frozen

from application.billing.read_account import ReadAccount
from application.operating.read_allowance import ReadAllowance
from domain.generation import UserId
from domain.reservation import credits_of


class MeansKind(StrEnum):
    """``account``: credits that the person has; ``limit``: what the operator lets them use in 24 hours; ``free``: no limit."""

    ACCOUNT = "account"
    LIMIT = "limit"
    FREE = "free"


@frozen(kw_only=True)
class Means:
    """``credits`` that can be spent now, of ``limit``; both 0 where there is no limit."""

    kind: MeansKind
    credits: float = 0.0
    limit: float = 0.0


@frozen(kw_only=True)
class ReadMeans:
    """While credits are sold the account counts, else the limit."""

    _is_sold: bool
    _account: ReadAccount
    _allowance: ReadAllowance

    async def __call__(self, user: UserId) -> Means:
        """Raises StoreUnavailable."""
        if self._is_sold:
            account = await self._account(user)
            return Means(kind=MeansKind.ACCOUNT, credits=float(credits_of(account.balance.units)))
        allowance = await self._allowance(user)
        if allowance.left is None or allowance.credits_per_day is None:
            return Means(kind=MeansKind.FREE)
        return Means(kind=MeansKind.LIMIT, credits=allowance.left, limit=allowance.credits_per_day)
