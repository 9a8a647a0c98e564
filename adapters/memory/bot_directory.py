"""The bots of a deployment in a dict."""

from collections.abc import Sequence

from attrs import define, evolve, field

from domain.bot import BotId, BotRecord, FurtherAccount, ReadableBots
from domain.provider_account import AccountName


@define
class InMemoryBotDirectory:
    """``BotDirectory`` for tests."""

    bots: dict[BotId, BotRecord] = field(factory=dict)
    _accounts: dict[tuple[BotId, AccountName], FurtherAccount] = field(factory=dict, init=False)
    _changes: int = field(default=0, init=False)

    async def all(self) -> Sequence[BotRecord]:
        return sorted(self.bots.values(), key=lambda bot: (bot.added_at, bot.id))

    async def readable(self) -> ReadableBots:
        return ReadableBots(bots=await self.all(), accounts=await self.accounts())

    async def put(self, bot: BotRecord, /) -> bool:
        is_new = bot.id not in self.bots
        self.bots[bot.id] = bot
        self._changes += 1
        return is_new

    async def remove(self, bot_id: BotId, /) -> bool:
        self._changes += 1
        return self.bots.pop(bot_id, None) is not None

    async def accounts(self) -> Sequence[FurtherAccount]:
        return sorted(self._accounts.values(), key=lambda one: (one.bot, one.added_at, one.name))

    async def put_account(self, account: FurtherAccount, /) -> bool:
        known = self._accounts.get((account.bot, account.name))
        self._accounts[account.bot, account.name] = evolve(account, added_at=known.added_at) if known else account
        self._changes += 1
        return known is None

    async def remove_account(self, bot_id: BotId, name: AccountName, /) -> bool:
        self._changes += 1
        return self._accounts.pop((bot_id, name), None) is not None

    async def revision(self) -> str:
        return str(self._changes)
