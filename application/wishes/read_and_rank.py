"""Use case: understand a wish and order the models for it, without a person or a chat."""

from collections.abc import Sequence

from attrs import frozen

from application.ports.wish_reader import WishReader
from application.wishes.rank_models import Ranked, RankModels
from domain.reading import Reading, Wish, WishIntent


@frozen(kw_only=True)
class RankedWish:
    """A reading with its models, best first. ``intent`` is a refusal where nothing on offer does what is wanted."""

    reading: Reading
    models: Sequence[Ranked]
    intent: WishIntent


@frozen(kw_only=True)
class ReadAndRank:
    """What ``mediabot read`` says of a wish; the same reading and order that the chat's offers follow."""

    _reader: WishReader
    _rank: RankModels

    async def __call__(self, wish: Wish, /) -> RankedWish:
        """Read the wish and rank the models."""
        reading = await self._reader.read(wish)
        models = self._rank(reading)
        is_refused = reading.intent is WishIntent.WISH and not models
        return RankedWish(reading=reading, models=models, intent=WishIntent.DECLINE if is_refused else reading.intent)
