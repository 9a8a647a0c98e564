"""What bots take from their accounts at the provider, from in-memory stores."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from attrs import field, frozen

from adapters.memory.generation_store import InMemoryGenerationStore
from application.ports.provider_accounts import ProviderReading
from domain.bot import BotId
from domain.generation import Generation


@frozen
class InMemoryProviderAccounts:
    """``ProviderAccounts`` for tests, over the generation store of each bot."""

    _stores: Mapping[BotId, InMemoryGenerationStore]
    readings: dict[str, ProviderReading] = field(factory=dict, init=False)

    async def taken(self, bots: Collection[BotId], /, *, since: datetime, until: datetime) -> float:
        return sum(
            row.charged_credits or 0 for row in self._rows(bots) if row.ended_at and since <= row.ended_at < until
        )

    async def uncertain(self, bots: Collection[BotId], /) -> float:
        return sum(
            max(row.reserved_credits or 0, row.reservation.units / 1000 if row.reservation else 0)
            for row in self._rows(bots)
            if not row.is_terminal and row.submitted_at and not row.ended_at
        )

    async def last_reading(self, account: str, /) -> ProviderReading | None:
        return self.readings.get(account)

    async def save_reading(self, account: str, reading: ProviderReading, /) -> None:
        self.readings[account] = reading

    def _rows(self, bots: Collection[BotId]) -> Iterable[Generation]:
        return (row for bot_id in bots if bot_id in self._stores for row in self._stores[bot_id].rows.values())
