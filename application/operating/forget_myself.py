"""Use case: a person asks to be forgotten."""

from collections.abc import Mapping

from attrs import frozen

from application.errors import ForgetRefused
from application.limits import GroupLimits, UserLimits
from application.operating.forget_person import ForgetPerson
from application.operating.read_allowance import Allowance, ReadAllowance
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
    _limits: UserLimits
    _group_limits: GroupLimits

    async def __call__(self, user: UserId) -> Mapping[str, int]:
        """Return how many rows were erased by table.

        Raises:
            ForgetRefused: ``today``: the person has used up some of a daily limit, their own or a group's, within 24 hours; ``limited``: an admin set
                a limit for this person, and only an admin can take it away; ``subscribed``: the gateway would go on taking
                payments from a person no one knows; ``refund``: as ``ForgetPerson`` does. Nothing was erased.
            StillRunning, StoreUnavailable: as ``ForgetPerson`` does.
        """
        allowance = await self._allowance(user)
        if allowance.is_personal and allowance.credits_per_day is not None:
            raise ForgetRefused("limited")
        if self._has_daily(allowance) and (allowance.generations or allowance.spent > 0):
            raise ForgetRefused("today")
        own = await self._purchases.subscriptions(user, at=self._clock.now())
        if any(not each.is_stopped for each in own):
            raise ForgetRefused("subscribed")
        return await self._forget(user)

    def _has_daily(self, allowance: Allowance) -> bool:
        """Whether anything that the person runs counts in a limit a day."""
        return allowance.credits_per_day is not None or self._limits.per_day is not None or bool(self._group_limits)
