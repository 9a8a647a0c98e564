"""When a new leader first asks about each task that it has taken over."""

from collections.abc import Sequence
from typing import Final

from attrs import define, field

from application.ports.clock import Clock
from domain.generation import GenerationId

WITHIN_S: Final = 8.0
"""All of them within this time; with the read itself a task that ended while no one led is found within 10 s."""
GAP_S: Final = 0.1
"""Between two of them, where they are few enough: 10 reads a second is what KIE allows one key (``kie/API.md`` §6)."""


@define
class FirstLooks:
    """Tasks whose callback came while no one listened would wait for their next planned age, up to eight minutes."""

    _clock: Clock
    _due: dict[GenerationId, float] = field(factory=dict, init=False)

    def plan(self, generations: Sequence[GenerationId]) -> None:
        """Spread the first looks at these generations' tasks, in their order."""
        now, gap_s = self._clock.monotonic(), min(GAP_S, WITHIN_S / max(1, len(generations)))
        self._due = {each: now + number * gap_s for number, each in enumerate(generations)}

    def take(self, generation_id: GenerationId) -> float | None:
        """How many seconds to wait for its first look; None when it was not taken over, or was looked at already."""
        due = self._due.pop(generation_id, None)
        return None if due is None else max(0.0, due - self._clock.monotonic())
