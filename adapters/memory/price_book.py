"""Prices of the feed in a dict."""

from collections.abc import Sequence

from adapters.memory.trouble import Script
from application.ports.clock import Clock
from application.ports.price_book import BookPrice
from domain.model import ModelId


class InMemoryPriceBook:
    """``PriceBook`` for tests and for runs without a database. ``on_call`` is the script of trouble."""

    def __init__(self, clock: Clock) -> None:
        self.entries: dict[tuple[ModelId, int], BookPrice] = {}
        self.on_call = Script(clock)

    async def prices(self) -> Sequence[BookPrice]:
        async with self.on_call.around():
            return [self.entries[key] for key in sorted(self.entries)]

    async def write(self, entries: Sequence[BookPrice], /) -> None:
        async with self.on_call.around():
            self.entries.update({(entry.price.model, entry.price.place): entry for entry in entries})

    async def remove(self, model: ModelId, place: int, /) -> None:
        async with self.on_call.around():
            self.entries.pop((model, place), None)
