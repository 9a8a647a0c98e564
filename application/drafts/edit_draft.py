"""Use case: change the values of a draft."""

from attrs import evolve, frozen

from application.drafts.edits import Edit, Item, edited
from application.drafts.measure_files import MeasureFiles
from application.errors import ModelGone
from application.ports.clock import Clock
from application.ports.draft_store import DraftStore
from application.ports.model_catalog import ModelCatalog
from domain.draft import Draft


@frozen(kw_only=True)
class EditDraft:
    """Change one value, or put words or a file where they belong, and keep the draft."""

    _drafts: DraftStore
    _catalog: ModelCatalog
    _clock: Clock
    _measure: MeasureFiles

    async def __call__(self, draft: Draft, edit: Edit, /, *, item: Item | None = None) -> Draft:
        """Return the draft as it is kept now. With ``item`` the edit is of the fields of one item of a list.

        Raises:
            EditRefused: the model has no such parameter, or nothing takes what is added. Nothing was changed.
            ModelGone: the registry has no such model any more.
            StoreUnavailable: it may have been kept.
        """
        model = self._catalog.entry(draft.model_id)
        if model is None:
            raise ModelGone(draft.model_id)
        values = edited(model, draft.values, edit, item=item)
        values = await self._measure(draft.user, model, values)
        changed = evolve(draft, values=values, updated_at=self._clock.now())
        await self._drafts.save(changed)
        return changed
