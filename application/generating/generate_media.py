"""Carry one generation from where it stands to its end."""

import asyncio

from attrs import frozen

from application.generating.deliver_generation import DeliverGeneration
from application.generating.follow_task import FollowTask
from application.generating.save_generation import SaveGeneration
from application.generating.side_by_side import SideBySide
from application.generating.submit_generation import SubmitGeneration
from application.leading.leadership_guard import LeadershipGuard
from application.ports.metrics import Metrics
from domain.generation import Generation, GenerationState

S = GenerationState


@frozen(kw_only=True)
class GenerateMedia:
    """The one handler for every model: validate → create → wait → results → into the chat.

    It starts from any state, so a new leader carries on where the last one stopped, and it never takes a step back:
    a generation found in ``submitting`` may have been created, and is not created again.
    """

    _submit: SubmitGeneration
    _follow: FollowTask
    _deliver: DeliverGeneration
    _save: SaveGeneration
    _side_by_side: SideBySide
    _metrics: Metrics

    async def __call__(self, generation: Generation, changed: asyncio.Event, guard: LeadershipGuard) -> Generation:
        """The terminal generation. ``changed`` is set when others change its row.

        Raises:
            NotLeader: this leadership is over; the row says where the next one carries on.
            StaleGeneration: someone else changed the row; read it again.
        """
        while not generation.is_terminal:
            generation = await self._step(generation, changed, guard)
        self._metrics.count(
            "generation_closed",
            state=generation.state,
            failure=generation.failure.kind if generation.failure else "none",
        )
        await self._side_by_side.conclude(generation)
        return generation

    async def taken_back(self, generation: Generation) -> None:
        """Its user cancelled it while it was carried: the others of its series may have ended before."""
        await self._side_by_side.conclude(generation)

    async def _step(self, generation: Generation, changed: asyncio.Event, guard: LeadershipGuard) -> Generation:
        match generation.state:
            case S.QUEUED:
                return await self._submit(generation, guard)
            case S.SUBMITTING:
                return await self._save(generation.outcome_unknown(), guard)
            case S.UNKNOWN:
                return await self._follow.resolve(generation, changed, guard)
            case S.RUNNING:
                return await self._follow(generation, changed, guard)
            case _:
                return await self._deliver(generation, guard)
