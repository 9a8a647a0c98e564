"""Everything that can happen to generations and money, at random, over the real store: what was promised holds at the end of each walk,
and the books balance to the unit.

``WALKS`` is how many there are, ``WALK_SEED`` the first one's seed.
"""

import os
from random import Random
from typing import Final

import pytest

from adapters.memory.clock import ManualClock
from adapters.memory.trouble import Script
from adapters.postgres_store import Database, PostgresGenerationStore
from tests.support.busy_database import BusyDatabase
from tests.support.random_walk import RandomWalk
from tests.support.walking_till import WalkingTill

STEPS: Final = 40
FIRST: Final = int(os.environ.get("WALK_SEED", "1"))
WALKS: Final = int(os.environ.get("WALKS", "8"))


def walk_over(database: Database, seed: int) -> RandomWalk:
    """With a bot, and so rows, of its own."""

    async def settle() -> None:
        await busy.at_rest()

    clock = ManualClock(settle=settle)
    busy = BusyDatabase(database._pool, database._hub, on_call=Script(clock))
    bot = str(seed)
    witness, chance = PostgresGenerationStore(database, bot), Random(seed)
    till = WalkingTill(busy, database, bot, chance, clock)
    return RandomWalk(database=busy, witness=witness, bot=bot, chance=chance, clock=clock, till=till)


@pytest.mark.parametrize("seed", range(FIRST, FIRST + WALKS))
async def test_nothing_is_lost_bought_twice_or_brought_twice_on_a_walk(opened_database: Database, seed: int) -> None:
    walk = walk_over(opened_database, seed)
    for _ in range(STEPS):
        await walk.step()
    await walk.come_to_the_end()
    assert len(await walk.rows()) > 0
    assert walk.till.paid
    broken = await walk.verdict()
    assert not broken, "\n".join([*broken, *walk.history])
