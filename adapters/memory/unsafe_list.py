"""What the operator does not want to be made, in a set."""

from collections.abc import Sequence
from datetime import datetime

from adapters.memory.trouble import Script
from application.ports.clock import Clock
from domain.unsafe_phrase import UnsafePhrase


class InMemoryUnsafeList:
    """``UnsafeList`` for tests. ``on_call`` is the script of trouble."""

    def __init__(self, clock: Clock) -> None:
        self.kept: dict[UnsafePhrase, datetime] = {}
        self.on_call = Script(clock)

    async def phrases(self) -> Sequence[UnsafePhrase]:
        async with self.on_call.around():
            return sorted(self.kept, key=lambda phrase: phrase.text)

    async def add(self, phrase: UnsafePhrase, /, *, at: datetime) -> bool:
        async with self.on_call.around():
            is_new = phrase not in self.kept
            self.kept.setdefault(phrase, at)
            return is_new

    async def remove(self, phrase: UnsafePhrase, /) -> bool:
        async with self.on_call.around():
            return self.kept.pop(phrase, None) is not None
