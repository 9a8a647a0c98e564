"""Port: the bots of this deployment."""

from collections.abc import Sequence
from typing import Protocol

from domain.bot import BotId, BotRecord, FurtherAccount, ReadableBots
from domain.provider_account import AccountName


class BotDirectory(Protocol):
    """The bots beside the one of the environment. Tokens and keys are sealed at rest.

    Every call is one transaction. Raises ``StoreUnavailable`` like the other stores, and ``SecretsUnreadable`` where a
    secret can't be opened with the keys that are configured.
    """

    async def all(self) -> Sequence[BotRecord]:
        """Return every bot, oldest first."""
        ...

    async def readable(self) -> ReadableBots:
        """Return the bots as ``all`` and the accounts as ``accounts`` do, without those that can't be opened, and which these are."""
        ...

    async def put(self, bot: BotRecord, /) -> bool:
        """Write a bot, or replace its row. Return whether it is new."""
        ...

    async def remove(self, bot_id: BotId, /) -> bool:
        """Forget a bot. Its people, generations and money stay. False: there is none."""
        ...

    async def accounts(self) -> Sequence[FurtherAccount]:
        """Return the further provider accounts of all bots, those of a bot in the order in which they came."""
        ...

    async def put_account(self, account: FurtherAccount, /) -> bool:
        """Write an account, or replace its row, keeping when it was added. Return whether it is new."""
        ...

    async def remove_account(self, bot_id: BotId, name: AccountName, /) -> bool:
        """Forget an account. False: there is none."""
        ...

    async def revision(self) -> str:
        """Return a text that changes with every change of the directory, its accounts included; cheap."""
        ...
