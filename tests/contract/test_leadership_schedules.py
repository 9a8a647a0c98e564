"""Hundreds of schedules of the model of leadership: other rules than the normal ones, clocks apart, many bots, and what comes after."""

from collections import Counter

import pytest
from attrs import evolve

from domain.leadership import SLOW_TIMING
from tests.support.effort import tries
from tests.support.leadership_model import ALL_FAULTS, SILENCE, play
from tests.support.leadership_schedules import (
    CALM_S,
    NORMAL,
    PATIENT,
    SCHEDULE_S,
    SCHEDULES,
    STEADY_CLOCKS,
    STEADY_S,
    WILD_CLOCKS,
    WITHOUT_WAITING,
    first_overlap,
)
from tests.support.leadership_world import Rules


@pytest.mark.parametrize(
    "rules",
    [
        pytest.param(Rules.of(SLOW_TIMING), id="slow"),
        pytest.param(PATIENT, id="heartbeats that never time out"),
        pytest.param(evolve(NORMAL, former_releases=1), id="one of a release that notes no heartbeats"),
    ],
)
def test_no_two_leaders_act_under_any_schedule_of_other_rules(rules: Rules) -> None:
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
