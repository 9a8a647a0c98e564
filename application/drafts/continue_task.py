"""Use case: take one of a person's earlier results as the task that a draft continues."""

from attrs import frozen

from application.drafts.edit_draft import EditDraft
from application.drafts.edits import SetValue
from application.drafts.generation_history import GenerationHistoryReader
from application.errors import GenerationNotFound, ModelGone
from application.ports.model_catalog import ModelCatalog
from domain.draft import Draft
from domain.generation import GenerationId


@frozen(kw_only=True)
class ContinueTask:
    """No one has to know a task's id: the result is enough."""

    _catalog: ModelCatalog
    _history: GenerationHistoryReader
    _edit: EditDraft

    async def __call__(self, draft: Draft, generation_id: GenerationId) -> Draft:
        """Return the draft with the task of this generation.

        Raises:
            GenerationNotFound: it is not the person's own, or the model can't continue it.
            ModelGone, StoreUnavailable: as ``EditDraft`` does.
        """
        model = self._catalog.entry(draft.model_id)
        if model is None:
            raise ModelGone(draft.model_id)
        given = await self._history.task_of(draft.user, model, generation_id)
        if not given:
            raise GenerationNotFound(generation_id)
        for name, value in given.items():
            draft = await self._edit(draft, SetValue(parameter=name, value=value))
        return draft
