"""The simulated account by a hand-set clock: life of a task, limits, credits, and what is on record."""

import random
import re
from typing import Any

import pytest

from simulators.kie.account import KieAccount, Window
from simulators.kie.answers import KieRefusal
from simulators.kie.billing import Bill
from simulators.kie.options import SimulatorOptions
from simulators.kie.prompt_orders import PromptOrders, ScriptedAnswer, read_orders
from simulators.kie.tasks import Durations, KieTask
from tests.support.kie_client import STATUS

MODEL = {"output": "image"}


class HandClock:
    """A clock that stands until it is set."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


def account_at(clock: HandClock, **options: Any) -> KieAccount:
    return KieAccount(options=SimulatorOptions(**({"duration_s": 10.0} | options)), clock=clock)


def start(account: KieAccount, **given: Any) -> KieTask:
    return account.start(
        "a/model",
        MODEL,
        given=given,
        bill=Bill(credits=4.0, least=4.0, most=4.0, is_certain=True),
        request={"input": given},
        status_path=STATUS,
        origin="http://kie.test",
    )


def test_a_task_waits_then_generates_then_succeeds(clock: HandClock) -> None:
    task = start(account_at(clock), prompt="x")
    seen = []
    for age in (0, 4, 8, 9, 9.99, 10, 1_000):
        clock.now = 1_000 + age
        seen.append(task.state(clock.now))
    assert seen == ["waiting", "waiting", "waiting", "generating", "generating", "success", "success"]


def test_a_success_is_charged_when_it_ends_and_a_failure_never(clock: HandClock) -> None:
    account = account_at(clock, credits=100.0)
    start(account, prompt="x")
    start(account, prompt="!fail 501 no luck")
    assert account.balance == 100.0
    clock.now += 10
    assert account.balance == 96.0
    clock.now += 1_000
    assert account.balance == 96.0


def test_a_task_ended_by_hand_is_charged_once(clock: HandClock) -> None:
    account = account_at(clock, credits=100.0)
    account.end_now(start(account, prompt="x"))
    account.end_now(start(account, prompt="y"), ScriptedAnswer(501, "no luck"))
    assert account.balance == 96.0
    clock.now += 100
    assert account.balance == 96.0


def test_without_credits_nothing_starts(clock: HandClock) -> None:
    account = account_at(clock, credits=3.99)
    with pytest.raises(KieRefusal, match="Credits insufficient") as refusal:
        start(account, prompt="x")
    assert refusal.value.code == 402
    assert account.tasks == {}
    account.set(credits=4.0)
    assert start(account, prompt="x").bill.credits == 4.0


def test_the_window_lets_in_its_limit_and_does_not_count_the_refused(clock: HandClock) -> None:
    window = Window()
    asked_at = (0, 1, 2, 9, 9.9, 10, 10.5, 11)
    assert [window.let_in(at, 2, 10.0) for at in asked_at] == [True, True, False, False, False, True, False, True]


def test_the_account_refuses_the_creation_after_the_twentieth(clock: HandClock) -> None:
    account = account_at(clock)
    for _ in range(20):
        account.admit_creation()
    with pytest.raises(KieRefusal) as refusal:
        account.admit_creation()
    assert refusal.value.code == 429


def test_one_task_may_be_read_ten_times_a_second(clock: HandClock) -> None:
    account = account_at(clock)
    task, other = start(account, prompt="x"), start(account, prompt="y")
    for _ in range(10):
        account.look_up(task.id, STATUS)
    with pytest.raises(KieRefusal) as refusal:
        account.look_up(task.id, STATUS)
    assert refusal.value.code == 429
    account.look_up(other.id, STATUS)
    clock.now += 1.01
    account.look_up(task.id, STATUS)
    assert len(account.reads) == 13


def test_a_new_task_is_hidden_for_as_long_as_set(clock: HandClock) -> None:
    account = account_at(clock, hidden_s=5.0)
    task = start(account, prompt="x")
    with pytest.raises(KieRefusal, match="recordInfo is null") as refusal:
        account.look_up(task.id, STATUS)
    assert refusal.value.code == 422
    clock.now += 5
    assert account.look_up(task.id, STATUS) is task


def test_drawn_durations_belong_to_the_model_and_scale() -> None:
    def drawn(scale: float) -> list[float]:
        options = SimulatorOptions(duration_s=None, duration_scale=scale)
        durations = Durations(random.Random(1))
        return sorted(durations.draw("a/model", "image", options) for _ in range(200))

    draws = drawn(1.0)
    assert 12 < draws[100] < 40
    assert draws[0] < 0.6 * draws[100]
    assert drawn(0.01)[100] == pytest.approx(draws[100] / 100)


@pytest.mark.parametrize(
    ("text", "orders"),
    [
        ("a fox", PromptOrders()),
        ("!", PromptOrders()),
        ("wow!fail", PromptOrders()),
        ("!failure", PromptOrders()),
        ("a fox !fail 433 cap reached", PromptOrders(failure=ScriptedAnswer(433, "cap reached"))),
        ("!fail", PromptOrders(failure=ScriptedAnswer(501, "Generation failed"))),
        ("!refuse 402 no money", PromptOrders(refusal=ScriptedAnswer(402, "no money"))),
        ("!slow 2.5 fox", PromptOrders(slow_s=2.5)),
        ("!slow fox", PromptOrders(slow_s=20.0)),
        ("!big 2000 !gone", PromptOrders(big_mb=2000, gone=True)),
        ("лиса !empty", PromptOrders(empty=True)),
        ("!badjson !redirect", PromptOrders(bad_json=True, redirect=True)),
    ],
)
def test_orders_are_read_from_a_text(text: str, orders: PromptOrders) -> None:
    assert read_orders({"prompt": text}) == orders


def test_orders_are_found_in_nested_texts() -> None:
    assert read_orders({"shots": [{"Scene": "x"}, {"Scene": "y !empty"}], "n": 2}).empty


def test_ids_of_a_task_are_two_different_hexadecimals(clock: HandClock) -> None:
    task = start(account_at(clock), prompt="x")
    assert re.fullmatch("[0-9a-f]{32}", task.id)
    assert re.fullmatch("[0-9a-f]{32}", task.record_id)
    assert task.id != task.record_id
