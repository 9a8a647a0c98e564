"""How instances share the bots evenly: who takes a free one, who asks whom for one, who gives one away."""

from collections.abc import Mapping
from typing import Final

from attrs import field, frozen

SPARE_S: Final = 0.5
"""How long a free bot is left to an instance that leads fewer. After that anyone takes it: evenly is good, led is better."""


@frozen(kw_only=True)
class Share:
    """What one instance sees of all at one moment: how many bots there are, and how many each member leads.

    A member is an instance that takes part; one that was asked to stop takes part no more, though it may still lead.
    A bot moves only from one that leads two or more above another, so each move makes the numbers more equal, and the
    moves end.
    """

    bots: int
    own: int
    """The member that looks."""
    led: Mapping[int, int] = field()

    @property
    def room(self) -> int:
        """How many free bots it may take at once; 0 where it takes no part."""
        if self.own not in self.led:
            return 0
        quota = -(-self.bots // len(self.led))
        return max(0, quota - self.led[self.own])

    def donor(self) -> int | None:
        """Return whom to ask for a bot; None where the numbers are as equal as they can be."""
        if self.own not in self.led:
            return None
        most = max(self.led, key=lambda member: (self.led[member], member))
        return most if self.led[most] - self.led[self.own] >= 2 else None

    def gives_to(self, member: int) -> bool:
        """Whether a bot of its own is to move to ``member``."""
        theirs = self.led.get(member)
        return theirs is not None and self.led.get(self.own, 0) - theirs >= 2
