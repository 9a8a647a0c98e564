"""Count the actions that everyday wishes take, print them, and keep the table in docs/experience.md true."""

import asyncio
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import structlog

from tests.support.everyday_wishes import WISHES, Counted, count

PAGE: Final = Path(__file__).parent.parent / "docs" / "experience.md"
BEGIN: Final = "<!-- counted -->\n"
END: Final = "<!-- end -->"


async def main() -> int:
    """Fulfil every wish once on the simulators."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    table = "\n".join(rows([await count(wish) for wish in WISHES])) + "\n"
    sys.stdout.write(table)
    before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    PAGE.write_text(f"{before}{BEGIN}{table}{END}{rest.partition(END)[2]}", "utf-8")
    return 0


def rows(counted: Sequence[Counted]) -> Iterator[str]:
    """Lines of Markdown."""
    yield "| wish | actions | what is done | the model | messages left |"
    yield "| --- | --- | --- | --- | --- |"
    for each in counted:
        done = ", then ".join(each.actions)
        yield f"| {each.wish.name} | {len(each.actions)} | {done} | {each.model.title} | {each.messages} |"


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
