"""The durations of a leadership, and what is derived from them."""

import pytest
from asyncpg import exceptions as pg
from attrs import evolve

from adapters.postgres_lock.faults import unusable
from adapters.postgres_lock.key import advisory_key
from adapters.postgres_lock.session import server_settings
from domain.backoff import Backoff
from domain.leadership import NORMAL_TIMING, SLOW_TIMING, LeaseTiming, OwnTerms

TIMINGS = [NORMAL_TIMING, SLOW_TIMING]


@pytest.mark.parametrize("timing", TIMINGS)
def test_the_server_never_frees_the_lock_of_a_silent_host_before_the_idle_time(timing: LeaseTiming) -> None:
    settings = server_settings(timing, holder="x")

    probing_s = int(settings["tcp_keepalives_interval"]) * int(settings["tcp_keepalives_count"])
    assert int(settings["tcp_keepalives_idle"]) + probing_s >= timing.idle_s
    assert settings["idle_session_timeout"] == f"{timing.idle_s * 1000:.0f}"
    assert settings["tcp_user_timeout"] == "0"


@pytest.mark.parametrize("timing", TIMINGS)
def test_a_lease_outlives_one_heartbeat_that_is_slow_and_a_second_that_is_late(timing: LeaseTiming) -> None:
    assert timing.heartbeat_s + timing.heartbeat_timeout_s < timing.acting_s


@pytest.mark.parametrize(
    "change", [{"lease_s": 5.0}, {"idle_s": 3.0}, {"heartbeat_timeout_s": 2.5}, {"heartbeat_s": 0.0}]
)
def test_durations_that_would_let_two_act_are_refused(change: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="lease"):
        evolve(NORMAL_TIMING, **change)


@pytest.mark.parametrize(
    ("silence_s", "left_s"), [(None, 3.0), (0.0, 3.0), (1.0, 2.0), (3.0, 0.0), (1e9, 0.0), (-5.0, 3.0)]
)
def test_what_is_left_of_a_lease_is_never_more_than_a_lease(silence_s: float | None, left_s: float) -> None:
    assert NORMAL_TIMING.left_after(silence_s) == left_s


def test_the_name_of_the_holder_is_cut_to_what_the_server_takes() -> None:
    assert len(server_settings(NORMAL_TIMING, holder="x" * 100)["application_name"]) == 63


def test_the_key_of_a_bot_is_the_same_in_every_process_and_release() -> None:
    assert advisory_key("123456") == -5563413720380384632
    assert advisory_key("123456") != advisory_key("123457")


def test_backing_off_doubles_up_to_a_limit_and_chance_takes_half_of_it_at_most() -> None:
    backoff = Backoff(first_s=0.2, most_s=5.0)

    assert [backoff.delay_s(n, chance=1) for n in (1, 2, 3, 4, 5, 6, 1000)] == [0.2, 0.4, 0.8, 1.6, 3.2, 5.0, 5.0]
    assert backoff.delay_s(6, chance=0) == 2.5


def test_an_instance_trusts_its_own_last_term_only_if_that_was_settled() -> None:
    unsettled = OwnTerms().began(7, settled=False)

    assert not unsettled.predecessor_stopped(8, released=False)
    assert unsettled.settled().predecessor_stopped(8, released=False)
    assert unsettled.predecessor_stopped(8, released=True)
    assert not unsettled.settled().predecessor_stopped(9, released=False)


def test_a_settled_term_of_our_own_is_remembered_through_an_unsettled_one() -> None:
    settled = OwnTerms().began(7, settled=True)
    assert settled.predecessor_stopped(8, released=False)
    assert settled.began(9, settled=False) == OwnTerms(epoch=9, settled_epoch=7)


def test_a_missing_row_is_trusted_only_before_the_first_leader_of_all() -> None:
    assert OwnTerms().predecessor_stopped(1, released=None)
    assert not OwnTerms(epoch=3, settled_epoch=3).predecessor_stopped(4, released=None)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (pg.UndefinedObjectError('unrecognized configuration parameter "idle_session_timeout"'), "PostgreSQL 14"),
        (pg.ProtocolViolationError("unsupported startup parameter: lock_timeout"), "direct connection string"),
        (pg.InsufficientPrivilegeError("permission denied for table leadership"), "role"),
        (pg.ReadOnlySQLTransactionError("cannot execute INSERT in a read-only transaction"), "writable"),
    ],
)
def test_what_waiting_cannot_heal_is_reported_with_what_to_do(error: Exception, words: str) -> None:
    assert words in str(unusable(error))


@pytest.mark.parametrize(
    "error",
    [ConnectionRefusedError(), TimeoutError(), pg.AdminShutdownError("bye"), pg.TooManyConnectionsError("full")],
)
def test_what_passes_by_itself_is_waited_for(error: Exception) -> None:
    assert unusable(error) is None
