"""Print which files three everyday walks enter, in the order in which they are entered first: docs/architecture.md."""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Final

from tests.support.telegram_journey import Journey, journey

ROOT: Final = Path(__file__).parents[1]
SOURCE: Final = ("domain/", "application/", "adapters/", "config/")
FAKES: Final = "adapters/memory/"


@contextmanager
def walk(name: str) -> Iterator[None]:
    """Print the files whose functions run within."""
    entered: dict[str, int] = {}

    def note(frame: FrameType, event: str, _: object) -> None:
        path = frame.f_code.co_filename
        if event == "call" and path.startswith(f"{ROOT}/") and frame.f_code.co_name != "<module>":
            file = path.removeprefix(f"{ROOT}/")
            if file.startswith(SOURCE) and not file.startswith(FAKES):
                entered[file] = entered.get(file, 0) + 1

    sys.setprofile(note)
    try:
        yield
    finally:
        sys.setprofile(None)
    print(f"{name}: {len(entered)} files")
    for file, calls in entered.items():
        print(f"  {file} {calls}")


async def reached(trip: Journey, *, end: bool = False) -> None:
    """Wait until the provider has the task, or until its results are in the chat."""
    while not trip.rows or not (trip.rows[0].is_terminal if end else trip.rows[0].task_id):  # noqa: ASYNC110  # no event tells
        await asyncio.sleep(0.05)


async def main() -> None:
    """Three walks of one person on the fakes."""
    async with journey(driving=True) as trip:
        await trip.say("a blue hare")
        with walk("words to offer"):
            offer = await trip.say("a red fox in snow")
        with walk("press to create"):
            await trip.press(offer, "▶️")
            await reached(trip)
        await asyncio.sleep(1)  # the update of the press comes to its end
        with walk("callback to photo"):
            await trip.provider_rings()
            await reached(trip, end=True)


if __name__ == "__main__":
    asyncio.run(main())
