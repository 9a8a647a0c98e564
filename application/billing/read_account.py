"""What a person has, and how it came about."""

from collections.abc import Sequence

from attrs import frozen

from application.billing.free_credits import GiveFreeCredits
from application.ports.clock import Clock
from application.ports.ledger import Ledger
from application.ports.purchase_store import PurchaseStore
from domain.generation import UserId
from domain.ledger import Balance, PostedEntry
from domain.payment import Subscription


@frozen(kw_only=True)
class Account:
    """``entries`` are the newest. ``has_more``: there are older ones."""

    balance: Balance
    entries: Sequence[PostedEntry]
    has_more: bool
    subscriptions: Sequence[Subscription]
    has_paid: bool


@frozen(kw_only=True)
class ReadAccount:
    """The balance, a page of the history, and the subscriptions of one person."""

    _ledger: Ledger
    _purchases: PurchaseStore
    _give_free_credits: GiveFreeCredits
    _clock: Clock

    async def __call__(self, user: UserId, *, limit: int = 8, before: int | None = None) -> Account:
        """Raises ``StoreUnavailable``."""
        await self._give_free_credits(user)
        entries = await self._ledger.history(user, limit=limit + 1, before=before)
        return Account(
            balance=await self._ledger.balance(user),
            entries=entries[:limit],
            has_more=len(entries) > limit,
            subscriptions=await self._purchases.subscriptions(user, at=self._clock.now()),
            has_paid=await self._ledger.has_paid(user),
        )
