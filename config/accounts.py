"""The accounts at the provider, and which bots share one."""

from collections.abc import Collection, Iterable, Mapping
from hashlib import sha256

from attrs import define, field

from application.generating.account_gate import AccountGate
from application.generating.creation_rate_limiter import CreationWindow
from application.ports.clock import Clock
from application.ports.creation_slots import CreationSlots
from config.settings import Settings
from domain.bot import BotId, BotRecord, FurtherAccount, Owner, ProviderAccount, account_user
from domain.provider_account import MAIN_ACCOUNT, AccountName


def account_of(kie_key: str | None) -> str:
    """Return the name of an account for rows and logs, from which its key can't be found."""
    return sha256(b"mediabot.account:" + (kie_key or "").encode()).hexdigest()[:16]


def keys_of(
    settings: Settings, bots: Iterable[BotRecord], further: Iterable[FurtherAccount] = ()
) -> Mapping[Owner, str]:
    """Return the keys of each bot of the directory and of that of the environment."""
    keys = {(bot.id, MAIN_ACCOUNT): bot.kie_key for bot in bots}
    if settings.kie_api_key and settings.telegram_bot_token:
        keys[BotId(settings.bot_id), MAIN_ACCOUNT] = settings.kie_api_key
    return keys | {(one.bot, one.name): one.kie_key for one in further}


@define
class Accounts:
    """A gate for each account that several bots use. A bot alone on its account has its own limiter, which asks no one."""

    _window: CreationWindow
    _slots: CreationSlots
    _clock: Clock
    _accounts: dict[Owner, str] = field(factory=dict, init=False)
    _gates: dict[str, AccountGate] = field(factory=dict, init=False)

    def know(self, keys: Mapping[Owner, str]) -> Collection[Owner]:
        """Take over who has which key, as the directory says by now. Return what has another key than before."""
        before, self._accounts = self._accounts, {owner: account_of(key) for owner, key in keys.items()}
        return {owner for owner, account in self._accounts.items() if before.get(owner, account) != account}

    def of(self, bot_id: BotId) -> Mapping[AccountName, ProviderAccount]:
        """Return the accounts of a bot, and who uses each; none until the directory was read."""
        return {
            name: ProviderAccount(name=account, bots=self._users(account))
            for (bot, name), account in self._accounts.items()
            if bot == bot_id
        }

    async def admit(self, bot_id: BotId, name: AccountName) -> None:
        """Wait for a place in the window of this bot's account, where others share it. Raises StoreUnavailable."""
        account = self._accounts.get((bot_id, name))
        if account is None or len(self._users(account)) < 2:
            return
        gate = self._gates.get(account)
        if gate is None:
            gate = self._gates[account] = AccountGate(account, self._window, self._slots, self._clock)
        await gate.admit(bot_id)

    def _users(self, account: str) -> frozenset[str]:
        return frozenset(account_user(*owner) for owner, own in self._accounts.items() if own == account)
