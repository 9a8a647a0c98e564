"""One fault as data: what strikes, and what it explains."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, Final

from attrs import field, frozen

from tests.support.fault_scene import MIX, Kind, Scene
from tests.support.verdict import NO_EXCUSE, Excuses, broken_promises

Strike = Callable[[Scene], Coroutine[Any, Any, None]]

LOAD: Final = 6
"""Wishes under one fault; a fault that needs more of them says so."""


@frozen(kw_only=True)
class Fault:
    """``strike`` runs beside the load and returns when nothing of its doing is left but what requests are to meet.

    ``pairs``: it may be drawn beside another; not where it lasts by KIE's clock, which our own would hurry past.
    """

    name: str
    strike: Strike = field(repr=False)
    excuses: Excuses = NO_EXCUSE
    own_server: bool = False
    pairs: bool = True
    load: int = LOAD
    kinds: Sequence[Kind] = MIX

    def __str__(self) -> str:
        return self.name


async def endure(scene: Scene, *faults: Fault) -> None:
    """Let the faults strike under load and see that nothing that was promised broke."""
    strikes = [asyncio.create_task(fault.strike(scene), name=fault.name) for fault in faults]
    await asyncio.sleep(0)
    await scene.load(max(fault.load for fault in faults), [kind for fault in faults for kind in fault.kinds])
    await asyncio.gather(*strikes)
    await scene.settled()
    excuses = NO_EXCUSE
    for fault in faults:
        excuses |= fault.excuses
    broken = await broken_promises(scene, excuses)
    assert not broken, "\n".join([*broken, scene.logs.text()])
