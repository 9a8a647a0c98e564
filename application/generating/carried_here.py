"""Which generations this process carries, for the callbacks that reach it."""

import asyncio

from attrs import field, frozen

from domain.generation import GenerationId


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
