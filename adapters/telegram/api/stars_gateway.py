"""``PaymentGateway`` in Telegram Stars.

https://core.telegram.org/bots/payments-stars and /bots/api#payments, read 2026-11: currency XTR, no provider token, exactly
one price; a payment is named by its ``telegram_payment_charge_id``, also in the list of transactions.
"""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Final

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.methods import CreateInvoiceLink, SendInvoice
from aiogram.types import LabeledPrice, StarTransaction, TransactionPartnerUser
from attrs import frozen

from adapters.telegram.api.errors import TELEGRAM_FAULTS, trouble_of
from adapters.telegram.api.screens import FormRefused, Sender, addressed
from application.errors import (
    DeliveryOutcomeUnknown,
    DestinationGone,
    GatewayUnavailable,
    MessengerUnavailable,
    PaymentRefused,
)
from application.ports.payment_gateway import Invoice
from domain.generation import Destination, UserId
from domain.payment import Transaction

CURRENCY: Final = "XTR"
MONTH_S: Final = 2_592_000
"""The only period Telegram offers (createInvoiceLink)."""
PAGE: Final = 100
REQUEST_S: Final = 20

ALREADY: Final = "CHARGE_ALREADY_REFUNDED"
"""Seen for a refund that had been made: tdlib/telegram-bot-api issue 690."""


@frozen
class StarsGateway:
    """The bot's own account of Stars."""

    _bot: Bot
    _sender: Sender

    async def send_invoice(self, destination: Destination, invoice: Invoice, /) -> None:
        method = SendInvoice(
            chat_id=destination.chat,
            title=invoice.title,
            description=invoice.description,
            payload=invoice.order.write(),
            currency=CURRENCY,
            prices=[LabeledPrice(label=invoice.title, amount=invoice.order.stars)],
            provider_token="",
        )
        try:
            await self._sender.send(addressed(method, destination))
        except FormRefused as error:
            raise DestinationGone(error.trouble) from None
        except (MessengerUnavailable, DeliveryOutcomeUnknown) as error:
            raise GatewayUnavailable(str(error)) from None

    async def subscription_link(self, invoice: Invoice, /) -> str:
        method = CreateInvoiceLink(
            title=invoice.title,
            description=invoice.description,
            payload=invoice.order.write(),
            currency=CURRENCY,
            prices=[LabeledPrice(label=invoice.title, amount=invoice.order.stars)],
            provider_token="",
            subscription_period=MONTH_S,
        )
        try:
            return await self._bot(method, request_timeout=REQUEST_S)
        except TELEGRAM_FAULTS as error:
            raise GatewayUnavailable(trouble_of(error)) from None

    async def refund(self, user: UserId, charge_id: str, /) -> bool:
        try:
            await self._bot.refund_star_payment(
                user_id=_telegram_id(user), telegram_payment_charge_id=charge_id, request_timeout=REQUEST_S
            )
        except TelegramBadRequest as error:
            if ALREADY in error.message:
                return False
            raise PaymentRefused(error.message) from None
        except TELEGRAM_FAULTS as error:
            raise GatewayUnavailable(trouble_of(error)) from None
        return True

    async def stop_renewal(self, user: UserId, charge_id: str, /, *, stopped: bool = True) -> None:
        try:
            await self._bot.edit_user_star_subscription(
                user_id=_telegram_id(user),
                telegram_payment_charge_id=charge_id,
                is_canceled=stopped,
                request_timeout=REQUEST_S,
            )
        except (TelegramBadRequest, TelegramForbiddenError) as error:
            raise PaymentRefused(error.message) from None
        except TELEGRAM_FAULTS as error:
            raise GatewayUnavailable(trouble_of(error)) from None

    async def transactions(self, *, since: datetime) -> AsyncIterator[Transaction]:
        """Until a page is empty: a short one is not the last, or a payment behind it would be missed without a word."""
        offset = 0
        while True:
            try:
                page = await self._bot.get_star_transactions(offset=offset, limit=PAGE, request_timeout=REQUEST_S)
            except TELEGRAM_FAULTS as error:
                raise GatewayUnavailable(trouble_of(error)) from None
            for line in page.transactions:
                if (found := _transaction(line)) and found.at >= since:
                    yield found
            if not page.transactions:
                return
            offset += len(page.transactions)


def _transaction(line: StarTransaction) -> Transaction | None:
    """None for what is no payment of a person and no refund: withdrawals, gifts, advertising."""
    partner = line.source or line.receiver
    if not isinstance(partner, TransactionPartnerUser) or partner.transaction_type != "invoice_payment":
        return None
    return Transaction(
        charge_id=line.id,
        stars=line.amount if line.source else -line.amount,
        at=line.date,
        user=UserId(f"telegram:{partner.user.id}"),
        payload=partner.invoice_payload or "",
    )


def _telegram_id(user: UserId) -> int:
    front_end, _, account = user.partition(":")
    if front_end != "telegram" or not account.isdecimal():
        raise PaymentRefused(f"{front_end} has no Stars")
    return int(account)
