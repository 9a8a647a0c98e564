"""Use case: which of a person's characters a draft is made with."""

from collections.abc import Sequence

from attrs import frozen

from application.drafts.edit_draft import EditDraft
from application.drafts.edits import ClearValue, SetValue
from application.drafts.fill_draft import as_list
from application.results.use_references import UseReferences
from domain.draft import Draft
from domain.generation import Generation, UserId
from domain.reference_set import CHARACTER_IDS, ReferenceKind, ReferenceSet, ReferenceSetId


@frozen(kw_only=True)
class ChooseCharacters:
    """Models take a character by the provider's id; no one has to know it."""

    _references: UseReferences
    _edit: EditDraft

    async def of(self, user: UserId) -> Sequence[ReferenceSet]:
        """The characters to choose from, newest first. Raises StoreUnavailable."""
        return [one for one in await self._references.sets_of(user) if one.kind is ReferenceKind.CHARACTER]

    async def add(self, draft: Draft, reference_id: ReferenceSetId) -> Draft:
        """Return the draft with this character, as the last one.

        Raises:
            ReferenceNotFound, CharacterRefused, MediaGone, MediaUnavailable, ProviderUnavailable: as ``UseReferences.character``.
            EditRefused: the model takes no characters.
            ModelGone, StoreUnavailable: as ``EditDraft``.
        """
        character = await self._references.character(draft.user, reference_id)
        reference = (await self._references.one(draft.user, reference_id)).reference
        others = [one for one in as_list(draft.values.get(CHARACTER_IDS)) if not reference.is_called(one)]
        return await self._edit(draft, SetValue(parameter=CHARACTER_IDS, value=[*others, character]))

    async def turn(self, draft: Draft, reference_id: ReferenceSetId) -> Draft:
        """Return the draft with this character, or without it where it has it. Raises what ``add`` does."""
        reference = (await self._references.one(draft.user, reference_id)).reference
        if not any(map(reference.is_called, as_list(draft.values.get(CHARACTER_IDS)))):
            return await self.add(draft, reference_id)
        return await self._without(draft, reference)

    async def delete(self, draft: Draft, reference_id: ReferenceSetId) -> Draft:
        """Forget a character of the person's, and return the draft without it. Raises what ``UseReferences.delete`` and
        ``EditDraft`` do."""
        reference = (await self._references.one(draft.user, reference_id)).reference
        await self._references.delete(draft.user, reference_id)
        has_it = any(map(reference.is_called, as_list(draft.values.get(CHARACTER_IDS))))
        return await self._without(draft, reference) if has_it else draft

    async def _without(self, draft: Draft, reference: ReferenceSet) -> Draft:
        left = [one for one in as_list(draft.values.get(CHARACTER_IDS)) if not reference.is_called(one)]
        edit = SetValue(parameter=CHARACTER_IDS, value=left) if left else ClearValue(parameter=CHARACTER_IDS)
        return await self._edit(draft, edit)

    async def again(self, generation: Generation) -> Sequence[str]:
        """Return the characters that the generation was made with, as they are called today.

        One that its owner still keeps is shown to the account of today; the id of any other is left as it was.

        Raises:
            CharacterRefused, MediaGone, MediaUnavailable, ProviderUnavailable, StoreUnavailable: as ``UseReferences.character``.
        """
        user = generation.user
        kept = await self.of(user)
        named = [str(one) for one in as_list(generation.input.get(CHARACTER_IDS))]
        known = {name: one.id for name in named for one in kept if one.is_called(name)}
        return [await self._references.character(user, known[one]) if one in known else one for one in named]
