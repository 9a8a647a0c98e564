"""Thousands of schedules of a simulated world in which no two leaders may act; and the faults of design that the same check finds."""

from collections import Counter
from typing import Final

import pytest
from attrs import evolve

from domain.leadership import CLOCK_DRIFT, NORMAL_TIMING, SLOW_TIMING
from tests.support.effort import tries
from tests.support.leadership_model import ALL_FAULTS, SILENCE, play
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


@pytest.mark.parametrize(
    "rules",
    [
        pytest.param(NORMAL, id="normal"),
        pytest.param(Rules.of(SLOW_TIMING), id="slow"),
        pytest.param(PATIENT, id="heartbeats that never time out"),
        pytest.param(evolve(NORMAL, former_releases=1), id="one of a release that notes no heartbeats"),
    ],
)
def test_no_two_leaders_act_under_any_schedule(rules: Rules) -> None:
    assert first_overlap(rules, seeds=SCHEDULES) is None


def test_silence_alone_needs_no_waiting_even_with_clocks_that_run_apart() -> None:
    assert first_overlap(WITHOUT_WAITING, seeds=SCHEDULES, faults=SILENCE, rates=WILD_CLOCKS) is None


def test_partitions_let_no_two_act_for_any_of_many_bots_and_all_are_led_once_they_are_over() -> None:
    for seed in range(tries(15, thorough=500)):
        world = play(
            seed,
            NORMAL,
            seconds=SCHEDULE_S + CALM_S,
            calm_s=CALM_S,
            faults=("cut",),
            rates=STEADY_CLOCKS,
            bots=9,
            instances=3,
        )
        assert world.overlap() is None, seed
        assert world.takeovers >= 9, seed
        assert len(world.led_at_the_end()) == 9, seed


def test_the_schedules_hand_over_again_and_again() -> None:
    takeovers = [normal_schedule(seed).takeovers for seed in range(50)]

    assert sum(takeovers) > 100


def test_a_seed_is_a_schedule() -> None:
    assert normal_schedule(7).acts == normal_schedule(7).acts != normal_schedule(8).acts


@pytest.mark.parametrize(("bots", "instances"), [(1, 3), (5, 3), (7, 2), (12, 5)])
def test_once_the_faults_are_over_every_bot_is_led_all_lead_as_many_and_nothing_moves_any_more(
    bots: int, instances: int
) -> None:
    for seed in range(40):
        world = play(
            seed,
            NORMAL,
            seconds=SCHEDULE_S + CALM_S,
            calm_s=CALM_S,
            faults=ALL_FAULTS,
            rates=STEADY_CLOCKS,
            bots=bots,
            instances=instances,
        )
        led = Counter(world.led_at_the_end().values())
        assert sum(led.values()) == bots, seed
        assert {led[number] for number in range(instances)} <= {bots // instances, -(-bots // instances)}, seed
        assert not [act for act in world.acts if world.now - STEADY_S < act.end < world.now], seed


@pytest.mark.parametrize(
    ("rules", "faults"),
    [
        pytest.param(evolve(WITHOUT_WAITING, acting_s=6.0), SILENCE, id="lease longer than idle time"),
        pytest.param(evolve(WITHOUT_WAITING, lease_from_receipt=True), SILENCE, id="lease counted from the answer"),
        pytest.param(WITHOUT_WAITING, ALL_FAULTS, id="no waiting for an unclean predecessor"),
        pytest.param(evolve(NORMAL, hides_unsettled_terms=True), ALL_FAULTS, id="unsettled terms called clean"),
        pytest.param(evolve(PATIENT, acting_s=3.0), ALL_FAULTS, id="no allowance for clocks"),
        pytest.param(
            evolve(NORMAL, former_releases=1, trusts_any_heartbeat=True), ALL_FAULTS, id="heartbeat of an earlier epoch"
        ),
        pytest.param(evolve(NORMAL, old_heartbeats_outlive_a_crash=True), ALL_FAULTS, id="old heartbeat after a crash"),
        pytest.param(evolve(NORMAL, frees_before_it_stops=True), (), id="a bot given away before its work has stopped"),
    ],
)
def test_the_check_finds_the_overlap_that_each_rule_is_there_to_prevent(rules: Rules, faults: tuple[str, ...]) -> None:
    assert first_overlap(rules, seeds=range(3000), faults=faults) is not None
