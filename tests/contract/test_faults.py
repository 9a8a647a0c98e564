"""Every fault alone, and pairs of them by chance, under load: nothing is lost, bought twice or brought twice.

``FAULT_PAIRS`` is how many pairs are drawn (``all`` for every one there is, which takes an hour), ``FAULT_SEED`` from where.
"""

import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from itertools import combinations
from random import Random
from typing import Final

import pytest

from adapters.postgres_store import migrate
from tests.support.fault_scene import Scene
from tests.support.fault_service import fault_scene
from tests.support.faults import Fault, endure
from tests.support.kie_troubles import KIE_TROUBLES
from tests.support.postgres import own_server
from tests.support.postgres_troubles import POSTGRES_TROUBLES
from tests.support.telegram_troubles import TELEGRAM_TROUBLES

FAULTS: Final = (*KIE_TROUBLES, *TELEGRAM_TROUBLES, *POSTGRES_TROUBLES)
SEED: Final = int(os.environ.get("FAULT_SEED", "1"))


def drawn_pairs() -> Sequence[tuple[Fault, Fault]]:
    """Of two that each want a server of their own, the second would strike what the first has just brought down."""
    pairs = [(one, other) for one, other in combinations(FAULTS, 2) if not (one.own_server and other.own_server)]
    wanted = os.environ.get("FAULT_PAIRS", "20")
    drawn = pairs if wanted == "all" else Random(SEED).sample(pairs, int(wanted))
    return [(one, other) for one, other in drawn if one.pairs and other.pairs]


@asynccontextmanager
async def scene_for(database: str, *faults: Fault) -> AsyncIterator[Scene]:
    """On a server of its own where one of the faults mistreats it."""
    if not any(fault.own_server for fault in faults):
        async with fault_scene(database, seed=SEED) as scene:
            yield scene
        return
    async with own_server() as server:
        await migrate(server.dsn)
        async with fault_scene(server.dsn, seed=SEED, server=server) as scene:
            yield scene


@pytest.mark.parametrize("fault", FAULTS, ids=str)
async def test_a_fault_alone(database: str, fault: Fault) -> None:
    async with scene_for(database, fault) as scene:
        await endure(scene, fault)
        assert scene.kie.faults.left == 0, "a fault that nothing met proves nothing"


@pytest.mark.parametrize("pair", drawn_pairs(), ids=lambda pair: f"{pair[0]}+{pair[1]}")
async def test_two_faults_at_once(database: str, pair: tuple[Fault, Fault]) -> None:
    async with scene_for(database, *pair) as scene:
        await endure(scene, *pair)
