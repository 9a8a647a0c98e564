"""What a person generated before, as far as it helps to fill in a draft."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from attrs import field, frozen

from application.ports.clock import Clock
from application.ports.generation_store import GenerationStore
from application.ports.model_catalog import ModelCatalog
from domain.continuation import is_kept, values_to_continue
from domain.generation import Generation, GenerationId, Result, UserId
from domain.model import Model, ModelId
from domain.parameter_roles import song_parameter, task_parameter

LOOKED_AT: Final = 60
"""How many of the newest generations are looked through for tasks that a model can continue."""


@frozen(kw_only=True)
class EarlierGenerations:
    """``last``: the values of the newest generation of the same model. ``tasks``: results the model can continue, newest first.
    ``titles``: what the models that made them are called."""

    last: Mapping[str, object] = field(factory=dict, repr=False)
    tasks: Sequence[Generation] = ()
    titles: Mapping[ModelId, str] = field(factory=dict)

    def task(self, task_id: object) -> Generation | None:
        """Return the generation whose task this is; None where it is not among them."""
        return next((one for one in self.tasks if one.task_id == task_id), None)

    def song(self, song_id: object) -> Result | None:
        """Return the result whose id this is; None where it is not among them."""
        return next((made for one in self.tasks for made in one.results if made.id and made.id == song_id), None)


@frozen(kw_only=True)
class GenerationHistoryReader:
    """Reads a person's earlier generations from the store. Raises ``StoreUnavailable``."""

    _generations: GenerationStore
    _catalog: ModelCatalog
    _clock: Clock

    async def __call__(self, user: UserId, model: Model) -> EarlierGenerations:
        """Return what the person did with this model, and what it can continue."""
        last = await self._generations.last_of(user, model.id)
        tasks = await self.tasks(user, model)
        titles = {one.model_id: self._catalog.title_of(one.model_id) for one in tasks}
        return EarlierGenerations(last=last.input if last else {}, tasks=tasks, titles=titles)

    async def tasks(self, user: UserId, model: Model) -> Sequence[Generation]:
        """Return the person's results that the model can continue by their task's id, newest first, and that the provider keeps."""
        if task_parameter(model) is None and song_parameter(model) is None:
            return ()
        recent = await self._generations.history(user, limit=LOOKED_AT)
        now = self._clock.now()
        return [one for one in recent if is_kept(one, now) and self.to_continue(model, one) is not None]

    async def task_of(self, user: UserId, model: Model, generation_id: GenerationId) -> Mapping[str, object] | None:
        """Return what the model is given to continue this generation; None where it is not the person's own, or it can't."""
        found = await self._generations.get(generation_id)
        return self.to_continue(model, found) if found and found.user == user else None

    def to_continue(self, model: Model, generation: Generation) -> Mapping[str, object] | None:
        """Return what the model is given to take this generation further; None where it can't."""
        return values_to_continue(model, self._catalog.find(generation.model_id), generation)

    async def ran_again_since(self, generation: Generation, moment: datetime) -> bool:
        """Return whether its user has had its model run once more since then."""
        last = await self._generations.last_of(generation.user, generation.model_id)
        return last is not None and last.id != generation.id and last.created_at >= moment
