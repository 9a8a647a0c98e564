"""Port: prices that count before the registry's: the provider's feed's, what charges taught, the operator's own."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from attrs import frozen

from domain.model import ModelId
from domain.price_feed import FeedPrice


@frozen(kw_only=True)
class BookPrice:
    """One price of the book. ``held``: it is too far from the last one and is not used until the operator says so.

    ``last_credits`` is what is used meanwhile: the feed's last price that was not held; None: the registry's.
    """

    price: FeedPrice
    read_at: datetime
    held: bool = False
    last_credits: float | None = None

    @property
    def used_credits(self) -> float | None:
        """The credits of the feed that hold now; None: the registry's."""
        return self.last_credits if self.held else self.price.credits


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

    async def remove(self, model: ModelId, place: int, /) -> None:
        """Take one entry out; nothing where there is none.

        Raises:
            StoreUnavailable: asking again is safe.
        """
        ...
