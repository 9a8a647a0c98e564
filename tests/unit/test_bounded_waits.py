"""Numbers of strangers: whatever a gateway or Telegram asks for, creations go on, and the operator knows."""

import pytest
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import GetMe

from adapters.kie_http.wire import LONGEST_RETRY_AFTER_S, _seconds
from adapters.memory.clock import ManualClock
from adapters.telegram.api.errors import LONGEST_WAIT_S, wait_asked_s
from application.generating.creation_rate_limiter import LONGEST_PAUSE_S
from application.generating.provider_health import BUSY_FROM_S, STEADY_FOR_S, ProviderHealth
from domain.failure import FailureKind
from domain.operation import AlarmKind
from tests.support.generations import ANN, BOB
from tests.support.submission_office import Office, office

__all__ = ["office"]


@pytest.mark.parametrize("asked", [86_400.0, 1e300, float("inf")])
async def test_everybody_is_served_again_a_minute_after_a_gateway_asked_for_a_day(office: Office, asked: float) -> None:
    office.turns.pause(asked)
    office.ask(ANN, "hers")
    office.ask(BOB, "his")
    await office.clock.advance(LONGEST_PAUSE_S + 1)
    assert office.left


async def test_after_a_pause_one_goes_ahead_and_the_others_follow_when_it_was_taken(office: Office) -> None:
    office.turns.pause(10.0)
    office.ask(ANN, "first", takes_s=2.0)
    office.ask(BOB, "second")
    office.ask(BOB, "third")
    await office.clock.advance(11)
    assert [name for _, name in office.left] == ["first"]
    office.turns.end_pause()
    await office.clock.advance(0)
    assert len(office.left) == 3


async def test_after_a_pause_that_is_not_over_only_one_request_a_minute_is_spent(office: Office) -> None:
    office.turns.pause(86_400.0)
    for number in range(20):
        office.ask(ANN, f"wish{number}", takes_s=0.5)
    for _ in range(5):
        await office.clock.advance(LONGEST_PAUSE_S)
        office.turns.pause(86_400.0)
    assert len(office.left) <= 5


@pytest.mark.parametrize("header", ["86400", "9" * 400])
def test_a_gateways_retry_after_is_read_within_reason(header: str) -> None:
    assert _seconds(header) == LONGEST_RETRY_AFTER_S


@pytest.mark.parametrize(("asked", "waits_s"), [(35, 35.0), (10**12, LONGEST_WAIT_S), (0, 1.0), (-5, 1.0)])
def test_telegrams_retry_after_is_obeyed_within_reason(asked: int, waits_s: float) -> None:
    assert wait_asked_s(TelegramRetryAfter(method=GetMe(), message="Too Many Requests", retry_after=asked)) == waits_s


class Health(ProviderHealth):
    """With names for what is present."""

    @property
    def alarms(self) -> list[AlarmKind]:
        return sorted(alarm.kind for alarm in self.present())


async def test_the_operator_sees_that_creations_are_put_off_for_minutes() -> None:
    clock = ManualClock()
    health = Health(clock)
    health.postponed(60.0)
    assert (health.alarms, health.status()["creations_rest_s"]) == ([], 60.0)
    await clock.advance(BUSY_FROM_S)
    health.postponed(60.0)
    assert health.alarms == [AlarmKind.PROVIDER_BUSY]
    assert health.status() == {"faults": ["provider_busy"], "creations_rest_s": 60.0}
    health.accepted()
    assert health.status() == {"faults": [], "creations_rest_s": 0.0}


@pytest.mark.parametrize(
    ("failure", "alarm"),
    [
        (FailureKind.UNAUTHORISED, AlarmKind.PROVIDER_KEY),
        (FailureKind.OUT_OF_CREDITS, AlarmKind.PROVIDER_CREDITS),
        (FailureKind.USAGE_CAP, AlarmKind.PROVIDER_CAP),
    ],
)
async def test_the_operator_sees_at_once_that_the_account_refuses_and_once_however_often_it_changes(
    failure: FailureKind, alarm: AlarmKind
) -> None:
    clock = ManualClock()
    health = Health(clock)
    health.refused(FailureKind.CONTENT_REFUSED)
    assert health.alarms == []
    for _ in range(3):
        health.refused(failure)
        health.accepted()
        await clock.advance(1)
        assert health.alarms == [alarm]
    await clock.advance(STEADY_FOR_S)
    assert health.alarms == []
