"""Port: what is remembered of purchases beside the ledger."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.generation import UserId
from domain.ledger import PostedEntry
from domain.payment import PromoCode, Subscription


class PurchaseStore(Protocol):
    """Subscriptions, promo codes, invitations and the state of refunds, for one bot.

    Raises ``StoreUnavailable`` from any call when the store does not answer. Every call may be repeated.
    """

    async def open_refunds(self) -> Sequence[PostedEntry]:
        """Refunds in the ledger whose end at the gateway no one has written down yet, oldest first."""
        ...

    async def refund_ended(self, charge_id: str, /) -> bool | None:
        """Whether the gateway gave the payment back (True) or refused to (False); None while that is open or not asked."""
        ...

    async def end_refund(self, charge_id: str, /, *, given_back: bool, at: datetime) -> None:
        """Write down how a refund ended at the gateway. What was given back stays so; what was refused may be given back."""
        ...

    async def note_refund(self, charge_id: str, /) -> None:
        """Remember that the gateway has given a payment back by itself, until the ledger says so."""
        ...

    async def noted_refunds(self) -> Sequence[str]:
        """The payments that were noted and not dropped, by their charge ids."""
        ...

    async def drop_noted_refund(self, charge_id: str, /) -> None:
        """The ledger says so now."""
        ...

    async def note_subscription(self, subscription: Subscription, /, *, begins: bool = False) -> UserId | None:
        """Move ``paid_until`` and ``last_charge_id`` on, so that it is not stopped (any more); return what ``inviter_of`` does.

        Nothing where it is paid as far already, so a payment may be reported again. ``charge_id`` stays that of the first
        payment, unless a new subscription ``begins`` with this one. Where another one of the same package is still renewed then, the one
        that is paid less far is a renewal to stop. All of it is one statement.
        """
        ...

    async def renewals_to_stop(self) -> Sequence[tuple[UserId, str]]:
        """Subscriptions that a person has beside a kept one of the same package: whose, and the first payment."""
        ...

    async def drop_renewal_to_stop(self, charge_id: str, /) -> None:
        """It is stopped now."""
        ...

    async def mark_stopped(self, user: UserId, package: str, /, *, stopped: bool) -> None:
        """Note whether it is renewed. Nothing where there is no such subscription."""
        ...

    async def subscriptions(self, user: UserId, /, *, at: datetime) -> Sequence[Subscription]:
        """Those of a person that are paid beyond ``at``."""
        ...

    async def save_promo(self, promo: PromoCode, /) -> None:
        """Write a code down, or change it."""
        ...

    async def claim_promo(self, code: str, mark: str, /, *, at: datetime) -> PromoCode | None:
        """Use a code up for the person behind ``mark``; asking again gives the same. None: it does not hold (any more)."""
        ...

    async def note_referral(self, invited: UserId, inviter: UserId, /, *, at: datetime) -> bool:
        """Remember who brought a person in. False: that is known already, and stays."""
        ...

    async def inviter_of(self, user: UserId, /) -> UserId | None:
        """Who brought this person in; None: no one did."""
        ...

    async def forget(self, user: UserId, /) -> None:
        """Delete what names the person: subscriptions, renewals to stop and who brought whom."""
        ...
