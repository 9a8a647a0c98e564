"""Places in the provider's window for several bots in one process."""

from collections import defaultdict

from attrs import define, field

from application.ports.clock import Clock


@define
class InMemoryCreationSlots:
    """``CreationSlots`` by the given clock."""

    _clock: Clock
    _free_at: dict[str, list[float]] = field(factory=lambda: defaultdict(list), init=False)

    async def take(self, account: str, /, *, count: int, period_s: float) -> float:
        now = self._clock.monotonic()
        taken = self._free_at[account] = [at for at in self._free_at[account] if at > now]
        if len(taken) >= count:
            return min(taken) - now
        taken.append(now + period_s)
        return 0.0
