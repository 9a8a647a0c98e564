"""Where a process can be stopped: in front of whatever it has an effect on, at an instant that a test names."""

import asyncio
from enum import StrEnum

from attrs import define, field, frozen


class Side(StrEnum):
    """On which side of an effect: not yet begun, or done with its answer withheld."""

    BEFORE = "before"
    AFTER = "after"


@frozen
class Instant:
    """The moment before or after an effect, by the effect's name."""

    effect: str
    side: Side

    def __str__(self) -> str:
        return f"{self.side} {self.effect}"


class Killed(ConnectionError):
    """The process was killed while it was held here. What was held goes no further."""


@define(eq=False)
class Stop:
    """Holds the first that comes to ``instant`` for ``subject``; None, here or there, is anybody."""

    instant: Instant
    subject: str | None = None
    reached: asyncio.Event = field(factory=asyncio.Event, init=False)
    _let_go: asyncio.Event = field(factory=asyncio.Event, init=False)
    _is_killed: bool = field(default=False, init=False)

    async def hold(self) -> None:
        """Return when it is let go.

        Raises:
            Killed: its process is no more.
        """
        self.reached.set()
        await self._let_go.wait()
        if self._is_killed:
            raise Killed(str(self.instant))

    def let_go(self) -> None:
        """What is held goes on."""
        self._let_go.set()

    def kill(self) -> None:
        """What is held goes no further."""
        self._is_killed = True
        self._let_go.set()


class CrashGate:
    """Passed by every effect on its way out, and by its answer on the way back. ``seen`` names all that came by."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self._armed: list[Stop] = []
        self._holding: list[Stop] = []

    def arm(self, instant: Instant, *, subject: str | None = None) -> Stop:
        """Hold the next one that comes to this instant; each stop holds once."""
        stop = Stop(instant, subject)
        self._armed.append(stop)
        return stop

    async def passes(self, effect: str, side: Side, *, subject: str | None = None) -> None:
        """Called with each effect before it is let through, and again before its answer is. Raises as ``Stop.hold``."""
        if side is Side.BEFORE:
            self.seen.append(effect)
        for stop in self._armed:
            is_of_it = stop.subject is None or subject is None or stop.subject == subject
            if is_of_it and stop.instant == Instant(effect, side):
                self._armed.remove(stop)
                self._holding.append(stop)
                await stop.hold()
                return

    def drop(self) -> None:
        """The process is dead: nothing of what is held gets through, and no stop waits any more."""
        for stop in self._holding:
            stop.kill()
        self._armed, self._holding = [], []
