"""Write docs/walks.md: the files that three everyday walks enter, in the order in which they are entered first."""

import asyncio
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Final

from tests.support.telegram_journey import Journey, journey

ROOT: Final = Path(__file__).parents[1]
PAGE: Final = ROOT / "docs" / "walks.md"
SOURCE: Final = ("domain/", "application/", "adapters/", "config/")
FAKES: Final = "adapters/memory/"
BEFORE: Final = {"Words to offer": 53, "Press to create": 70, "Callback to photo": 45}
"""The walks, and how many files each entered before the slices (2026-11-28)."""

Walks = Mapping[str, Sequence[str]]


@contextmanager
def entered_files() -> Iterator[list[str]]:
    """Note the files whose functions run within, each once."""
    entered: dict[str, None] = {}
    files: list[str] = []

    def note(frame: FrameType, event: str, _: object) -> None:
        path = frame.f_code.co_filename
        if event == "call" and path.startswith(f"{ROOT}/") and frame.f_code.co_name != "<module>":
            file = path.removeprefix(f"{ROOT}/")
            if file.startswith(SOURCE) and not file.startswith(FAKES):
                entered[file] = None

    sys.setprofile(note)
    try:
        yield files
    finally:
        sys.setprofile(None)
        files += entered


async def reached(trip: Journey, *, end: bool = False) -> None:
    """Wait until the provider has the task, or until its results are in the chat."""
    while not trip.rows or not (trip.rows[0].is_terminal if end else trip.rows[0].task_id):  # noqa: ASYNC110  # nothing announces it
        await asyncio.sleep(0.05)


async def walked() -> Walks:
    """Return the files of three walks of one person on the fakes."""
    async with journey(driving=True) as trip:
        await trip.say("a blue hare")
        with entered_files() as offering:
            offer = await trip.say("a red fox in snow")
        with entered_files() as creating:
            await trip.press(offer, "▶️")
            await reached(trip)
        await asyncio.sleep(1)  # the update of the press comes to its end
        with entered_files() as delivering:
            await trip.provider_rings()
            await reached(trip, end=True)
    return dict(zip(BEFORE, (offering, creating, delivering), strict=True))


async def entered_at_rest() -> set[str]:
    """Return the files of the duties that tick while no one does anything."""
    async with journey(driving=True) as trip:
        await trip.say("a red fox in snow")
        with entered_files() as resting:
            await asyncio.sleep(1)
    return set(resting)


def page(walks: Walks) -> str:
    """Return docs/walks.md."""
    lines = [
        "# Three walks, file by file",
        "",
        "The files that an everyday walk enters, in the order in which it enters them first. `python -m scripts.walks` writes this",
        "page from a run with a profiler on the fakes, and a test compares it with such runs. [architecture.md](architecture.md#three-walks)",
        "says what happens on the way.",
    ]
    for name, files in walks.items():
        lines += ["", f"## {name}: {len(files)} files", "", *(f"1. `{file}`" for file in files)]
    return "\n".join([*lines, ""])


async def _written() -> None:
    await walked()  # what is built once in a process is no part of an everyday walk
    PAGE.write_text(page(await walked()), encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(_written())
