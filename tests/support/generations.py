"""Generations for tests that care about little of them."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, Final

from domain.generation import Destination, Generation, GenerationId, Result, TaskId, UserId
from domain.media import MediaKind
from domain.model import ModelId

NOON: Final = datetime(2026, 3, 1, 12, tzinfo=UTC)
ANN: Final = UserId("telegram:1")
BOB: Final = UserId("telegram:2")
FLUX: Final = ModelId("flux/kontext")
PICTURE: Final = Result(kind=MediaKind.IMAGE, url="https://files.example/fox.png")

_numbers = count(1)


def a_generation(*, age: timedelta = timedelta(), prompt: str = "a red fox", **changes: Any) -> Generation:
    """A new wish of Ann's, accepted at ``NOON - age``."""
    number = next(_numbers)
    wish: dict[str, Any] = {
        "id": GenerationId(f"g{number:015}"),
        "user": ANN,
        "destination": Destination(chat="1"),
        "language": "en",
        "model_id": FLUX,
        "input": {"prompt": prompt},
        "created_at": NOON - age,
        "request_key": f"request {number}",
        "secret": f"secret {number}",
    }
    return Generation(**wish | changes)


def life_of(generation: Generation) -> list[Generation]:
    """The states of a success that takes ten seconds, in order, without versions."""
    submitting = generation.submitting(at=generation.created_at)
    running = submitting.running(TaskId(f"task of {generation.id}"), usual_s=30.0)
    delivering = running.succeeded((PICTURE,), credits=4.0, at=generation.created_at + timedelta(seconds=10))
    delivered = delivering.delivered(at=generation.created_at + timedelta(seconds=11))
    return [submitting, running, delivering, delivered]
