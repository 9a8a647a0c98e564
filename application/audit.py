"""Writing down what admins do."""

from attrs import frozen

from application.ports.audit_log import AuditLog
from application.ports.clock import Clock
from domain.audit import AuditedAction, AuditEntry
from domain.generation import UserId


@frozen
class Audit:
    """Use cases of admins call it before they change anything, so that a crash leaves an entry too many and never one too few.

    Where it can't be written down, nothing is changed.
    """

    _log: AuditLog
    _clock: Clock

    async def __call__(self, action: AuditedAction, *, by: UserId, about: str = "", details: str = "") -> None:
        """Raises ``StoreUnavailable``."""
        entry = AuditEntry(at=self._clock.now(), by=by, action=action, about=about, details=details)
        await self._log.add(entry)
