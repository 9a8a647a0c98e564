"""Use case: understand what a person asks for."""

from attrs import frozen

from application.ports.wish_reader import WishReader
from domain.reading import Reading, Wish


@frozen(kw_only=True)
class ReadWish:
    """Read a wish with the reader that is configured."""

    _reader: WishReader

    async def __call__(self, wish: Wish, /) -> Reading:
        """The reading of the wish: its intent, tasks, named models, stated values and prompt."""
        return await self._reader.read(wish)
