"""Use case: remember that the files of a result were sent again."""

import structlog
from attrs import frozen

from application.errors import StaleGeneration, StoreUnavailable
from application.ports.generation_store import GenerationStore
from domain.errors import InvalidTransition
from domain.generation import GenerationId, Receipt

log = structlog.get_logger()


@frozen
class NoteSentAgain:
    """Add the receipt; from then on its files are the ones to show. That it can't be written costs nothing but a
    repetition, so no error leaves."""

    _generations: GenerationStore

    async def __call__(self, generation_id: GenerationId, receipt: Receipt) -> None:
        """Nothing happens where the generation was deleted meanwhile or is under way."""
        try:
            row = await self._generations.get(generation_id)
            if row is not None:
                await self._generations.save(row.sent_again(receipt))
        except (InvalidTransition, StaleGeneration, StoreUnavailable) as error:
            log.info("receipt.not_noted", generation_id=generation_id, error=error.code)
        else:
            log.info("receipt.replaced", generation_id=generation_id, results=len(receipt.indexes))
