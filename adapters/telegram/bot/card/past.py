"""What a card knows of what its person did before."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from attrs import field, frozen

from application.ports.generation_store import GenerationStore
from application.ports.model_catalog import ModelCatalog
from application.results.list_generations import ListGenerations
from domain.continuation import can_continue
from domain.generation import Generation, GenerationId, UserId
from domain.model import Model
from domain.parameter_roles import task_parameter

LOOKED_AT: Final = 60
"""Of the newest generations, for tasks that a model can take further."""


@frozen(kw_only=True)
class Past:
    """``last``: the values of the newest wish for the same model. ``tasks``: results the model can continue, newest first."""

    last: Mapping[str, object] = field(factory=dict, repr=False)
    tasks: Sequence[Generation] = ()

    def task(self, task_id: object) -> Generation | None:
        """The one with this task."""
        return next((one for one in self.tasks if one.task_id == task_id), None)


@frozen(kw_only=True)
class Recollection:
    """Reads it from the store."""

    _generations: GenerationStore
    _list_generations: ListGenerations
    _catalog: ModelCatalog

    async def of(self, user: UserId, model: Model) -> Past:
        """Raises ``StoreUnavailable``."""
        last = await self._generations.last_of(user, model.id)
        return Past(last=last.input if last else {}, tasks=await self.tasks(user, model))

    async def repeated_since(self, generation: Generation, moment: datetime) -> bool:
        """Whether its user has had its model run once more since then."""
        last = await self._generations.last_of(generation.user, generation.model_id)
        return last is not None and last.id != generation.id and last.created_at >= moment

    async def tasks(self, user: UserId, model: Model) -> Sequence[Generation]:
        """Own results that the model can take further by their task's id."""
        if task_parameter(model) is None:
            return ()
        recent = await self._list_generations(user, limit=LOOKED_AT)
        return [one for one in recent if self._can_continue(model, one)]

    async def task_of(self, user: UserId, model: Model, generation_id: GenerationId) -> Generation | None:
        """This one, if it is the user's own and the model can take it further."""
        found = await self._generations.get(generation_id)
        return found if found and found.user == user and self._can_continue(model, found) else None

    def _can_continue(self, model: Model, generation: Generation) -> bool:
        earlier = self._catalog.find(generation.model_id)
        made = {result.kind for result in generation.results}
        return bool(earlier and generation.task_id and can_continue(model, earlier, made))
