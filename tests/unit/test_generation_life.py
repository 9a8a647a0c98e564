"""The life of a generation, whole: every event in every state either leads where it is written, or is an error."""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Final

import attrs
import pytest

from domain.errors import InvalidTransition
from domain.failure import Failure, FailureKind
from domain.generation import TERMINAL, TRANSITIONS, Generation, GenerationState, Receipt, TaskId
from domain.provider_account import AccountName
from tests.support.generations import NOON, PICTURE, a_generation, life_of

S = GenerationState
Event = Callable[[Generation], Generation]

FAILURE: Final = Failure(kind=FailureKind.GENERATION_FAILED)
RECEIPT: Final = Receipt(indexes=(0,), message="7")

EVENTS: Final[Mapping[str, tuple[Event, Mapping[S, S]]]] = {
    "cancelled": (lambda g: g.cancelled(at=NOON), {S.QUEUED: S.CANCELLED}),
    "measured": (lambda g: g.measured({"prompt": "another"}), {S.QUEUED: S.QUEUED}),
    "submitting": (lambda g: g.submitting(at=NOON), {S.QUEUED: S.SUBMITTING}),
    "not_started": (lambda g: g.not_started(), {S.SUBMITTING: S.QUEUED}),
    "outcome_unknown": (lambda g: g.outcome_unknown(), {S.SUBMITTING: S.UNKNOWN}),
    "running": (lambda g: g.running(TaskId("t")), {S.SUBMITTING: S.RUNNING, S.UNKNOWN: S.RUNNING}),
    "succeeded": (lambda g: g.succeeded((PICTURE,), credits=1.0, at=NOON), {S.RUNNING: S.DELIVERING}),
    "failed": (
        lambda g: g.failed(FAILURE, at=NOON),
        dict.fromkeys((S.QUEUED, S.SUBMITTING, S.UNKNOWN, S.RUNNING), S.DELIVERING),
    ),
    "part_delivered": (lambda g: g.part_delivered(RECEIPT), {S.DELIVERING: S.DELIVERING}),
    "delivered": (lambda g: g.delivered(at=NOON), {S.DELIVERING: S.DELIVERED}),
    "undeliverable": (lambda g: g.undeliverable(at=NOON), {S.DELIVERING: S.UNDELIVERABLE}),
    "sent_again": (
        lambda g: g.sent_again(RECEIPT),
        {S.DELIVERED: S.DELIVERED, S.UNDELIVERABLE: S.UNDELIVERABLE},
    ),
}

CHANGED_BY: Final[Mapping[str, set[str]]] = {
    "cancelled": {"closed_at"},
    "measured": {"input", "input_changed"},
    "submitting": {"submitted_at"},
    "not_started": {"submitted_at"},
    "outcome_unknown": set(),
    "running": {"task_id", "usual_s"},
    "succeeded": {"results", "charged_credits", "ended_at"},
    "failed": {"failure", "ended_at"},
    "part_delivered": {"receipts"},
    "delivered": {"closed_at"},
    "undeliverable": {"closed_at"},
    "sent_again": {"receipts"},
}


def one_in(state: GenerationState) -> Generation:
    """A generation that came to this state by events alone."""
    queued = a_generation()
    submitting, running, delivering, delivered = life_of(queued)
    return {
        S.QUEUED: queued,
        S.SUBMITTING: submitting,
        S.UNKNOWN: submitting.outcome_unknown(),
        S.RUNNING: running,
        S.DELIVERING: delivering,
        S.DELIVERED: delivered,
        S.UNDELIVERABLE: delivering.undeliverable(at=NOON),
        S.CANCELLED: queued.cancelled(at=NOON),
    }[state]


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("event", EVENTS)
def test_an_event_leads_where_it_is_written_or_is_an_error(state: GenerationState, event: str) -> None:
    happen, leads = EVENTS[event]
    before = one_in(state)
    if state not in leads:
        with pytest.raises(InvalidTransition):
            happen(before)
        return
    after = happen(before)
    assert after.state is leads[state]
    changed = {name for name in attrs.asdict(before, recurse=False) if getattr(before, name) != getattr(after, name)}
    assert changed - {"state"} <= CHANGED_BY[event]


def test_the_events_are_all_there_are() -> None:
    returning = {
        name
        for name, member in vars(Generation).items()
        if not name.startswith("_")
        and getattr(member, "__annotations__", {}).get("return") in {"Generation", Generation}
    }
    assert returning == set(EVENTS)
    arrows = {(state, leads[state]) for _, leads in EVENTS.values() for state in leads if leads[state] is not state}
    assert arrows == {(state, target) for state, targets in TRANSITIONS.items() for target in targets}


def test_only_the_ends_lead_nowhere() -> None:
    assert {state for state, targets in TRANSITIONS.items() if not targets} == TERMINAL


def test_a_success_without_any_result_is_an_error() -> None:
    with pytest.raises(InvalidTransition):
        one_in(S.RUNNING).succeeded((), credits=None, at=NOON)


def test_the_documented_diagram_has_the_same_arrows() -> None:
    page = (Path(__file__).parents[2] / "docs" / "architecture.md").read_text().partition("stateDiagram-v2")[2]
    drawn = re.findall(r"^    (\w+) --> (\w+)", page, re.MULTILINE)
    assert set(drawn) == {(str(state), str(target)) for state, targets in TRANSITIONS.items() for target in targets}


@pytest.mark.parametrize(
    ("given", "prompt"),
    [
        ({"count": 3, "loud": True}, ""),
        ({"count": 3, "text": "say this aloud"}, "say this aloud"),
        ({"image": "https://a.example/an address with blanks.png", "style": "plain"}, ""),
        ({"prompt": 5, "text": "two words"}, "two words"),
        ({"a": "two words", "b": "three longer words"}, "three longer words"),
    ],
)
def test_the_words_of_a_model_without_a_prompt_are_its_longest_text(given: dict[str, object], prompt: str) -> None:
    assert a_generation(input=given).prompt == prompt


def test_each_event_writes_what_it_is_given() -> None:
    """CHANGED_BY says which fields an event may change; here is what it makes of them."""
    later = NOON + timedelta(seconds=5)
    assert one_in(S.QUEUED).cancelled(at=later).closed_at == later
    assert one_in(S.QUEUED).submitting(at=later, account=AccountName("second")).account == "second"
    assert one_in(S.SUBMITTING).submitted_at is not None
    assert one_in(S.SUBMITTING).not_started().submitted_at is None
    assert one_in(S.SUBMITTING).running(TaskId("t"), usual_s=12.0).usual_s == 12.0
    assert one_in(S.RUNNING).failed(FAILURE, at=later).ended_at == later
    assert one_in(S.DELIVERING).delivered(at=later).closed_at == later
    assert one_in(S.DELIVERING).undeliverable(at=later).closed_at == later
    delivered = one_in(S.DELIVERED)
    assert delivered.sent_again(RECEIPT).receipts == (*delivered.receipts, RECEIPT)
