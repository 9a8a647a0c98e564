"""What a person has, and how it came about."""

from collections.abc import Sequence
from typing import Final

from attrs import frozen

from application.billing.account_lines import AccountLine, account_lines
from application.billing.free_credits import GiveFreeCredits
from application.ports.clock import Clock
from application.ports.ledger import Ledger
from application.ports.purchase_store import PurchaseStore
from domain.generation import UserId
from domain.ledger import Balance, EntryKind, release_key
from domain.payment import Subscription

PAGE: Final = 24
"""Entries on a page: a generation makes three of them, and one line."""


@frozen(kw_only=True)
class Account:
    """``lines`` are the newest before the page's edge; ``older`` is the edge of the next page, None on the last."""

    balance: Balance
    lines: Sequence[AccountLine]
    older: int | None
    subscriptions: Sequence[Subscription]
    has_paid: bool

    def renews(self, package: str) -> bool:
        """Whether the person has this monthly package and it goes on: it is not sold to them a second time."""
        return any(each.package == package and not each.is_stopped for each in self.subscriptions)


@frozen(kw_only=True)
class ReadAccount:
    """The balance, a page of the history, and the subscriptions of one person."""

    _ledger: Ledger
    _purchases: PurchaseStore
    _give_free_credits: GiveFreeCredits
    _clock: Clock

    async def __call__(self, user: UserId, *, before: int | None = None) -> Account:
        """``before`` is the ``older`` of the page before. Raises ``StoreUnavailable``."""
        await self._give_free_credits(user)
        entries = await self._ledger.history(user, limit=PAGE + 1, before=before)
        page = entries[:PAGE]
        held = [each.entry.reference for each in page if each.entry.kind is EntryKind.RESERVATION]
        released = await self._ledger.find([release_key(reference) for reference in held]) if held else {}
        return Account(
            balance=await self._ledger.balance(user),
            lines=account_lines(page, released={posted.entry.reference for posted in released.values()}),
            older=page[-1].number if len(entries) > PAGE else None,
            subscriptions=await self._purchases.subscriptions(user, at=self._clock.now()),
            has_paid=await self._ledger.has_paid(user),
        )
