"""Every fault alone, and pairs of them by chance, under load: nothing is lost, bought twice or brought twice."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from adapters.postgres_store import migrate
from tests.support.fault_scene import Scene, fault_scene
from tests.support.faults import Fault, endure
from tests.support.kie_troubles import KIE_TROUBLES
from tests.support.postgres import own_server
from tests.support.postgres_troubles import POSTGRES_TROUBLES
from tests.support.telegram_troubles import TELEGRAM_TROUBLES

FAULTS = (*KIE_TROUBLES, *TELEGRAM_TROUBLES, *POSTGRES_TROUBLES)


@asynccontextmanager
async def scene_for(database: str, *faults: Fault, seed: int = 0) -> AsyncIterator[Scene]:
    """On a server of its own where one of the faults mistreats it."""
    if not any(fault.own_server for fault in faults):
        async with fault_scene(database, seed=seed) as scene:
            yield scene
        return
    async with own_server() as server:
        await migrate(server.dsn)
        async with fault_scene(server.dsn, seed=seed, server=server) as scene:
            yield scene


@pytest.mark.parametrize("fault", FAULTS, ids=str)
async def test_a_fault_alone(database: str, fault: Fault) -> None:
    async with scene_for(database, fault) as scene:
        await endure(scene, fault)
