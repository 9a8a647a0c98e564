"""What the tests of the model of leadership play: how many schedules, for how long, on which clocks and by which rules."""

from typing import Final

from attrs import evolve

from domain.leadership import CLOCK_DRIFT, NORMAL_TIMING
from tests.support.effort import tries
from tests.support.leadership_model import ALL_FAULTS, play
from tests.support.leadership_world import Act, Rules, World

SCHEDULES: Final = range(tries(120, thorough=5000))
SCHEDULE_S: Final = 40.0
CALM_S: Final = 30.0
"""An interruption lasts up to ten seconds, an idle time and a lease four each, and then bots move one by one."""
STEADY_S: Final = 5.0
STEADY_CLOCKS: Final = (1 - CLOCK_DRIFT / 2 + 1e-6, 1.0, 1 + CLOCK_DRIFT / 2 - 1e-6)
WILD_CLOCKS: Final = (0.85, 1.0, 1.25)
"""Rates apart by less than lease to idle time (2 to 3)."""

NORMAL: Final = Rules.of(NORMAL_TIMING)
PATIENT: Final = evolve(NORMAL, heartbeat_timeout_s=2.9)
"""Leaves the lease alone to end a leadership that hears nothing."""

WITHOUT_WAITING: Final = evolve(NORMAL, waits_for_unclean=False)


def first_overlap(
    rules: Rules, *, seeds: range, faults: tuple[str, ...] = ALL_FAULTS, rates: tuple[float, ...] = STEADY_CLOCKS
) -> tuple[int, Act, Act] | None:
    """The first seed under which two acted at once, with what they did."""
    for seed in seeds:
        world = play(seed, rules, seconds=SCHEDULE_S, faults=faults, rates=rates)
        if found := world.overlap():
            return seed, *found
    return None


def normal_schedule(seed: int) -> World:
    return play(seed, NORMAL, seconds=SCHEDULE_S, faults=ALL_FAULTS, rates=STEADY_CLOCKS)
