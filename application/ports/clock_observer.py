"""Port: what other machines' clocks say."""

from typing import Protocol


class ClockObserver(Protocol):
    """Takes notice of other clocks, to find out that our own is off."""

    def observe(self, source: str, offset_s: float, /) -> None:
        """Another clock is ``offset_s`` seconds ahead of our own (behind it when negative). ``source`` names whose it is.

        Cheap, and never raises.
        """
        ...
