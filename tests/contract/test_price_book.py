"""What every ``PriceBook`` keeps."""

from datetime import timedelta

import pytest
from attrs import evolve

from adapters.memory.clock import ManualClock
from adapters.memory.price_book import InMemoryPriceBook
from adapters.postgres_store import Database
from adapters.postgres_store.price_book import PostgresPriceBook
from application.ports.price_book import BookPrice, PriceBook
from domain.model import ModelId
from domain.price_feed import FeedPrice
from tests.support.generations import NOON


@pytest.fixture(params=["memory", pytest.param("postgres", marks=pytest.mark.postgres)])
def book(request: pytest.FixtureRequest) -> PriceBook:
    if request.param == "memory":
        return InMemoryPriceBook(ManualClock())
    opened: Database = request.getfixturevalue("opened_database")
    return PostgresPriceBook(opened)


def entry(model: str, place: int, credits_: float, *, held: bool = False, last: float | None = None) -> BookPrice:
    price = FeedPrice(model=ModelId(model), place=place, credits=credits_, row=f"{model}, row {place}")
    return BookPrice(price=price, read_at=NOON, held=held, last_credits=last)


async def test_prices_come_back_and_are_replaced_one_by_one(book: PriceBook) -> None:
    assert list(await book.prices()) == []
    first, second = entry("a/b", 0, 4.5), entry("a/b", 1, 0.0, held=True, last=2.5)
    await book.write([first, second])
    assert list(await book.prices()) == [first, second]
    later = evolve(entry("a/b", 1, 7.0), read_at=NOON + timedelta(days=1))
    await book.write([later])
    assert list(await book.prices()) == [first, later]
    await book.write([])
    assert list(await book.prices()) == [first, later]


async def test_a_price_is_taken_out_and_the_others_stay(book: PriceBook) -> None:
    first, second = entry("a/b", 0, 4.5), entry("a/b", 1, 2.5)
    await book.write([first, second])
    await book.remove(first.price.model, 0)
    await book.remove(ModelId("no/such"), 0)
    assert list(await book.prices()) == [second]
