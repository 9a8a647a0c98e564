"""/admin refund, payment, grant, promo, correct, books: what the operator does about money."""

from datetime import timedelta
from decimal import Decimal, InvalidOperation
from typing import Final

from aiogram import F, Router
from aiogram.filters import CommandObject
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from adapters.telegram.api.screens import Screen, Screens
from adapters.telegram.bot.billing.books import books_screen
from adapters.telegram.bot.billing.screens import credits_text
from adapters.telegram.bot.buttons import AdminButton
from adapters.telegram.bot.handlers.admin_page import asks, by_admin, in_private, say, turn, words_after
from adapters.telegram.bot.person import Person
from adapters.telegram.bot.presses import PressPlace
from application.billing.reconcile import BEGINNING
from application.errors import (
    ApplicationError,
    GatewayUnavailable,
    GenerationNotFound,
    InsufficientCredits,
    PaymentInUse,
    PaymentNotFound,
    PromoRefused,
    StillRunning,
)
from application.front_ends.billing import BillingUseCases
from application.ports.model_catalog import ModelCatalog
from domain.access import telegram_user
from domain.generation import GenerationId, UserId
from domain.reservation import units_of

MOST_CREDITS: Final = Decimal(10_000_000)


def admin_billing_router() -> Router:
    """To be asked before the first page of ``/admin``, which takes every other word."""
    router = Router(name="admin-billing")
    router.message.filter(by_admin, in_private)
    router.message.register(_refund, asks("refund"))
    router.message.register(_payment, asks("payment"))
    router.message.register(_grant, asks("grant"))
    router.message.register(_promo, asks("promo"))
    router.message.register(_correct, asks("correct"))
    router.message.register(_books, asks("books"))
    router.callback_query.register(_books_pressed, by_admin, AdminButton.filter(F.page == "books"))
    return router


async def _refund(
    message: Message, *, command: CommandObject, person: Person, screens: Screens, billing: BillingUseCases
) -> None:
    words = person.words
    [charge_id, *_] = [*words_after(command.args or "", 1), ""]
    if not charge_id:
        await say(message, screens, Screen(words("tg-admin-refund-usage"), []))
        return
    try:
        refund = await billing.refund(charge_id, by=person.user)
    except (PaymentNotFound, PaymentInUse, GatewayUnavailable) as error:
        await say(message, screens, Screen(words(f"tg-admin-refund-{error.code}", charge=charge_id), []))
        return
    text = words(f"tg-admin-refund-{refund.state}", stars=refund.stars, charge=charge_id, user=_account(refund.user))
    if refund.borne_units:
        text += "\n" + words("tg-admin-refund-borne", credits=credits_text(refund.borne_units, words))
    await say(message, screens, Screen(text, []))


async def _payment(
    message: Message, *, command: CommandObject, person: Person, screens: Screens, billing: BillingUseCases
) -> None:
    words = person.words
    [charge_id, *_] = [*words_after(command.args or "", 1), ""]
    if not charge_id:
        await say(message, screens, Screen(words("tg-admin-payment-usage"), []))
        return
    try:
        entry = await billing.enter_payment(charge_id, by=person.user)
    except PaymentNotFound:
        text = words("tg-admin-payment-unknown", charge=charge_id)
    else:
        text = words(
            "tg-admin-payment", charge=charge_id, user=_account(entry.user), credits=credits_text(entry.units, words)
        )
    await say(message, screens, Screen(text, []))


async def _grant(
    message: Message, *, command: CommandObject, person: Person, screens: Screens, billing: BillingUseCases
) -> None:
    [account, amount, *_] = [*words_after(command.args or "", 1), "", ""]
    user, units = telegram_user(account), _units(amount)
    if user is None or units is None:
        await say(message, screens, Screen(person.words("tg-admin-grant-usage"), []))
        return
    balance = await billing.grant(user, units, by=person.user, request=f"{message.chat.id}:{message.message_id}")
    text = person.words("tg-admin-granted", user=account, credits=credits_text(balance.units, person.words))
    await say(message, screens, Screen(text, []))


async def _promo(
    message: Message, *, command: CommandObject, person: Person, screens: Screens, billing: BillingUseCases
) -> None:
    [code, amount, uses, *_] = [*words_after(command.args or "", 1), "", "", ""]
    units = _units(amount)
    try:
        if units is None or not uses.isdecimal():
            raise PromoRefused(code)
        promo = await billing.save_promo(code, units, int(uses), by=person.user)
    except PromoRefused:
        await say(message, screens, Screen(person.words("tg-admin-promo-usage"), []))
        return
    text = person.words(
        "tg-admin-promo", code=promo.code, credits=credits_text(promo.units, person.words), uses=promo.uses_left
    )
    await say(message, screens, Screen(text, []))


async def _correct(
    message: Message, *, command: CommandObject, person: Person, screens: Screens, billing: BillingUseCases
) -> None:
    [generation_id, amount, *_] = [*words_after(command.args or "", 1), "", ""]
    units = _units(amount, least=Decimal(0))
    if not generation_id or units is None:
        await say(message, screens, Screen(person.words("tg-admin-correct-usage"), []))
        return
    try:
        change = await billing.correct(GenerationId(generation_id), float(Decimal(amount)), by=person.user)
    except (GenerationNotFound, StillRunning, InsufficientCredits) as error:
        await say(message, screens, Screen(person.words(_fault(error)), []))
        return
    key = "tg-admin-corrected" if change else "tg-admin-correct-right"
    text = person.words(key, id=generation_id, credits=credits_text(change, person.words))
    await say(message, screens, Screen(text, []))


async def _books(
    message: Message,
    *,
    command: CommandObject,
    person: Person,
    screens: Screens,
    billing: BillingUseCases,
    catalog: ModelCatalog,
) -> None:
    if words_after(command.args or "", 1)[:1] != ["csv"]:
        await say(message, screens, books_screen(await billing.read_books(), person.words, catalog))
        return
    entries = await billing.read_books.table(BEGINNING, message.date + timedelta(days=1))
    for name, table in (("figures", await billing.read_books.figures()), ("entries", entries)):
        await message.answer_document(BufferedInputFile(table.encode(), f"{name}-{message.date:%Y-%m-%d}.csv"))


async def _books_pressed(
    _: CallbackQuery,
    *,
    place: PressPlace,
    person: Person,
    screens: Screens,
    billing: BillingUseCases,
    catalog: ModelCatalog,
) -> None:
    await turn(place, screens, books_screen(await billing.read_books(), person.words, catalog))


def _fault(error: ApplicationError) -> str:
    match error:
        case GenerationNotFound():
            return "tg-admin-correct-unknown"
        case StillRunning():
            return "tg-admin-correct-running"
        case _:
            return "tg-admin-correct-too-little"


def _units(text: str, *, least: Decimal = Decimal("0.001")) -> int | None:
    """Credits in units; None where it is no amount."""
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return None
    return units_of(amount) if amount.is_finite() and least <= amount <= MOST_CREDITS else None


def _account(user: UserId) -> str:
    return user.partition(":")[2]
