"""Use case: a person asks to be forgotten."""

from collections.abc import Mapping

from attrs import frozen

from application.errors import ForgetRefused
from application.operating.forget_person import ForgetPerson
from application.operating.read_allowance import ReadAllowance
from application.ports.clock import Clock
from application.ports.purchase_store import PurchaseStore
from domain.generation import UserId


@frozen(kw_only=True)
class ForgetMyself:
    """Limits are counted from the rows that forgetting erases, so no one gets a new allowance by it."""

    _forget: ForgetPerson
    _allowance: ReadAllowance
    _purchases: PurchaseStore
    _clock: Clock

    async def __call__(self, user: UserId) -> Mapping[str, int]:
        """Return how many rows were erased by table.

        Raises:
            ForgetRefused: ``today``: the person has spent credits of a daily limit within 24 hours; ``limited``: an admin set
                a limit for this person, and only an admin can take it away; ``subscribed``: the gateway would go on taking
                payments from a person no one knows; ``refund``: as ``ForgetPerson`` does. Nothing was erased.
            StillRunning, StoreUnavailable: as ``ForgetPerson`` does.
        """
        allowance = await self._allowance(user)
        if allowance.is_personal and allowance.credits_per_day is not None:
            raise ForgetRefused("limited")
        if allowance.credits_per_day is not None and allowance.spent > 0:
            raise ForgetRefused("today")
        own = await self._purchases.subscriptions(user, at=self._clock.now())
        if any(not each.is_stopped for each in own):
            raise ForgetRefused("subscribed")
        return await self._forget(user)
