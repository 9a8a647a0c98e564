"""Faults of our own, sent to Sentry."""

from adapters.sentry.faults import FaultReporter, open_sentry

__all__ = ["FaultReporter", "open_sentry"]
