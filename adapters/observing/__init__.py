"""Every call of a port counted, timed and traced."""

from adapters.observing.port_watch import PortWatch

__all__ = ["PortWatch"]
