"""What this process knows of the generations that its own leader carries, to spare the store a question."""

import asyncio
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


@frozen
class CarriedHere:
    """Spares the store an announcement and the leader a read, where a callback reaches the process of its leader.

    Empty in a process that does not lead: there, as everywhere a ring is not heard, the store announces.
    """

    _changed: dict[GenerationId, asyncio.Event] = field(factory=dict, init=False)

    def begin(self, generation_id: GenerationId, changed: asyncio.Event) -> None:
        """From now on ``changed`` hears of it."""
        self._changed[generation_id] = changed

    def end(self, generation_id: GenerationId) -> None:
        """It is carried no more."""
        self._changed.pop(generation_id, None)

    def clear(self) -> None:
        """None is carried any more."""
        self._changed.clear()

    def ring(self, generation_id: GenerationId) -> bool:
        """Ring for the one who carries it. False: it is not carried here."""
        changed = self._changed.get(generation_id)
        if changed is None:
            return False
        changed.set()
        return True
