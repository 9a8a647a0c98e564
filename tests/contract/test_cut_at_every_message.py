"""The line to the database is cut at each message of one generation in turn, before the server has it and after it has done it.

``CUTS`` is how many messages are tried on each side (CI: 12, drawn over the whole life; ``all``: every one, which takes minutes).
"""

import os
from collections.abc import Sequence
from random import Random
from typing import Final

import pytest
from attrs import define, field

from tests.support.crash_gate import Side
from tests.support.fault_scene import Kind, Scene
from tests.support.fault_service import fault_scene
from tests.support.tcp_proxy import TcpProxy
from tests.support.verdict import Excuses, broken_promises

LATE: Final = Excuses(refused=True)
"""At the pace of the scene's clock the ten seconds for which a wish is offered to the store pass in a moment."""
CUTS: Final = os.environ.get("CUTS", "12")
SEED: Final = int(os.environ.get("CUT_SEED", "1"))


@define
class Cut:
    """Breaks a connection off at the message of this ``number``, counted from when it is made."""

    line: TcpProxy
    side: Side
    number: int
    seen: int = field(default=0, init=False)

    def __attrs_post_init__(self) -> None:
        self.line.lose_requests(self._counts if self.side is Side.BEFORE else lambda: False)
        self.line.lose_answers(self._counts if self.side is Side.AFTER else lambda: False)

    def _counts(self) -> bool:
        self.seen += 1
        return self.seen == self.number


async def lived_through(scene: Scene, cut: Cut) -> None:
    scene.wish(Kind.IMAGE)
    await scene.settled()
    broken = await broken_promises(scene, LATE)
    assert not broken, "\n".join([f"cut {cut.side} message {cut.number}", *broken, scene.logs.text()])


def drawn(count: int) -> Sequence[int]:
    """Which messages of so many are cut off."""
    every = range(1, count + 1)
    return every if CUTS == "all" else sorted(Random(SEED).sample(every, min(count, int(CUTS))))


@pytest.mark.parametrize("side", Side)
@pytest.mark.timeout(60 if CUTS != "all" else 1800)
async def test_a_line_cut_at_any_message_of_a_generation_buys_and_brings_nothing_twice(
    database: str, side: Side
) -> None:
    async with fault_scene(database, seed=SEED) as scene:
        whole = Cut(scene.store_line, side, number=0)
        await lived_through(scene, whole)
        assert whole.seen > 10
        for number in drawn(whole.seen):
            cut = Cut(scene.store_line, side, number)
            await lived_through(scene, cut)
