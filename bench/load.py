"""The load that all subjects get: the same tasks with the same run times, started at the same pace."""

import asyncio
import math
import random
from collections.abc import AsyncIterator
from typing import Final

from attrs import frozen

from domain.model import Model
from domain.polling import REMEMBERED
from tests.support.registry import model

PICTURE: Final[Model] = model("google/nano-banana")
MEDIAN_S: Final = 8.0
SIGMA: Final = 0.35


@frozen(kw_only=True)
class Load:
    """``tasks`` started at ``starts_per_s``. Each runs ``least_s`` seconds and a lognormal time with a median of 8 s more."""

    tasks: int
    starts_per_s: float
    least_s: float = 0.0

    def run_times(self) -> list[float]:
        """How long each task runs, in seconds."""
        return self._drawn(self.tasks, seed=2)

    def experience(self) -> list[float]:
        """Run times from before, of the same kind: as many as the service remembers of a model."""
        return self._drawn(REMEMBERED, seed=1)

    def _drawn(self, count: int, seed: int) -> list[float]:
        source = random.Random(seed)
        return [self.least_s + source.lognormvariate(math.log(MEDIAN_S), SIGMA) for _ in range(count)]

    async def paced(self) -> AsyncIterator[float]:
        """The run times, each at the moment when its task is to start."""
        clock = asyncio.get_running_loop().time
        began_at = clock()
        for number, seconds in enumerate(self.run_times()):
            await asyncio.sleep(max(0.0, began_at + number / self.starts_per_s - clock()))
            yield seconds


def prompt_of(seconds: float) -> str:
    """A prompt by which the simulated KIE takes so long."""
    return f"a red fox in snow !slow {seconds:.3f}"
