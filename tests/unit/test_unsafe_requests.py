"""The operator's list of what is not made: how words are found, and that no door goes past it."""

import pytest

from adapters.memory.clock import ManualClock
from adapters.memory.trouble import Trouble
from adapters.memory.unsafe_list import InMemoryUnsafeList
from application.catalog.unsafe_requests import UnsafeRequests
from application.errors import RequestDeclined, StoreUnavailable
from domain.unsafe_phrase import InvalidPhrase, UnsafePhrase, plain
from tests.support.generations import NOON


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
