"""Port: the provider's public price list."""

from collections.abc import Sequence
from typing import Protocol

from domain.price_feed import FeedRow


class PriceFeed(Protocol):
    """Read without a key, seldom and slowly; nothing is charged."""

    async def rows(self) -> Sequence[FeedRow]:
        """Return every row with a figure that can be read and is not below 0; spoilt rows are left out.

        Raises:
            ProviderUnavailable: no answer, or one that is no feed; ask again another day.
        """
        ...
