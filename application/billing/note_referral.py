"""Someone came by a person's link."""

from attrs import frozen

from application.ports.access_store import AccessStore
from application.ports.clock import Clock
from application.ports.ledger import Ledger
from application.ports.purchase_store import PurchaseStore
from domain.generation import UserId


@frozen(kw_only=True)
class NoteReferral:
    """Remember who brought a person in. The inviter's bonus comes when the invited person first pays."""

    _purchases: PurchaseStore
    _ledger: Ledger
    _access: AccessStore
    _clock: Clock
    _referral_units: int = 0

    async def __call__(self, invited: UserId, inviter: UserId) -> bool:
        """Whether it counts: the bonus is on, they are two people, neither brought the other in before, the one who invites
        has been served, and the invited one has not paid.

        Raises:
            StoreUnavailable: asking again is safe.
        """
        if not self._referral_units or invited == inviter or await self._access.person(inviter) is None:
            return False
        if await self._ledger.has_paid(invited) or await self._purchases.inviter_of(inviter) == invited:
            return False
        return await self._purchases.note_referral(invited, inviter, at=self._clock.now())
