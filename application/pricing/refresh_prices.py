"""The leader's duty: read the provider's price feed once a day."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

import structlog
from attrs import define, evolve, field

from application.errors import StoreUnavailable
from application.leading.leadership_guard import LeadershipGuard
from application.leading.repeat import repeat
from application.ports.clock import Clock
from application.ports.leader_lock import Leadership
from application.ports.model_catalog import ModelCatalog
from application.ports.price_book import BookPrice, PriceBook
from application.ports.price_feed import PriceFeed
from application.pricing.quote_price import QuotePrice
from domain.model import Model, ModelId
from domain.operation import Alarm, AlarmKind
from domain.price_feed import CHARGED, OPERATOR, FeedPrice, Judgement, judged, matched

EVERY_S: Final = 86_400.0
FRESH_FOR: Final = timedelta(hours=20)
"""Another bot of the deployment has read the feed so lately: once a day is enough for all."""
FOLLOW_S: Final = 300.0
"""For so long an instance that does not lead may quote by older prices."""
AGAIN_S: Final = 3_600.0
"""After a reading that failed."""

log = structlog.get_logger()


@define(kw_only=True, eq=False)
class RefreshPrices:
    """Reads the feed into the book, and the book into the quotes. A failure changes nothing. One for all bots of a process.

    A price ten times the last one, or a tenth of it, is held: the quotes go on with the last, and the operator is alarmed.
    A price that charges taught stays until the feed says more, or charges teach another. One of the operator's own stays.
    """

    _feed: PriceFeed
    _book: PriceBook
    _catalog: ModelCatalog
    _quote: QuotePrice
    _clock: Clock
    _held: dict[ModelId, float] = field(factory=dict, init=False, repr=False)
    _newest: datetime | None = field(default=None, init=False)
    _turn: asyncio.Lock = field(factory=asyncio.Lock, init=False, repr=False)

    async def run(self, leadership: Leadership) -> None:
        """Once at the start and then daily, until cancelled, or ``NotLeader``.

        Every bot that is led here runs it. The first one reads the feed, and the others find that it is read.
        """
        guard = LeadershipGuard(leadership)

        async def turn() -> None:
            async with self._turn:
                guard.check()
                if self._is_old():
                    await self.load()
                if self._is_old():
                    await self()

        await repeat(turn, duty="prices", clock=self._clock, every_s=EVERY_S, after_failure_s=AGAIN_S)

    async def follow(self) -> None:
        """Take over what the leader wrote, again and again: every instance quotes, and only one reads the feed."""
        while True:
            try:
                await self.load()
            except StoreUnavailable as error:
                log.info("prices.not_loaded", error=error.code)
            except Exception:
                log.exception("prices.fault")  # what was loaded before stays, and the next look may do
            await self._clock.sleep(FOLLOW_S)

    async def drain(self) -> None:
        """Nothing: what was not read is read tomorrow."""

    async def __call__(self) -> Sequence[BookPrice]:
        """Return the book's entries after one reading.

        Raises:
            ProviderUnavailable, StoreUnavailable: nothing has changed.
        """
        await self.load()
        models: dict[str, Model] = {model.id: model for model in self._catalog.models()}
        found, left = matched(models, await self._feed.rows())
        before = {(one.price.model, one.price.place): one for one in await self._book.prices()}
        entries = [self._entry(price, models[price.model], before) for price in found]
        await self._book.write(entries)
        log.info("prices.refreshed", known=len(found), unknown=len(left), held=sum(one.held for one in entries))
        return await self.load()

    async def learn(self, charged: Sequence[FeedPrice]) -> None:
        """Quote by what the provider charged here, until the feed says more. Raises ``StoreUnavailable``: nothing has changed."""
        models = {model.id: model for model in self._catalog.models()}
        before = {(one.price.model, one.price.place): one for one in await self._book.prices()}
        await self._book.write([self._entry(price, models[price.model], before) for price in charged])
        await self.load()

    async def load(self) -> Sequence[BookPrice]:
        """Take over what the book says, as a new leader or a standby does."""
        entries = await self._book.prices()
        self._newest = max((one.read_at for one in entries if not _is_own(one)), default=None)
        self._held.clear()
        self._held.update({one.price.model: one.price.credits for one in entries if one.held})
        self._quote.use([one for one in entries if one.used_credits is not None])
        return entries

    def _is_old(self) -> bool:
        return self._newest is None or self._clock.now() - self._newest > FRESH_FOR

    def _entry(self, price: FeedPrice, model: Model, before: Mapping[tuple[ModelId, int], BookPrice]) -> BookPrice:
        last = before.get((price.model, price.place))
        if last and _is_own(last):
            return last
        if last and _is_taught(last) and price.row != CHARGED and price.credits <= last.price.credits:
            return evolve(last, read_at=self._clock.now())
        used = last.used_credits if last else None
        held = judged(model.prices[price.place].credits if used is None else used, price.credits) is Judgement.HELD
        return BookPrice(price=price, read_at=self._clock.now(), held=held, last_credits=used if held else None)

    @property
    def kinds(self) -> frozenset[AlarmKind]:
        """The alarms that come from here."""
        return frozenset({AlarmKind.PRICE_HELD})

    def present(self) -> Mapping[Alarm, float]:
        """The models with a price that is held, with that price."""
        return {Alarm(kind=AlarmKind.PRICE_HELD, about=model): credits_ for model, credits_ in self._held.items()}


def _is_own(entry: BookPrice) -> bool:
    return entry.price.row == OPERATOR


def _is_taught(entry: BookPrice) -> bool:
    """Whether it is a price that charges taught: what was really taken counts more than what the feed says is taken."""
    return entry.price.row == CHARGED and not entry.held
