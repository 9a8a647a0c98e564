"""Use case: one generation by its id, for the operator."""

from attrs import frozen

from application.errors import GenerationNotFound
from application.ports.access_store import AccessStore
from application.ports.generation_store import GenerationStore
from domain.generation import Generation, GenerationId, TaskId


@frozen(kw_only=True)
class FindGeneration:
    """What a complaint, or a line of the provider's own list, is about. A page shows neither the words nor the results of the
    person."""

    _generations: GenerationStore
    _access: AccessStore

    async def __call__(self, name: str) -> tuple[Generation, str]:
        """Return the generation with this id, or of the provider's task with it, and the person's name, empty where it is not
        known.

        Raises GenerationNotFound, StoreUnavailable.
        """
        generation_id = GenerationId(name.lower())  # a phone begins what is typed with a capital letter
        found = await self._generations.get(generation_id) or await self._generations.by_task(TaskId(name))
        if found is None:
            raise GenerationNotFound(generation_id)
        known = await self._access.person(found.user)
        return found, known.name if known else ""
