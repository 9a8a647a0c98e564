"""Port: counting for the operator."""

from typing import Protocol


class Metrics(Protocol):
    """Counters and timings. Never raises; labels come from small fixed sets."""

    def count(self, event: str, /, **labels: str) -> None:
        """One more ``event`` (``generation_closed``, ``provider_request`` …)."""
        ...

    def observe(self, quantity: str, value: float, /, **labels: str) -> None:
        """One measurement; the unit is in the name (``provider_wait_seconds``)."""
        ...

    def gauge(self, quantity: str, value: float, /, **labels: str) -> None:
        """How much there is now."""
        ...
