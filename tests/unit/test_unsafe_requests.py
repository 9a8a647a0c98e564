"""The operator's list of what is not made: how words are found, and that no door goes past it."""

import pytest

from adapters.memory.audit_log import InMemoryAuditLog
from adapters.memory.clock import ManualClock
from adapters.memory.trouble import Trouble
from adapters.memory.unsafe_list import InMemoryUnsafeList
from application.audit import Audit
from application.catalog.unsafe_requests import UnsafeRequests
from application.errors import RequestDeclined, StoreUnavailable
from application.operating.change_unsafe_list import ChangeUnsafeList
from domain.audit import AuditedAction
from domain.unsafe_phrase import InvalidPhrase, UnsafePhrase, plain
from tests.support.generations import ANN, NOON


@pytest.mark.parametrize(
    ("phrase", "text", "is_in"),
    [
        ("fake passport", "A FAKE, passport please", True),
        ("fake passport", "a fake blue passport", False),
        ("passport", "passports", False),
        ("дипфейк*", "сделай дипфейки с ним", True),
        ("ребен*", "Ребёнок", True),
        ("c++", "write c++ code", True),
        ("cat", "concatenate", False),
    ],
)
def test_a_phrase_is_whole_words_in_a_row(phrase: str, text: str, is_in: bool) -> None:
    assert UnsafePhrase(phrase.replace("++", "")).is_in(plain(text)) is is_in


@pytest.mark.parametrize("text", ["", " ", "***", "x" * 201])
def test_a_phrase_that_would_refuse_everything_is_refused(text: str) -> None:
    with pytest.raises(InvalidPhrase):
        UnsafePhrase(text)


async def test_any_text_of_an_input_is_looked_at_and_the_list_outlives_the_store() -> None:
    clock = ManualClock()
    kept = InMemoryUnsafeList(clock)
    await kept.add(UnsafePhrase("fake passport"), at=NOON)
    unsafe = UnsafeRequests(list=kept, clock=clock)
    await unsafe.check({"prompt": "a red fox"})
    with pytest.raises(RequestDeclined):
        await unsafe.check({"shots": [{"text": "a fake passport"}]})
    await clock.advance(60)
    kept.on_call.add(Trouble(error=StoreUnavailable("away")))
    assert await unsafe.holds("fake passport")


async def test_a_phrase_is_added_and_removed_once_however_it_is_written_and_each_try_is_on_record() -> None:
    clock = ManualClock()
    kept, log = InMemoryUnsafeList(clock), InMemoryAuditLog(clock)
    change = ChangeUnsafeList(list=kept, clock=clock, audit=Audit(log, clock))
    phrase = UnsafePhrase("fake passport")
    assert await change.add("Fake  passport", by=ANN) is True
    assert await change.add("fake PASSPORT", by=ANN) is False
    assert (await change.phrases(), kept.kept) == ([phrase], {phrase: clock.now()})
    assert await change.remove("FAKE passport", by=ANN) is True
    assert await change.remove("fake passport", by=ANN) is False
    assert await change.phrases() == []
    actions = [AuditedAction.UNSAFE_ADD] * 2 + [AuditedAction.UNSAFE_REMOVE] * 2
    assert [(entry.by, entry.action, entry.about) for entry in log.entries] == [
        (ANN, action, "fake passport") for action in actions
    ]


async def test_a_phrase_that_is_none_or_not_put_on_record_changes_nothing() -> None:
    clock = ManualClock()
    kept, log = InMemoryUnsafeList(clock), InMemoryAuditLog(clock)
    change = ChangeUnsafeList(list=kept, clock=clock, audit=Audit(log, clock))
    await change.add("fake passport", by=ANN)
    for command in (change.add, change.remove):
        with pytest.raises(InvalidPhrase):
            await command("***", by=ANN)
    for command, text in ((change.add, "fake visa"), (change.remove, "fake passport")):
        log.on_call.add(Trouble(error=StoreUnavailable("away")))
        with pytest.raises(StoreUnavailable):
            await command(text, by=ANN)
    assert await change.phrases() == [UnsafePhrase("fake passport")]
    assert len(log.entries) == 1
