"""Port: prices that were read from the provider's feed, kept between readings."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from attrs import frozen

from domain.price_feed import FeedPrice


@frozen(kw_only=True)
class BookPrice:
    """One price of the book. ``held``: it is too far from the last one and is not used until the operator says so."""

    price: FeedPrice
    read_at: datetime
    held: bool = False


class PriceBook(Protocol):
    """One entry for each model and place of a price rule. A row that is gone keeps its last price."""

    async def prices(self) -> Sequence[BookPrice]:
        """Return every entry.

        Raises:
            StoreUnavailable: ask again.
        """
        ...

    async def write(self, entries: Sequence[BookPrice], /) -> None:
        """Put these in the place of earlier ones of the same model and place; the others stay.

        Raises:
            StoreUnavailable: nothing, or all of it, was written; asking again is safe.
        """
        ...
