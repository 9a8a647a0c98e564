"""Use case: fill a draft with the values of the last generation of its model."""

from attrs import evolve, frozen

from application.drafts.fill_draft import as_last_time
from application.drafts.generation_history import GenerationHistoryReader
from application.errors import ModelGone
from application.ports.clock import Clock
from application.ports.draft_store import DraftStore
from application.ports.model_catalog import ModelCatalog
from domain.draft import Draft


@frozen(kw_only=True)
class FillAsLastTime:
    """Everything as it was the last time; words, files and task of this draft stay."""

    _drafts: DraftStore
    _catalog: ModelCatalog
    _history: GenerationHistoryReader
    _clock: Clock

    async def __call__(self, draft: Draft) -> Draft:
        """Return the draft as it is kept now. Raises ModelGone, StoreUnavailable."""
        model = self._catalog.entry(draft.model_id)
        if model is None:
            raise ModelGone(draft.model_id)
        earlier = await self._history(draft.user, model)
        values = as_last_time(model, draft.values, earlier.last)
        changed = evolve(draft, values=values, updated_at=self._clock.now())
        await self._drafts.save(changed)
        return changed
