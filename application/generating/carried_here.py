"""What this process knows of the generations that its own leader carries, to spare the store a question."""

import asyncio
from collections import OrderedDict
from collections.abc import Collection, Sequence
from typing import Final

from attrs import define, field, frozen

from domain.generation import Generation, GenerationId, GenerationState
from domain.provider_account import AccountName

KEPT_AT_MOST: Final = 1000
"""Where another instance leads, nothing takes them."""


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


@define(eq=False)
class _Carried:
    row: Generation
    changed: asyncio.Event


@frozen
class CarriedHere:
    """Spares the store a read and an announcement, and the leader a read, where a callback reaches the process of its leader.

    Empty in a process that does not lead; there the store is asked, and it announces what changed.
    """

    _carried: dict[GenerationId, _Carried] = field(factory=dict, init=False)

    def begin(self, generation: Generation, changed: asyncio.Event) -> None:
        """Set ``changed`` from now on when a callback is about it."""
        self._carried[generation.id] = _Carried(generation, changed)

    def note(self, generation: Generation) -> None:
        """Keep it as it was saved now, where it is carried here."""
        if carried := self._carried.get(generation.id):
            carried.row = generation

    def end(self, generation_id: GenerationId) -> None:
        """It is carried no more."""
        self._carried.pop(generation_id, None)

    def clear(self) -> None:
        """None is carried any more."""
        self._carried.clear()

    def with_task(self, generation_id: GenerationId) -> Generation | None:
        """The one that is carried here, as its leader saved it last; None where it is not, or its task is not known yet."""
        carried = self._carried.get(generation_id)
        return carried.row if carried and carried.row.task_id else None

    def running_on(self, accounts: Collection[AccountName]) -> Sequence[GenerationId]:
        """Those that are carried here and have a task on one of these accounts, in the order in which they were taken up."""
        return [
            generation_id
            for generation_id, carried in self._carried.items()
            if carried.row.state is GenerationState.RUNNING and carried.row.account in accounts
        ]

    def ring(self, generation_id: GenerationId) -> bool:
        """Ring for the one who carries it. False: it is not carried here."""
        carried = self._carried.get(generation_id)
        if carried is None:
            return False
        carried.changed.set()
        return True
