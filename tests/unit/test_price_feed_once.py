"""The bots of a process share one reading of the price feed."""

import asyncio
from collections.abc import Sequence

from adapters.memory.clock import ManualClock
from adapters.memory.leader_lock import InMemoryLeaderLock, LockRoom
from adapters.memory.price_book import InMemoryPriceBook
from application.pricing.quote_price import QuotePrice
from application.pricing.refresh_prices import EVERY_S, RefreshPrices
from domain.price_feed import FeedRow
from tests.support.registry import catalog

BOTS = 3


class CountingFeed:
    """Has one row, and counts how often it is read."""

    def __init__(self) -> None:
        self.readings = 0

    async def rows(self) -> Sequence[FeedRow]:
        self.readings += 1
        await asyncio.sleep(0)
        return [FeedRow(text="z-image", model="z-image", credits=0.9, unit="image")]


async def test_bots_that_are_led_by_one_process_read_the_feed_once_a_day() -> None:
    clock, feed = ManualClock(), CountingFeed()
    room = LockRoom(clock)
    prices = RefreshPrices(
        feed=feed, book=InMemoryPriceBook(clock), catalog=catalog(), quote=QuotePrice(catalog()), clock=clock
    )
    async with asyncio.TaskGroup() as group:
        terms = [await InMemoryLeaderLock(room, bot=str(bot)).acquire() for bot in range(BOTS)]
        duties = [group.create_task(prices.run(term)) for term in terms]
        await clock.advance(1)
        assert feed.readings == 1
        await clock.advance(EVERY_S)
        assert feed.readings == 2
        for duty in duties:
            duty.cancel()
