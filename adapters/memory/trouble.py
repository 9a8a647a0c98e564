"""Scripted trouble for the fakes: what the next calls of one method meet instead of going well."""

from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from attrs import define, field, frozen

from application.ports.clock import Clock


@frozen(kw_only=True)
class Trouble:
    """What one call meets: ``delay_s`` seconds first, then ``error``, before its effect or after it (``takes_effect``).

    ``answer_delay_s``: so long after the effect comes the answer, which may be out of date by then.
    """

    error: Exception | None = None
    takes_effect: bool = False
    delay_s: float = 0.0
    answer_delay_s: float = 0.0


@define
class Script:
    """Trouble in the order in which calls will meet it. Calls beyond its end go well."""

    _clock: Clock
    _troubles: deque[Trouble] = field(factory=deque, init=False)

    def add(self, *troubles: Trouble) -> None:
        """Each of the next calls meets one of these."""
        self._troubles.extend(troubles)

    def clear(self) -> None:
        """Calls go well again."""
        self._troubles.clear()

    @asynccontextmanager
    async def around(self) -> AsyncIterator[None]:
        """Wrap the effect of one call."""
        trouble = self._troubles.popleft() if self._troubles else Trouble()
        await self._clock.sleep(trouble.delay_s)
        if trouble.error is not None and not trouble.takes_effect:
            raise trouble.error
        yield
        if trouble.answer_delay_s:
            await self._clock.sleep(trouble.answer_delay_s)
        if trouble.error is not None:
            raise trouble.error
