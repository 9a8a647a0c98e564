"""Use case: begin a draft."""

from attrs import frozen

from application.drafts.fill_draft import DraftContent, PrepareValues
from application.ports.clock import Clock
from application.ports.draft_store import DraftStore
from application.ports.ids import Ids
from application.ports.preference_store import PreferenceStore
from domain.draft import Draft, DraftId
from domain.generation import Destination, UserId
from domain.model import Model


@frozen(kw_only=True)
class StartDraft:
    """Begin a draft with what no one should have to set: switches, content filters, words, files, the task to continue."""

    _drafts: DraftStore
    _preferences: PreferenceStore
    _prepare: PrepareValues
    _clock: Clock
    _ids: Ids

    async def __call__(
        self,
        user: UserId,
        destination: Destination,
        model: Model,
        content: DraftContent | None = None,
        *,
        draft_id: DraftId | None = None,
        keep: bool = True,
    ) -> Draft:
        """Return the new draft, kept unless it is to be run at once (``keep``).

        ``draft_id`` is a name that the front end chooses: the draft takes the place of an earlier one of this name, and both
        together buy at most one generation.

        Raises:
            StoreUnavailable: it may have been kept.
        """
        preferences = await self._preferences.get(user)
        values = await self._prepare(model, preferences, content or DraftContent())
        draft = Draft(
            id=draft_id or DraftId(self._ids.short_id()),
            user=user,
            destination=destination,
            model_id=model.id,
            values=values,
            updated_at=self._clock.now(),
        )
        if keep:
            await self._drafts.save(draft)
        return draft
