"""Credits for nothing, and credits put right, by the operator."""

from collections.abc import Sequence

import structlog
from attrs import frozen

from application.audit import Audit
from application.errors import GenerationNotFound, StillRunning
from application.ports.clock import Clock
from application.ports.generation_store import GenerationStore
from application.ports.ledger import Ledger
from domain.audit import AuditedAction
from domain.generation import GenerationId, UserId
from domain.ledger import Balance, Entry, EntryKind
from domain.reservation import credits_of

log = structlog.get_logger()


@frozen(kw_only=True)
class GrantCredits:
    """Give a person credits. ``request`` names the wish of the operator: the same one twice is one grant."""

    _ledger: Ledger
    _clock: Clock
    _audit: Audit

    async def __call__(self, user: UserId, units: int, *, by: UserId, request: str) -> Balance:
        """What the person has now. Raises ``StoreUnavailable``."""
        entry = Entry(
            user=user,
            kind=EntryKind.GRANT,
            units=units,
            key=f"grant:{request}",
            reference="operator",
            by=by,
            at=self._clock.now(),
        )
        await self._audit(AuditedAction.GRANT, by=by, about=user, details=_credits(units))
        if await self._ledger.add(entry):
            log.info("credits.granted", user=user, units=units, by=by)
        return await self._ledger.balance(user)


@frozen(kw_only=True)
class CorrectCharge:
    """Put right what a generation cost its user, once it is known later than its end.

    The agreed ceiling still holds, what brought no result stays free, and nothing falls below zero. Only the operator
    asks for it: nothing is put right silently.
    """

    _ledger: Ledger
    _generations: GenerationStore
    _clock: Clock
    _audit: Audit

    async def __call__(self, generation_id: GenerationId, credits: float, *, by: UserId) -> int:  # noqa: A002  # the field's word
        """Units that went to the person (negative: from them); 0 where it was right already.

        Raises:
            GenerationNotFound: there is none, or no one paid for it.
            StillRunning: it has not come to its end, which settles it.
            InsufficientCredits: the person has not as much.
        """
        generation = await self._generations.get(generation_id)
        if generation is None or generation.reservation is None:
            raise GenerationNotFound(generation_id)
        if not generation.is_terminal:
            raise StillRunning(1)
        due = generation.reservation.charge(credits) if generation.results else 0
        written = await self._written(generation_id)
        change = -due - sum(entry.units for entry in written)
        if change == 0:
            return 0
        entry = Entry(
            user=generation.user,
            kind=EntryKind.CORRECTION,
            units=change,
            key=f"generation:{generation_id}:correction:{len(written)}",
            reference=generation_id,
            by=by,
            at=self._clock.now(),
        )
        details = f"{generation_id} {_credits(change)}"
        await self._audit(AuditedAction.CORRECT, by=by, about=generation.user, details=details)
        return change if await self._ledger.add(entry) else 0

    async def _written(self, generation_id: GenerationId) -> Sequence[Entry]:
        """What the person has paid for it so far, corrections included. Two corrections at once are one."""
        about = await self._ledger.about(generation_id)
        kinds = {EntryKind.CHARGE, EntryKind.CORRECTION}
        return [posted.entry for posted in about if posted.entry.kind in kinds]


def _credits(units: int) -> str:
    return f"{credits_of(units):+}"
