"""What bots take from their accounts at the provider, from in-memory stores."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from attrs import field, frozen

from adapters.memory.generation_store import InMemoryGenerationStore
from application.ports.provider_accounts import ProviderReading
from domain.bot import BotId, account_user
from domain.generation import Generation


@frozen
class InMemoryProviderAccounts:
    """``ProviderAccounts`` for tests, over the generation store of each bot."""

    _stores: Mapping[BotId, InMemoryGenerationStore]
    readings: dict[str, ProviderReading] = field(factory=dict, init=False)

    async def taken(self, bots: Collection[str], /, *, since: datetime, until: datetime) -> float:
        return sum(
            row.charged_credits or 0 for row in self._rows(bots) if row.ended_at and since <= row.ended_at < until
        )

    async def uncertain(self, bots: Collection[str], /) -> float:
        return sum(
            max(row.reserved_credits or 0, row.reservation.units / 1000 if row.reservation else 0)
            for row in self._rows(bots)
            if not row.is_terminal and row.submitted_at and not row.ended_at
        )

    async def last_reading(self, account: str, /) -> ProviderReading | None:
        return self.readings.get(account)

    async def save_reading(self, account: str, reading: ProviderReading, /) -> None:
        self.readings[account] = reading

    def _rows(self, bots: Collection[str]) -> Iterable[Generation]:
        return (
            row
            for bot_id, store in self._stores.items()
            for row in store.rows.values()
            if account_user(bot_id, row.account) in bots
        )
