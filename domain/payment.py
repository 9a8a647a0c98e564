"""Payments as a gateway reports them."""

from datetime import datetime, timedelta
from typing import Final

from attrs import frozen

from domain.generation import UserId
from domain.package import Order

SUBSCRIPTION_PERIOD: Final = timedelta(days=30)
"""The only one that Telegram takes (https://core.telegram.org/bots/api#createinvoicelink, read 2026-11)."""


@frozen(kw_only=True)
class Payment:
    """Money that has been received.

    ``charge_id`` is the gateway's name for it, the same however often it is reported. ``order`` is None where the payment
    names none of our own. ``paid_until`` is the end of the period of a subscription, which ``begins`` with its first payment.
    """

    user: UserId
    charge_id: str
    stars: int
    order: Order | None
    at: datetime
    paid_until: datetime | None = None
    begins: bool = False


@frozen(kw_only=True)
class Subscription:
    """A monthly package that a person has.

    ``charge_id`` is of its first payment: the gateway knows it by that. ``last_charge_id`` is of the newest one.
    """

    user: UserId
    package: str
    charge_id: str
    last_charge_id: str
    paid_until: datetime
    is_stopped: bool = False


@frozen(kw_only=True)
class Transaction:
    """One line of the gateway's own books. ``stars`` is positive for what was received, negative for what was given back.

    ``user`` is None where the gateway names no one.
    """

    charge_id: str
    stars: int
    at: datetime
    user: UserId | None = None
    payload: str = ""


@frozen(kw_only=True)
class PromoCode:
    """Words that give credits, once for each person and ``uses_left`` times in all."""

    code: str
    units: int
    uses_left: int
    expires_at: datetime | None = None
