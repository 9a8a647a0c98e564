"""An audit log that a test reads."""

from adapters.memory.audit_log import InMemoryAuditLog
from adapters.memory.clock import ManualClock
from application.audit import Audit
from application.ports.clock import Clock


def an_audit(clock: Clock | None = None) -> Audit:
    """One that keeps in memory."""
    clock = clock or ManualClock()
    return Audit(InMemoryAuditLog(clock), clock)
