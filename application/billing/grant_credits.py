"""Credits for nothing, and credits put right, by the operator."""

import structlog
from attrs import frozen

from application.errors import GenerationNotFound
from application.ports.clock import Clock
from application.ports.generation_store import GenerationStore
from application.ports.ledger import Ledger
from domain.generation import GenerationId, UserId
from domain.ledger import Balance, Entry, EntryKind
from domain.reservation import units_of

log = structlog.get_logger()


@frozen(kw_only=True)
class GrantCredits:
    """Give a person credits. ``request`` names the wish of the operator: the same one twice is one grant."""

    _ledger: Ledger
    _clock: Clock

    async def __call__(self, user: UserId, units: int, *, by: str, request: str) -> Balance:
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
        if await self._ledger.add(entry):
            log.info("credits.granted", user=user, units=units, by=by)
        return await self._ledger.balance(user)


@frozen(kw_only=True)
class CorrectCharge:
    """Put right what a generation cost its user, once it is known later than its end.

    The agreed ceiling still holds, and nothing falls below zero. Only the operator asks for it: nothing is put right
    silently.
    """

    _ledger: Ledger
    _generations: GenerationStore
    _clock: Clock

    async def __call__(self, generation_id: GenerationId, credits: float, *, by: str) -> int:  # noqa: A002
        """Units that went to the person (negative: from them); 0 where it was right already.

        Raises:
            GenerationNotFound: there is none, or no one paid for it.
            InsufficientCredits: the person has not as much.
        """
        generation = await self._generations.get(generation_id)
        if generation is None or generation.reservation is None:
            raise GenerationNotFound(generation_id)
        due = min(units_of(credits, generation.reservation.units_per_credit), generation.reservation.units)
        paid = await self._paid(generation_id)
        change = paid - due
        if change == 0:
            return 0
        entry = Entry(
            user=generation.user,
            kind=EntryKind.CORRECTION,
            units=change,
            key=f"generation:{generation_id}:correction:{paid}:{due}",
            reference=generation_id,
            by=by,
            at=self._clock.now(),
        )
        await self._ledger.add(entry)
        return change

    async def _paid(self, generation_id: GenerationId) -> int:
        """What the person has paid for it so far, corrections included."""
        about = await self._ledger.about(generation_id)
        kinds = {EntryKind.CHARGE, EntryKind.CORRECTION}
        return -sum(posted.entry.units for posted in about if posted.entry.kind in kinds)
