"""Results that a person of a journey has already made."""

import asyncio
from datetime import timedelta
from typing import Final

from attrs import evolve

from application.ports.media_provider import TaskSucceeded
from domain.generation import Generation, GenerationId, Result
from domain.media import MediaKind
from tests.support.telegram_journey import Journey

_KINDS: Final = {
    "png": MediaKind.IMAGE,
    "gif": MediaKind.IMAGE,
    "mp4": MediaKind.VIDEO,
    "mp3": MediaKind.AUDIO,
    "ogg": MediaKind.AUDIO,
    "pdf": MediaKind.FILE,
}


def file(ending: str, name: str = "result") -> Result:
    """A result that comes as a file of this type."""
    return Result(kind=_KINDS[ending], url=f"https://results.example/{name}.{ending}")


def text(words: str) -> Result:
    """A result in words."""
    return Result(kind=MediaKind.TEXT, text=words)


async def made(trip: Journey, prompt: str, *results: Result) -> Generation:
    """Let the person make this; gives it back delivered. Without ``results`` it is one picture."""
    before = len(trip.rows)
    trip.provider.outcomes.append(TaskSucceeded(results=results or (file("png"),), credits=4.0))
    trip.person.say(f"/generate z-image {prompt}")
    async with asyncio.timeout(30):
        while len(trip.rows) == before:
            await asyncio.sleep(0.005)
    return await trip.provider_rings()


def repeat(trip: Journey, row: Generation, times: int) -> None:
    """As if the same had been made so often before, a minute apart."""
    for number in range(times):
        older = evolve(
            row,
            id=GenerationId(f"g{number:015}"),
            request_key=f"earlier {number}",
            created_at=row.created_at - (number + 1) * timedelta(minutes=1),
        )
        trip.generations.rows[older.id] = older
