"""Methods of Telegram Stars."""

from simulators.telegram.errors import bad_request
from simulators.telegram.methods.call import MethodCall
from simulators.telegram.methods.outgoing import destination, send
from simulators.telegram.methods.queries import answer, open_query
from simulators.telegram.payments import MOST_STARS_A_MONTH, PERIOD_S, SimulatedInvoice
from simulators.telegram.wire import Json

_MAX_PAYLOAD_BYTES = 128
_MAX_TITLE = 32
_MAX_DESCRIPTION = 255
_MOST_TRANSACTIONS = 100


async def send_invoice(call: MethodCall) -> Json:
    """Send an invoice; without buttons of its own it gets one to pay with."""
    invoice = _invoice(call)
    to = destination(call)
    message = send(call, to)
    message.extra = {"invoice": invoice.wire()}
    if not message.buttons:
        message.markup = {"inline_keyboard": [[{"text": f"Pay ⭐️{invoice.stars}", "pay": True}]]}
    call.world.payments.invoices[message.chat.key, message.id] = invoice
    return message.wire(call.bot.id)


async def create_invoice_link(call: MethodCall) -> str:
    """An address of an invoice; with ``subscription_period`` it is paid again every 30 days."""
    return call.world.payments.link(_invoice(call))


async def answer_pre_checkout_query(call: MethodCall) -> bool:
    """Agree to a payment, or refuse it with a reason."""
    query = open_query(call, "pre_checkout_query_id")
    is_ok, reason = call.parameters.boolean("ok"), call.parameters.text("error_message")
    if not is_ok and not reason:
        raise bad_request("error message must be non-empty")
    answer(call, query, {"ok": is_ok, "error_message": reason})
    return True


async def refund_star_payment(call: MethodCall) -> bool:
    """Give a payment back."""
    user_id = call.parameters.integer("user_id")
    if not user_id:
        raise bad_request("invalid user_id specified")
    call.world.payments.refund(call.bot, user_id, call.parameters.text("telegram_payment_charge_id"))
    return True


async def get_star_transactions(call: MethodCall) -> Json:
    """Payments and refunds in the order in which they were made."""
    offset = call.parameters.integer("offset")
    limit = call.parameters.integer("limit", _MOST_TRANSACTIONS)
    if not 1 <= limit <= _MOST_TRANSACTIONS:
        raise bad_request("limit must be between 1 and 100")
    lines = call.world.payments.transactions.get(call.bot.id, [])
    return {"transactions": lines[offset : offset + min(limit, call.world.payments.lines_a_page)]}


async def get_my_star_balance(call: MethodCall) -> Json:
    """What the bot has earned."""
    lines = call.world.payments.transactions.get(call.bot.id, [])
    return {"amount": sum(int(str(line["amount"])) * (1 if "source" in line else -1) for line in lines)}


async def edit_user_star_subscription(call: MethodCall) -> bool:
    """Stop a subscription, or let it go on."""
    charge = call.world.payments.charges.get(call.parameters.text("telegram_payment_charge_id"))
    if charge is None or charge.expires is None or charge.payer.id != call.parameters.integer("user_id"):
        raise bad_request("CHARGE_NOT_FOUND")
    call.world.payments.stop(charge, stopped=call.parameters.boolean("is_canceled"))
    return True


def _invoice(call: MethodCall) -> SimulatedInvoice:
    read = call.parameters.text
    title, description, payload = read("title"), read("description"), read("payload")
    if not 1 <= len(title) <= _MAX_TITLE:
        raise bad_request("INVOICE_TITLE_INVALID")
    if not 1 <= len(description) <= _MAX_DESCRIPTION:
        raise bad_request("INVOICE_DESCRIPTION_INVALID")
    if not 1 <= len(payload.encode()) <= _MAX_PAYLOAD_BYTES:
        raise bad_request("INVOICE_PAYLOAD_INVALID")
    if read("currency") != "XTR":
        raise bad_request("PAYMENT_PROVIDER_INVALID")
    period_s = call.parameters.integer("subscription_period")
    stars = _stars(call.parameters.json("prices", "prices"))
    if period_s not in {0, PERIOD_S} or (period_s and stars > MOST_STARS_A_MONTH):
        raise bad_request("SUBSCRIPTION_PERIOD_INVALID")
    return SimulatedInvoice(
        bot=call.bot, title=title, description=description, payload=payload, stars=stars, period_s=period_s
    )


def _stars(prices: object) -> int:
    if not isinstance(prices, list) or len(prices) != 1 or not isinstance(prices[0], dict):
        raise bad_request("STARS_INVOICE_INVALID")
    stars = prices[0].get("amount")
    if not isinstance(stars, int) or stars < 1:
        raise bad_request("CURRENCY_TOTAL_AMOUNT_INVALID")
    return stars
