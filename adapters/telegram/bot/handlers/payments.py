"""Money that moves: pre-checkout queries, payments, refunds. Also while nothing is sold: what was paid is written down."""

from contextlib import suppress
from datetime import UTC, datetime

import structlog
from aiogram import F, Router
from aiogram.types import Message, PreCheckoutQuery, SuccessfulPayment
from aiogram.types.bot_subscription_updated import BotSubscriptionUpdated

from adapters.telegram.api.incoming import destination_of
from adapters.telegram.api.screens import Rows, Screen, Screens, button
from adapters.telegram.api.stars_gateway import CURRENCY
from adapters.telegram.bot.billing.screens import credits_text
from adapters.telegram.bot.buttons import BalanceButton
from adapters.telegram.bot.middleware import answer_checkout
from adapters.telegram.bot.person import Person, Refusal
from application.errors import AlreadySubscribed, ApplicationError, PackageChanged
from application.front_ends.billing import BillingUseCases
from domain.package import Order
from domain.payment import Payment

log = structlog.get_logger()


def payments_router() -> Router:
    """Included whether or not anything is sold."""
    router = Router(name="payments")
    router.pre_checkout_query.register(_checkout)
    router.message.register(_paid, F.successful_payment)
    router.message.register(_refunded, F.refunded_payment)
    router.subscription.register(_subscription)
    return router


async def _checkout(
    query: PreCheckoutQuery, *, person: Person, billing: BillingUseCases, refusal: Refusal | None = None
) -> None:
    words = person.words
    if refusal:
        await answer_checkout(query, refusal.text or words.plain("tg-checkout-refused"))
        return
    if not billing.is_on:
        await answer_checkout(query, words.plain("tg-checkout-closed"))
        return
    try:
        if query.currency != CURRENCY:
            raise PackageChanged(query.currency)
        await billing.check_purchase(person.user, query.invoice_payload, query.total_amount)
    except PackageChanged:
        await answer_checkout(query, words.plain("failure-package_changed"))
    except AlreadySubscribed:
        await answer_checkout(query, words.plain("failure-already_subscribed"))
    else:
        await answer_checkout(query, None)


async def _paid(message: Message, *, person: Person, screens: Screens, billing: BillingUseCases) -> None:
    """Written down first, then thanked for. Raises where it could not be written: the update comes again."""
    paid = message.successful_payment
    assert paid is not None  # noqa: S101  # the filter
    if paid.currency != CURRENCY:
        await _paid_otherwise(message, paid, person, screens, billing)
        return
    until = paid.subscription_expiration_date
    payment = Payment(
        user=person.user,
        charge_id=paid.telegram_payment_charge_id,
        stars=paid.total_amount,
        order=Order.read(paid.invoice_payload),
        at=message.date,
        paid_until=datetime.fromtimestamp(until, UTC) if until else None,
        begins=bool(paid.is_first_recurring),
    )
    entry = await billing.record_payment(payment)
    words = person.words
    text = words(
        "tg-paid",
        credits=credits_text(entry.units, words),
        stars=payment.stars,
        charge=payment.charge_id,
    )
    rows: Rows = [[button(words.plain("tg-to-balance"), BalanceButton(owner=person.account, action="page"))]]
    with suppress(ApplicationError):  # the money is safe; thanks are manners
        await screens.show(destination_of(message, reply=False), Screen(text, rows))


async def _paid_otherwise(
    message: Message, paid: SuccessfulPayment, person: Person, screens: Screens, billing: BillingUseCases
) -> None:
    """We sell for Stars alone: what came in another currency is no number of Stars. The operator must look at it."""
    log.error("payment.in_another_currency", charge_id=paid.telegram_payment_charge_id, currency=paid.currency)
    contact = billing.contact or person.words.plain("tg-operator")
    text = person.words("tg-paid-otherwise", charge=paid.telegram_payment_charge_id, contact=contact)
    await screens.show(destination_of(message, reply=False), Screen(text, []))


async def _refunded(message: Message, *, billing: BillingUseCases) -> None:
    """Telegram says that it has given a payment back: at our wish, or at someone else's."""
    refunded = message.refunded_payment
    assert refunded is not None  # noqa: S101  # the filter
    await billing.refund.note(refunded.telegram_payment_charge_id)


async def _subscription(change: BotSubscriptionUpdated, *, person: Person, billing: BillingUseCases) -> None:
    """The person stopped a subscription in Telegram's own settings, or took it up again."""
    if order := Order.read(change.invoice_payload):
        await billing.purchases.mark_stopped(person.user, order.package, stopped=change.state != "active")
