"""What the provider's price feed does to the prices people are shown, and what the operator hears of it."""

import asyncio
import math
from collections.abc import Sequence
from contextlib import suppress

import pytest
from attrs import define, field

from adapters.memory.audit_log import InMemoryAuditLog
from adapters.memory.clock import ManualClock
from adapters.memory.leader_lock import InMemoryLeaderLock, LockRoom
from adapters.memory.price_book import InMemoryPriceBook
from adapters.memory.trouble import Trouble
from application.audit import Audit
from application.errors import ModelGone, ProviderUnavailable, StoreUnavailable
from application.ports.price_book import BookPrice
from application.pricing.quote_price import QuotePrice
from application.pricing.refresh_prices import FOLLOW_S, RefreshPrices
from application.pricing.set_price import SetPrice
from domain.audit import COMMAND_LINE, AuditedAction
from domain.errors import InvalidPrice
from domain.model import ModelId
from domain.operation import Alarm, AlarmKind
from domain.price_feed import CHARGED, FeedPrice, FeedRow
from tests.support.registry import catalog, model

Z_IMAGE = model("z-image")
OF_REGISTRY = Z_IMAGE.prices[0].credits


@define
class Feed:
    """Says one price of one model, and one row that no one knows."""

    credits: float = OF_REGISTRY
    is_away: bool = False

    async def rows(self) -> Sequence[FeedRow]:
        if self.is_away:
            raise ProviderUnavailable("away")
        rows = [("z-image", self.credits), ("no such model", 1.0)]
        return [FeedRow(text=name, model=name, credits=price, unit="image") for name, price in rows]


@define
class Instance:
    """One instance beside others over one book."""

    clock: ManualClock = field(factory=ManualClock)
    feed: Feed = field(factory=Feed)
    book: InMemoryPriceBook = field(init=False)
    quote: QuotePrice = field(factory=lambda: QuotePrice(catalog()))
    refresh: RefreshPrices = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.book = InMemoryPriceBook(self.clock)
        self.refresh = self.beside(self.quote)

    def beside(self, quote: QuotePrice) -> RefreshPrices:
        return RefreshPrices(feed=self.feed, book=self.book, catalog=catalog(), quote=quote, clock=self.clock)

    def shown(self) -> float | None:
        return _price(self.quote)


@pytest.fixture
def instance() -> Instance:
    return Instance()


async def test_people_are_shown_the_price_of_the_feed_once_it_was_read(instance: Instance) -> None:
    assert instance.shown() == OF_REGISTRY
    instance.feed.credits = OF_REGISTRY * 2
    [entry] = await instance.refresh()
    assert not entry.held
    assert instance.shown() == OF_REGISTRY * 2
    assert instance.refresh.present() == {}


async def test_what_is_not_known_costs_at_most_what_the_dearest_price_of_today_says() -> None:
    quote, upscale = QuotePrice(catalog()), model("topaz/image-upscale")
    raised = FeedPrice(model=upscale.id, place=2, credits=upscale.prices[2].credits * 3, row="8K")
    quote.use([BookPrice(price=raised, read_at=ManualClock().now())])
    found = quote(upscale, {})
    assert (found.high, found.ceiling) == (raised.credits, raised.credits)


async def test_a_price_that_leaps_is_held_with_an_alarm_until_it_is_near_the_last_again(instance: Instance) -> None:
    for credits_ in (OF_REGISTRY * 2, OF_REGISTRY * 50):
        instance.feed.credits = credits_
        await instance.refresh()
    assert instance.shown() == OF_REGISTRY * 2
    assert instance.refresh.present() == {
        Alarm(kind=AlarmKind.PRICE_HELD, about="z-image"): OF_REGISTRY * 50,
    }
    assert {alarm.kind for alarm in instance.refresh.present()} == instance.refresh.kinds
    instance.feed.credits = OF_REGISTRY * 4
    await instance.refresh()
    assert instance.refresh.present() == {}
    assert instance.shown() == OF_REGISTRY * 4


async def test_a_first_price_that_leaps_leaves_the_price_of_the_registry(instance: Instance) -> None:
    instance.feed.credits = OF_REGISTRY * 50
    [entry] = await instance.refresh()
    assert (entry.held, entry.used_credits) == (True, None)
    assert instance.shown() == OF_REGISTRY


async def test_a_feed_that_is_away_changes_no_price(instance: Instance) -> None:
    instance.feed.credits = OF_REGISTRY * 2
    await instance.refresh()
    instance.feed.is_away = True
    with pytest.raises(ProviderUnavailable):
        await instance.refresh()
    assert instance.shown() == OF_REGISTRY * 2


@pytest.mark.parametrize("fault", [StoreUnavailable("away"), RuntimeError("a fault of our own")], ids=["away", "fault"])
async def test_an_instance_that_does_not_lead_shows_what_the_leader_read_also_after_the_store_was_away(
    instance: Instance, fault: Exception
) -> None:
    quote = QuotePrice(catalog())
    following = asyncio.create_task(instance.beside(quote).follow())
    await instance.clock.advance(1)
    instance.feed.credits = OF_REGISTRY * 2
    await instance.refresh()
    assert _price(quote) == OF_REGISTRY
    instance.book.on_call.add(Trouble(error=fault))
    await instance.clock.advance(FOLLOW_S)
    assert _price(quote) == OF_REGISTRY
    await instance.clock.advance(FOLLOW_S)
    assert _price(quote) == OF_REGISTRY * 2
    following.cancel()
    with suppress(asyncio.CancelledError):
        await following


async def test_a_stop_waits_for_no_price(instance: Instance) -> None:
    instance.feed.is_away = True
    await instance.refresh.drain()
    assert instance.book.entries == {}


def set_price(instance: Instance, log: InMemoryAuditLog) -> SetPrice:
    audit = Audit(log, instance.clock)
    return SetPrice(book=instance.book, catalog=catalog(), audit=audit, clock=instance.clock)


async def test_a_price_of_the_operators_own_counts_before_the_feed_and_charges_until_it_is_taken_back(
    instance: Instance,
) -> None:
    log = InMemoryAuditLog(instance.clock)
    change = set_price(instance, log)
    await change(Z_IMAGE.id, 0, 70.0, by=COMMAND_LINE)
    instance.feed.credits = OF_REGISTRY * 2
    await instance.refresh()
    await instance.refresh.learn([FeedPrice(model=Z_IMAGE.id, place=0, credits=5.0, row=CHARGED)])
    quote = instance.quote(Z_IMAGE, {})
    assert (quote.credits, quote.source) == (70.0, "the operator")
    assert await change.take_back(Z_IMAGE.id, 0, by=COMMAND_LINE)
    assert not await change.take_back(Z_IMAGE.id, 0, by=COMMAND_LINE)
    await instance.refresh.load()
    assert instance.shown() == OF_REGISTRY
    await instance.refresh()
    assert instance.shown() == OF_REGISTRY * 2
    assert [(one.action, one.details) for one in await log.newest(limit=9)] == [
        (AuditedAction.PRICE_REMOVE, "rule 1"),
        (AuditedAction.PRICE_SET, "rule 1: 70"),
    ]


async def test_an_own_price_does_not_pass_for_a_reading_of_the_feed(instance: Instance) -> None:
    await set_price(instance, InMemoryAuditLog(instance.clock))(
        model("kling-2.6/text-to-video").id, 0, 1.0, by=COMMAND_LINE
    )
    instance.feed.credits = OF_REGISTRY * 2
    leadership = await InMemoryLeaderLock(LockRoom(instance.clock), bot="1").acquire()
    leading = asyncio.create_task(instance.refresh.run(leadership))
    await instance.clock.advance(1)
    leading.cancel()
    assert instance.shown() == OF_REGISTRY * 2


@pytest.mark.parametrize(
    ("name", "place", "credits_", "fault"),
    [
        ("no/such", 0, 1.0, ModelGone),
        ("z-image", 1, 1.0, InvalidPrice),
        ("z-image", -1, 1.0, InvalidPrice),
        ("z-image", 0, -1.0, InvalidPrice),
        ("z-image", 0, math.nan, InvalidPrice),
        ("z-image", 0, math.inf, InvalidPrice),
        ("z-image", 0, 1e308, InvalidPrice),
        ("z-image", 0, 100_000.1, InvalidPrice),
    ],
)
async def test_an_own_price_that_can_not_be_is_refused(
    instance: Instance, name: str, place: int, credits_: float, fault: type[Exception]
) -> None:
    log = InMemoryAuditLog(instance.clock)
    with pytest.raises(fault):
        await set_price(instance, log)(ModelId(name), place, credits_, by=COMMAND_LINE)
    assert not instance.book.entries
    assert not await log.newest(limit=9)


def _price(quote: QuotePrice) -> float | None:
    return quote(Z_IMAGE, {}).credits
