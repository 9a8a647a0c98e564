"""Schedules of a simulated world in which no two leaders may act; and the faults of design that the same check finds.

Other rules, many bots and long calms are in ``contract/test_leadership_schedules.py``: they take long.
"""

import pytest
from attrs import evolve

from tests.support.leadership_model import ALL_FAULTS, SILENCE
from tests.support.leadership_schedules import (
    NORMAL,
    PATIENT,
    SCHEDULES,
    WITHOUT_WAITING,
    first_overlap,
    normal_schedule,
)
from tests.support.leadership_world import Rules


def test_no_two_leaders_act_under_any_normal_schedule() -> None:
    assert first_overlap(NORMAL, seeds=SCHEDULES) is None


def test_the_schedules_hand_over_again_and_again() -> None:
    takeovers = [normal_schedule(seed).takeovers for seed in range(50)]

    assert sum(takeovers) > 100


def test_a_seed_is_a_schedule() -> None:
    assert normal_schedule(7).acts == normal_schedule(7).acts != normal_schedule(8).acts


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
