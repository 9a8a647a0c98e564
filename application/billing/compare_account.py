"""Whether what has left the accounts at the provider is what their bots took."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from attrs import frozen

from application.billing.reconcile import Difference, DifferenceKind
from application.errors import ProviderError
from application.ports.clock import Clock
from application.ports.media_provider import MediaProvider
from application.ports.provider_accounts import ProviderAccounts, ProviderReading
from domain.bot import ProviderAccount
from domain.provider_account import AccountName

READ_EVERY: Final = timedelta(days=1)
ROUNDING: Final = 0.01
"""Credits by which sums of the provider's fractions may differ."""


OwnAccounts = Callable[[], Mapping[AccountName, ProviderAccount]]
"""The accounts of one bot, by the names that it gives them."""


@frozen(kw_only=True)
class CompareAccount:
    """Over all bots that use the accounts of this one: the provider takes from an account, and knows no bots.

    ``own`` are the accounts of this bot, none while it is not known which bots use them.
    """

    _own: OwnAccounts
    _accounts: ProviderAccounts
    _provider_of: Callable[[AccountName], MediaProvider]
    _clock: Clock

    async def __call__(self, *, remember: bool = False) -> Sequence[Difference]:
        """The differences since the last readings.

        Args:
            remember: keep a reading for the next comparison, where the last one is a day old or of other bots.

        Raises:
            StoreUnavailable: nothing is known.
        """
        own = self._own()
        if not own:
            return [Difference(kind=DifferenceKind.NOT_ASKED, about="provider", other="its bots are not known yet")]
        return [found for name, one in own.items() for found in await self.one(name, one, remember=remember)]

    async def one(self, name: AccountName, account: ProviderAccount, *, remember: bool = False) -> Sequence[Difference]:
        """The same for one account, which this bot calls by that name."""
        before, began = await self._accounts.last_reading(account.name), self._clock.now()
        try:
            left = await self._provider_of(name).credits()
        except ProviderError as error:
            return [Difference(kind=DifferenceKind.NOT_ASKED, about="provider", other=error.code)]
        now = await self._reading(account, left, began)
        is_comparable = before is not None and before.bots == account.bots
        if remember and (before is None or not is_comparable or now.at - before.at >= READ_EVERY):
            await self._accounts.save_reading(account.name, now)
        return await self._between(before, now) if before and is_comparable else []

    async def _reading(self, account: ProviderAccount, left: float, began: datetime) -> ProviderReading:
        """What ended while the provider was asked is as uncertain as what is under way."""
        uncertain = await self._accounts.uncertain(account.bots)
        uncertain += await self._accounts.taken(account.bots, since=began, until=self._clock.now())
        return ProviderReading(at=began, credits=left, uncertain=uncertain, bots=account.bots)

    async def _between(self, before: ProviderReading, now: ProviderReading) -> Sequence[Difference]:
        if now.credits > before.credits:  # the operator has paid in since the last reading
            return []
        gone = before.credits - now.credits
        taken = await self._accounts.taken(now.bots, since=before.at, until=now.at)
        if abs(gone - taken) <= before.uncertain + now.uncertain + ROUNDING:
            return []
        over = f" by {len(now.bots)} bots" if len(now.bots) > 1 else ""
        about = f"since {before.at.isoformat(timespec='minutes')}{over}"
        return [
            Difference(kind=DifferenceKind.PROVIDER_CREDITS, about=about, books=f"{taken:.2f}", other=f"{gone:.2f}")
        ]
