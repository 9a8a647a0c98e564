"""A task of the simulated KIE: its whole life is computed from the clock when someone looks."""

import math
import random
from collections.abc import Mapping
from typing import Any, Final, Literal

from attrs import define, field

from .billing import Bill
from .options import SimulatorOptions
from .prompt_orders import PromptOrders, ScriptedAnswer

State = Literal["waiting", "queuing", "generating", "success", "fail"]

# Recorded run times: 12-112 s for images, 63-188 s for video, 785 s at worst (April 2026).
_MEDIAN_S: Final[Mapping[str, float]] = {"image": 25.0, "video": 100.0, "audio": 15.0, "text": 10.0}
_SIGMA: Final = 0.35
# 500 of 595 recorded polls of running tasks said "waiting"; "queuing" was hardly seen.
_WAITING_SHARE: Final = 0.84
_QUEUING_CHANCE: Final = 0.02


@define(kw_only=True, eq=False)
class KieTask:
    """One accepted creation. Times are Unix seconds.

    Attributes:
        request: the whole body of the creation.
        input: the model's input in registry names, whatever the endpoint calls them.
        origin: scheme and host under which the client reached us; result URLs start with it.
        bill: what it costs when it succeeds.
        failure: how it ends, or None for success.
        reads: when it was looked up.
    """

    id: str
    record_id: str
    model: str
    input: Mapping[str, Any]
    request: Mapping[str, Any]
    status_path: str
    origin: str
    callback_url: str | None
    created_at: float
    ends_at: float
    bill: Bill
    queues: bool
    orders: PromptOrders
    failure: ScriptedAnswer | None
    settled: bool = False
    reads: list[float] = field(factory=list)

    def state(self, now: float) -> State:
        """Return the state KIE would report at `now`."""
        if now >= self.ends_at:
            return "fail" if self.failure else "success"
        passed = (now - self.created_at) / (self.ends_at - self.created_at)
        if passed >= _WAITING_SHARE:
            return "generating"
        return "queuing" if self.queues and passed >= _WAITING_SHARE / 2 else "waiting"

    def has_ended(self, now: float) -> bool:
        """Say whether the state is final at `now`."""
        return now >= self.ends_at


@define
class Durations:
    """Draws how long a task takes: lognormal around a median that belongs to the model."""

    _random: random.Random

    def draw(self, model_id: str, output: str, options: SimulatorOptions) -> float:
        """Return seconds for the next task of this model."""
        if options.duration_s is not None:
            return options.duration_s
        own_factor = 0.6 + 0.8 * random.Random(model_id).random()  # noqa: S311 - a schedule, not a secret
        median = _MEDIAN_S[output] * own_factor
        return options.duration_scale * self._random.lognormvariate(math.log(median), _SIGMA)

    def draw_queuing(self) -> bool:
        """Say whether the next task is one of the few that report `queuing`."""
        return self._random.random() < _QUEUING_CHANCE
