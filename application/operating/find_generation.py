"""Use case: one generation by its id, for the operator."""

from attrs import frozen

from application.errors import GenerationNotFound
from application.ports.access_store import AccessStore
from application.ports.generation_store import GenerationStore
from domain.generation import Generation, GenerationId


@frozen(kw_only=True)
class FindGeneration:
    """What a complaint is about. A page shows neither the words nor the results of the person."""

    _generations: GenerationStore
    _access: AccessStore

    async def __call__(self, generation_id: GenerationId) -> tuple[Generation, str]:
        """Return the generation and the person's name, empty where it is not known.

        Raises GenerationNotFound, StoreUnavailable.
        """
        found = await self._generations.get(generation_id)
        if found is None:
            raise GenerationNotFound(generation_id)
        known = await self._access.person(found.user)
        return found, known.name if known else ""
