"""People's reference sets in a dict."""

from collections.abc import Sequence

from attrs import define, evolve, field

from application.limits import Limit
from domain.generation import UserId
from domain.kept_media import KeptMedia
from domain.reference_set import CharacterId, ReferenceSet, ReferenceSetId


@define
class InMemoryReferenceStore:
    """``ReferenceStore`` for tests."""

    references: dict[ReferenceSetId, ReferenceSet] = field(factory=dict)

    async def add(self, reference: ReferenceSet, /, *, limit: Limit) -> None:
        limit.check(len(await self.of_owner(reference.owner)))
        self.references[reference.id] = reference

    def holds(self, media: KeptMedia) -> bool:
        """Whether a set of the file's owner has it."""
        return any(one.owner == media.owner and media.id in one.media for one in self.references.values())

    async def of_owner(self, owner: UserId, /) -> Sequence[ReferenceSet]:
        own = [one for one in self.references.values() if one.owner == owner]
        return sorted(own, key=lambda one: (one.created_at, one.id), reverse=True)

    async def name_character(
        self, reference_id: ReferenceSetId, owner: UserId, character: CharacterId, /, *, account: str
    ) -> bool:
        found = self.references.get(reference_id)
        if found is None or found.owner != owner:
            return False
        former = [one for one in (*found.former_characters, found.character) if one and one != character]
        self.references[reference_id] = evolve(
            found, character=character, character_account=account, former_characters=tuple(dict.fromkeys(former))
        )
        return True

    async def remove(self, reference_id: ReferenceSetId, owner: UserId, /) -> bool:
        found = self.references.get(reference_id)
        if found is None or found.owner != owner:
            return False
        del self.references[reference_id]
        return True
