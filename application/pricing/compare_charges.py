"""The leader's duty: compare what the provider took with what it is quoted at."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from statistics import mean
from typing import Final

from attrs import define, field

from application.leading.leadership_guard import LeadershipGuard
from application.leading.repeat import repeat
from application.ports.book_reports import BookReports, ProviderCharge
from application.ports.clock import Clock
from application.ports.leader_lock import Leadership
from application.ports.model_catalog import ModelCatalog
from application.pricing.quote_price import QuotePrice
from application.pricing.refresh_prices import RefreshPrices
from domain.model import Model, ModelId
from domain.operation import Alarm, AlarmKind
from domain.price import PriceQuote
from domain.price_feed import CHARGED, FeedPrice

EVERY_S: Final = 600.0
IN_A_ROW: Final = 10
"""So many successes of a model are looked at together, the last ones."""
BORNE: Final = 0.05
"""Such a share more or less is no difference."""


@define(kw_only=True, eq=False)
class CompareCharges:
    """A ``ConditionSource``: says for which models the last charges lie outside of their quotes, and teaches the price book what was charged.

    The inputs are quoted as they would be today, so a price that was taught is not taught again. Only a price of one rule
    is taught, and only where all charges differ from it alike; any other difference is left to the operator.
    """

    _reports: BookReports
    _catalog: ModelCatalog
    _quote: QuotePrice
    _prices: RefreshPrices
    _clock: Clock
    _apart: dict[ModelId, float] | None = field(default=None, init=False, repr=False)
    """None until this leader has looked: an alarm of the last leader's stays until then."""

    @property
    def kinds(self) -> frozenset[AlarmKind]:
        """The alarms that come from here."""
        return frozenset() if self._apart is None else frozenset({AlarmKind.CHARGED_OTHERWISE})

    def present(self) -> Mapping[Alarm, float]:
        """The models whose charges lie outside of their quotes, by how many percent."""
        apart = self._apart or {}
        return {Alarm(kind=AlarmKind.CHARGED_OTHERWISE, about=model): percent for model, percent in apart.items()}

    async def run(self, leadership: Leadership) -> None:
        """Until cancelled, or ``NotLeader``."""
        self._apart = None
        guard = LeadershipGuard(leadership)

        async def turn() -> None:
            guard.check()
            self._apart = dict(await self())

        await repeat(turn, duty="charges", clock=self._clock, every_s=EVERY_S)

    async def drain(self) -> None:
        """Nothing: the next leader compares again."""

    async def __call__(self) -> Mapping[ModelId, float]:
        """Return by how many percent the charges lie above the most (below the least: negative) of their quotes, by model.

        Raises:
            StoreUnavailable: ask again.
        """
        models = {model.id: model for model in self._catalog.models() if model.is_offered}
        found: dict[ModelId, float] = {}
        taught: list[FeedPrice] = []
        charges = await self._reports.last_charges(sorted(models), limit=IN_A_ROW)
        for model_id, each in groupby(charges, key=lambda charge: charge.model_id):
            last = list(each)
            quotes = [self._quote(models[model_id], charge.input) for charge in last]
            apart = _apart(last, quotes)
            if len(last) == IN_A_ROW and apart:
                found[model_id] = round(apart * 100, 1)
                taught += self._lesson(models[model_id], last, quotes)
        if taught:
            await self._prices.learn(taught)
        return found

    def _lesson(
        self, model: Model, charges: Sequence[ProviderCharge], quotes: Sequence[PriceQuote]
    ) -> Sequence[FeedPrice]:
        """The price of the one rule by which all of it was quoted, as it was charged; nothing where that is not certain."""
        [place, *others] = {quote.place for quote in quotes}
        if place is None or others or not all(quote.is_exact and quote.high for quote in quotes):
            return ()
        shares = [charge.credits / quote.high for charge, quote in zip(charges, quotes, strict=True)]
        rule = self._quote.rule(model, place)
        if rule.plus or max(shares) - min(shares) > BORNE * min(shares):
            return ()
        return (FeedPrice(model=model.id, place=place, credits=round(rule.credits * mean(shares), 4), row=CHARGED),)


def _apart(charges: Sequence[ProviderCharge], quotes: Sequence[PriceQuote]) -> float:
    """The share by which all charges together lie outside of their quotes, of then and of now: a price may have moved between.

    0 where that is borne.
    """
    taken = sum(charge.credits for charge in charges)
    low = sum(min(quote.low, charge.reserved_credits) for charge, quote in zip(charges, quotes, strict=True))
    high = sum(max(quote.high, charge.reserved_credits) for charge, quote in zip(charges, quotes, strict=True))
    nearest = max(low, min(taken, high))
    if abs(taken - nearest) <= nearest * BORNE:
        return 0.0
    return (taken - nearest) / nearest if nearest else 1.0
