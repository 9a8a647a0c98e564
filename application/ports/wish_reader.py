"""Port: understanding what a person asks for."""

from typing import Protocol

from domain.reading import Reading, Wish


class WishReader(Protocol):
    """Reads a wish. The local one needs no network and answers within milliseconds."""

    async def read(self, wish: Wish, /) -> Reading:
        """What the wish means. Never fails: what it cannot tell it says with a low confidence."""
        ...
