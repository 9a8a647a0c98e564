"""The accounts at the provider, and which bots share one."""

from collections.abc import Iterable, Mapping
from hashlib import sha256

from attrs import define, field

from application.generating.account_gate import AccountGate
from application.generating.creation_rate_limiter import CreationWindow
from application.ports.clock import Clock
from application.ports.creation_slots import CreationSlots
from config.settings import Settings
from domain.bot import BotId, BotRecord, ProviderAccount


def account_of(kie_key: str) -> str:
    """Return the name of an account for rows and logs, from which its key can't be found."""
    return sha256(b"mediabot.account:" + kie_key.encode()).hexdigest()[:16]


def keys_of(settings: Settings, bots: Iterable[BotRecord]) -> Mapping[BotId, str]:
    """Return the key of each bot of the directory and of that of the environment."""
    keys = {bot.id: bot.kie_key for bot in bots}
    if settings.kie_api_key and settings.telegram_bot_token:
        keys[BotId(settings.bot_id)] = settings.kie_api_key
    return keys


@define
class Accounts:
    """A gate for each account that several bots use. A bot alone on its account has its own limiter, which asks no one."""

    _window: CreationWindow
    _slots: CreationSlots
    _clock: Clock
    _accounts: dict[BotId, str] = field(factory=dict, init=False)
    _gates: dict[str, AccountGate] = field(factory=dict, init=False)

    def know(self, keys: Mapping[BotId, str]) -> None:
        """Take over which bot has which key, as the directory says by now."""
        self._accounts = {bot_id: account_of(key) for bot_id, key in keys.items()}

    def of(self, bot_id: BotId) -> ProviderAccount | None:
        """Return the account of a bot, and who uses it; None until the directory was read."""
        name = self._accounts.get(bot_id)
        if name is None:
            return None
        return ProviderAccount(name=name, bots=frozenset(bot for bot, own in self._accounts.items() if own == name))

    async def admit(self, bot_id: BotId) -> None:
        """Wait for a place in the window of this bot's account, where others share it. Raises StoreUnavailable."""
        account = self.of(bot_id)
        if account is None or len(account.bots) < 2:
            return
        gate = self._gates.get(account.name)
        if gate is None:
            gate = self._gates[account.name] = AccountGate(account.name, self._window, self._slots, self._clock)
        await gate.admit(bot_id)
