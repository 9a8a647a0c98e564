"""Telegram Stars: invoices, payments, refunds and subscriptions, and the books Telegram keeps of them.

Words and limits as core.telegram.org/bots/api#payments and /bots/payments-stars have them, read 2026-11; the errors of a
refund are those seen in tdlib/telegram-bot-api issue 690.
"""

from enum import StrEnum
from typing import TYPE_CHECKING

from attrs import define, field

from simulators.telegram.errors import bad_request
from simulators.telegram.events import Event, Query
from simulators.telegram.state import Chat, Message, SimulatedBot, SimulatedPerson
from simulators.telegram.wire import Json

if TYPE_CHECKING:
    from simulators.telegram.world import TelegramWorld

CHECKOUT_S = 10.0
"""A bot that has not answered a pre-checkout query by then has lost the payment."""
PERIOD_S = 2_592_000
MOST_STARS_A_MONTH = 10_000
LINK = "https://t.me/$"


class PaymentFault(StrEnum):
    """What may go wrong with the next payment or refund."""

    TWICE = "twice"
    """The update about the payment comes two times."""
    UNASKED = "unasked"
    """The payment is taken although the bot has not seen, or not answered, the pre-checkout query."""
    REFUND_REFUSED = "refund_refused"
    """The next refund is refused."""


@define(kw_only=True, eq=False)
class SimulatedInvoice:
    """What can be paid, any number of times. ``period_s`` above 0: again after that time."""

    bot: SimulatedBot
    title: str
    description: str
    payload: str
    stars: int
    period_s: int = 0

    def wire(self) -> Json:
        """As an ``SimulatedInvoice``."""
        body: Json = {"title": self.title, "description": self.description, "start_parameter": "", "currency": "XTR"}
        return {**body, "total_amount": self.stars}


@define(kw_only=True, eq=False)
class Charge:
    """A payment that was taken."""

    id: str
    invoice: SimulatedInvoice
    payer: SimulatedPerson
    chat: Chat
    date: int
    expires: int | None = None
    is_refunded: bool = False
    is_stopped: bool = False
    renewals: int = 0


@define(kw_only=True)
class PaymentOutcome:
    """How an attempt to pay ended: the charge, or the words the bot refused with (None: no answer came)."""

    charge: Charge | None = None
    refused: str | None = None


@define(eq=False)
class Payments:
    """Every payment in the simulated Telegram. ``currency`` is another one where a bot hears of a payment that it never asked for."""

    _world: "TelegramWorld"
    invoices: dict[tuple[str, int], SimulatedInvoice] = field(factory=dict)
    links: dict[str, SimulatedInvoice] = field(factory=dict)
    charges: dict[str, Charge] = field(factory=dict)
    transactions: dict[int, list[Json]] = field(factory=dict)
    checkout_s: float = CHECKOUT_S
    lines_a_page: int = 100
    """Lines that an answer of getStarTransactions holds at the most, whatever is asked for."""
    currency: str = "XTR"
    _faults: list[PaymentFault] = field(factory=list)

    def spoil(self, *faults: PaymentFault) -> None:
        """Each strikes once, the next payment or refund it can strike."""
        self._faults.extend(faults)

    def link(self, invoice: SimulatedInvoice) -> str:
        """An address under which an invoice can be paid."""
        slug = f"invoice{len(self.links) + 1}"
        self.links[slug] = invoice
        return LINK + slug

    def invoice_of(self, message: Message) -> SimulatedInvoice:
        """What a message asks to be paid. Raises LookupError."""
        return self.invoices[message.chat.key, message.id]

    def invoice_at(self, url: str) -> SimulatedInvoice:
        """What an address asks to be paid. Raises LookupError."""
        return self.links[url.removeprefix(LINK)]

    async def pay(self, invoice: SimulatedInvoice, payer: SimulatedPerson, chat: Chat) -> PaymentOutcome:
        """Ask the bot, and take the Stars where it agrees in time."""
        if not self._strikes(PaymentFault.UNASKED):
            answer = await self._ask(invoice, payer)
            if answer is None or not answer.get("ok"):
                return PaymentOutcome(refused=None if answer is None else str(answer.get("error_message") or ""))
        return PaymentOutcome(charge=self.take(invoice, payer, chat))

    def take(
        self, invoice: SimulatedInvoice, payer: SimulatedPerson, chat: Chat, *, first: Charge | None = None
    ) -> Charge:
        """Take the Stars and tell the bot; ``first`` is the payment that this one renews."""
        now = int(self._world.clock())
        charge = Charge(
            id=f"stx{now}{len(self.charges) + 1:06d}",
            invoice=invoice,
            payer=payer,
            chat=chat,
            date=now,
            expires=now + invoice.period_s if invoice.period_s else None,
        )
        self.charges[charge.id] = charge
        self._enter(charge, incoming=True)
        paid: Json = {
            "currency": self.currency,
            "total_amount": invoice.stars,
            "invoice_payload": invoice.payload,
            "telegram_payment_charge_id": charge.id,
            "provider_payment_charge_id": "",
        }
        if charge.expires:
            paid |= {"subscription_expiration_date": charge.expires, "is_recurring": True}
            paid |= {} if first else {"is_first_recurring": True}
        message = self._service_message(charge, {"successful_payment": paid})
        if self._strikes(PaymentFault.TWICE):
            self._world.notify(message, "message")
        return charge

    def renew(self, first: Charge) -> Charge:
        """The next period of a subscription is paid."""
        first.renewals += 1
        return self.take(first.invoice, first.payer, first.chat, first=first)

    def report_again(self, charge: Charge) -> None:
        """Send the update about a payment once more."""
        found = (m for m in charge.chat.messages.values() if _is_about(m, charge.id))
        self._world.notify(next(found), "message")

    def refund(self, bot: SimulatedBot, payer_id: int, charge_id: str) -> None:
        """Give a payment back. Raises ApiError 400."""
        charge = self.charges.get(charge_id)
        if charge is None or charge.invoice.bot is not bot:
            raise bad_request("CHARGE_NOT_FOUND")
        if charge.payer.id != payer_id:
            raise bad_request("USER_ID_INVALID")
        if charge.is_refunded:
            raise bad_request("CHARGE_ALREADY_REFUNDED")
        if self._strikes(PaymentFault.REFUND_REFUSED):
            raise bad_request("CHARGE_ID_EXPIRED")
        self.give_back(charge)

    def give_back(self, charge: Charge) -> None:
        """Telegram gives a payment back, asked by the bot or by itself."""
        charge.is_refunded = True
        self._enter(charge, incoming=False)
        refunded: Json = {
            "currency": "XTR",
            "total_amount": charge.invoice.stars,
            "invoice_payload": charge.invoice.payload,
            "telegram_payment_charge_id": charge.id,
        }
        self._service_message(charge, {"refunded_payment": refunded})

    def stop(self, charge: Charge, *, stopped: bool, by_person: bool = False) -> None:
        """Take no further payments for a subscription, or take them again; a person who does it tells the bot so."""
        charge.is_stopped = stopped
        if by_person:
            state = "canceled" if stopped else "active"
            change: Json = {
                "user": charge.payer.wire(),
                "invoice_payload": charge.invoice.payload,
                "state": state,
            }
            self._world.send_update(charge.invoice.bot, "subscription", change, conversation=charge.payer.id)

    async def _ask(self, invoice: SimulatedInvoice, payer: SimulatedPerson) -> Json | None:
        query = self._world.ask(invoice.bot, payer, text=invoice.payload, lifetime_s=self.checkout_s)
        checkout: Json = {
            "id": query.id,
            "from": payer.wire(),
            "currency": self.currency,
            "total_amount": invoice.stars,
            "invoice_payload": invoice.payload,
        }
        self._world.send_update(invoice.bot, "pre_checkout_query", checkout, conversation=payer.id)
        try:
            await self._world.until(lambda: query.answer is not None, timeout_s=self.checkout_s)
        except TimeoutError:
            _expire(query)
        return query.answer

    def _service_message(self, charge: Charge, content: Json) -> Message:
        message = Message(
            id=self._world.new_id(charge.chat),
            chat=charge.chat,
            sender=charge.payer,
            date=int(self._world.clock()),
            extra=content,
        )
        charge.chat.keep(message)
        bot = charge.invoice.bot
        self._world.send_update(bot, "message", message.wire(bot.id), conversation=charge.chat.id)
        self._world.publish(Event(kind="message", chat=charge.chat, message=message))
        return message

    def _enter(self, charge: Charge, *, incoming: bool) -> None:
        partner: Json = {"type": "user", "transaction_type": "invoice_payment", "user": charge.payer.wire()}
        partner["invoice_payload"] = charge.invoice.payload
        if charge.invoice.period_s:
            partner["subscription_period"] = charge.invoice.period_s
        line: Json = {"id": charge.id, "amount": charge.invoice.stars, "date": int(self._world.clock())}
        line["source" if incoming else "receiver"] = partner
        self.transactions.setdefault(charge.invoice.bot.id, []).append(line)

    def _strikes(self, fault: PaymentFault) -> bool:
        if fault not in self._faults:
            return False
        self._faults.remove(fault)
        return True


def _expire(query: Query) -> None:
    query.lifetime_s = 0


def _is_about(message: Message, charge_id: str) -> bool:
    paid = message.extra.get("successful_payment")
    return isinstance(paid, dict) and paid.get("telegram_payment_charge_id") == charge_id
