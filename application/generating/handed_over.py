"""Rows that this process has just written, for its own leader."""

from collections import OrderedDict
from typing import Final

from attrs import field, frozen

from domain.generation import Generation, GenerationId, GenerationState

KEPT_AT_MOST: Final = 1000
"""Where another instance leads no one asks for them."""


@frozen
class HandedOver:
    """Spares the leader from reading what is accepted in its own process.

    What is handed over may be out of date when it is taken: every step is a compare-and-set, which finds out. So only what
    waits for its turn is kept; a step without one, such as a message, would go by old knowledge.
    """

    _rows: OrderedDict[GenerationId, Generation] = field(factory=OrderedDict, init=False)

    def give(self, generation: Generation) -> None:
        """Keep it for a moment."""
        if generation.state is not GenerationState.QUEUED:
            return
        self._rows[generation.id] = generation
        if len(self._rows) > KEPT_AT_MOST:
            self._rows.popitem(last=False)

    def take(self, generation_id: GenerationId) -> Generation | None:
        """Return it, once. None: read the store."""
        return self._rows.pop(generation_id, None)
