"""The bots of a deployment in a dict."""

from collections.abc import Sequence

from attrs import define, field

from domain.bot import BotId, BotRecord


@define
class InMemoryBotDirectory:
    """``BotDirectory`` for tests."""

    bots: dict[BotId, BotRecord] = field(factory=dict)
    _changes: int = field(default=0, init=False)

    async def all(self) -> Sequence[BotRecord]:
        return sorted(self.bots.values(), key=lambda bot: (bot.added_at, bot.id))

    async def put(self, bot: BotRecord, /) -> bool:
        is_new = bot.id not in self.bots
        self.bots[bot.id] = bot
        self._changes += 1
        return is_new

    async def remove(self, bot_id: BotId, /) -> bool:
        self._changes += 1
        return self.bots.pop(bot_id, None) is not None

    async def revision(self) -> str:
        return str(self._changes)
