"""Planned ages against a poller with a fixed interval, on drawn run times. No clocks: everything is arithmetic."""

import math
import random
from collections.abc import Callable
from heapq import heapify, heappop, heapreplace
from itertools import pairwise

import pytest
from attrs import frozen

from domain.media import MediaKind
from domain.model import ModelId
from domain.polling import LATEST_GAP_S, NAIVE_INTERVAL_S, SHORTEST_GAP_S, PollPlanner

MODEL = ModelId("some/model")


@frozen
class Waiting:
    """What waiting for many tasks came to: questions per task, and the delays of finding the end, in seconds."""

    questions: float
    delays: list[float]

    def quantile(self, share: float) -> float:
        return self.delays[int(len(self.delays) * share)]


def run_times(median_s: float, sigma: float, count: int, seed: int = 7) -> list[float]:
    drawn = random.Random(seed)
    return [median_s * math.exp(sigma * drawn.gauss(0, 1)) for _ in range(count)]


def wait_for(durations: list[float], next_delay: Callable[[float], float]) -> Waiting:
    questions, delays = 0, []
    for duration in durations:
        age = 0.0
        while age < duration:
            age += next_delay(age)
            questions += 1
        delays.append(age - duration)
    return Waiting(questions / len(durations), sorted(delays))


def naively(durations: list[float]) -> Waiting:
    return wait_for(durations, lambda _age: NAIVE_INTERVAL_S)


def planned(planner: PollPlanner, output: MediaKind = MediaKind.IMAGE) -> Callable[[float], float]:
    return lambda age: planner.next_delay(MODEL, output, age)


def experienced(durations: list[float]) -> PollPlanner:
    planner = PollPlanner()
    for duration in durations:
        planner.observe(MODEL, duration)
    return planner


@pytest.mark.parametrize("median_s", [8.0, 20.0, 120.0])
def test_a_model_that_is_known_is_found_in_half_the_time_for_no_more_questions(median_s: float) -> None:
    planner = experienced(run_times(median_s, 0.35, 200, seed=1))
    durations = run_times(median_s, 0.35, 2000)
    own, naive = wait_for(durations, planned(planner)), naively(durations)

    assert own.questions <= 1.02 * naive.questions
    assert own.quantile(0.5) <= 0.57 * naive.quantile(0.5)
    assert own.quantile(0.99) <= 1.1 * naive.quantile(0.99)


@pytest.mark.parametrize(
    ("output", "median_s", "sigma"),
    [(MediaKind.IMAGE, 20.0, 0.8), (MediaKind.VIDEO, 120.0, 0.6), (MediaKind.AUDIO, 30.0, 0.5)],
)
def test_a_model_no_one_has_seen_yet_is_waited_for_no_worse_than_naively(
    output: MediaKind, median_s: float, sigma: float
) -> None:
    durations = run_times(median_s, sigma, 2000)
    own, naive = wait_for(durations, planned(PollPlanner(), output)), naively(durations)

    assert own.questions <= 1.05 * naive.questions
    assert own.quantile(0.5) <= naive.quantile(0.5)
    assert own.quantile(0.99) <= 1.1 * naive.quantile(0.99)


def test_the_more_was_seen_the_sooner_the_end_is_found() -> None:
    durations = run_times(8.0, 0.35, 2000)
    means = [
        sum(wait_for(durations, planned(experienced(run_times(8.0, 0.35, seen, seed=1)))).delays)
        for seen in (0, 10, 200)
    ]
    assert means[0] > means[1] > means[2]


def test_a_model_with_two_speeds_is_asked_about_around_both() -> None:
    both = [*run_times(5.0, 0.1, 1000), *run_times(60.0, 0.1, 1000)]
    planner = experienced([*run_times(5.0, 0.1, 100, seed=1), *run_times(60.0, 0.1, 100, seed=2)])
    own, naive = wait_for(both, planned(planner)), naively(both)

    assert own.questions <= 1.02 * naive.questions
    assert sum(own.delays) < 0.9 * sum(naive.delays)


def test_no_task_is_asked_about_more_often_than_the_provider_takes() -> None:
    planner = experienced([10.0] * 200)
    age, ages = 0.0, []
    while age < 600:
        age += planner.next_delay(MODEL, MediaKind.IMAGE, age)
        ages.append(age)
    assert min(later - earlier for earlier, later in pairwise(ages)) >= SHORTEST_GAP_S / 2


@pytest.mark.parametrize("age_s", [0.0, 0.01, 3.0, 19.99, 300.0, 785.0, 3600.0, 1e6])
def test_there_is_always_a_next_question_whatever_the_age(age_s: float) -> None:
    for planner in (PollPlanner(), experienced([10.0] * 30), PollPlanner(callbacks=True)):
        assert 0 < planner.next_delay(MODEL, MediaKind.VIDEO, age_s) < 800
    assert PollPlanner().next_delay(MODEL, MediaKind.IMAGE, max(age_s, 1300.0)) == LATEST_GAP_S


def test_with_callbacks_hardly_any_task_is_asked_about_before_its_end() -> None:
    planner = PollPlanner(callbacks=True)
    for duration in run_times(8.0, 0.35, 200, seed=1):
        planner.observe(MODEL, duration)
    first = planner.next_delay(MODEL, MediaKind.IMAGE, 0.0)
    still_running = [duration for duration in run_times(8.0, 0.35, 2000) if duration > first]
    assert len(still_running) < 0.02 * 2000


def test_callbacks_that_do_not_come_are_no_longer_waited_for_until_one_comes() -> None:
    planner = PollPlanner(callbacks=True)
    patient = planner.next_delay(MODEL, MediaKind.IMAGE, 0.0)
    for _ in range(3):
        planner.callback_missed()
    assert planner.next_delay(MODEL, MediaKind.IMAGE, 0.0) < patient / 5

    planner.callback_arrived()
    assert planner.next_delay(MODEL, MediaKind.IMAGE, 0.0) == patient


def test_what_a_model_usually_takes_is_the_median_of_what_was_seen() -> None:
    planner = PollPlanner()
    assert planner.usual_s(MODEL) is None
    planner.next_delay(MODEL, MediaKind.IMAGE, 0.0)
    assert planner.usual_s(MODEL) is None
    for duration in (10.0, 12.0, 600.0):
        planner.observe(MODEL, duration)
    assert planner.usual_s(MODEL) == 12.0


@pytest.mark.parametrize("nonsense", [0.0, -1.0, math.inf, math.nan])
def test_what_is_no_run_time_is_not_learned(nonsense: float) -> None:
    planner = PollPlanner()
    planner.observe(MODEL, nonsense)
    assert planner.usual_s(MODEL) is None


def test_of_many_tasks_that_begin_together_the_quick_ones_do_not_pass_for_all() -> None:
    durations = run_times(8.0, 0.35, 1000, seed=3)
    planner = experienced(run_times(8.0, 0.35, 200))
    questions = 0
    due = [(planner.next_delay(MODEL, MediaKind.IMAGE, 0.0), number) for number in range(len(durations))]
    heapify(due)
    while due:
        now, number = due[0]
        questions += 1
        if now >= durations[number]:
            planner.observe(MODEL, durations[number], ended_at_s=now)
            heappop(due)
        else:
            heapreplace(due, (now + planner.next_delay(MODEL, MediaKind.IMAGE, now), number))
    assert questions / len(durations) <= 1.05 * naively(durations).questions


def test_what_a_model_took_long_ago_is_forgotten() -> None:
    planner = experienced([100.0] * 200 + [10.0] * 200)
    assert planner.usual_s(MODEL) == 10.0


def test_a_plan_follows_what_is_learned_after_it_was_first_made() -> None:
    planner = PollPlanner()
    first = planner.next_delay(MODEL, MediaKind.IMAGE, 0.0)
    for _ in range(100):
        planner.observe(MODEL, 60.0)
    assert planner.next_delay(MODEL, MediaKind.IMAGE, 0.0) > 2 * first


def test_a_plan_lasts_until_a_quarter_more_is_known() -> None:
    planner = experienced([10.0] * 8)
    before = planner.next_delay(MODEL, MediaKind.IMAGE, 0.0)
    delays = []
    for _ in range(3):
        planner.observe(MODEL, 100.0)
        delays.append(planner.next_delay(MODEL, MediaKind.IMAGE, 0.0))
    assert delays[:2] == [before, before]
    assert delays[2] != before
