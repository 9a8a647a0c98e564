"""/balance, /buy, /promo, /invite, /paysupport, /terms: what a person does about money. Only while something is sold."""

from collections.abc import Mapping

from aiogram import Bot, F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, InlineKeyboardButton, Message

from adapters.telegram.api.incoming import destination_of
from adapters.telegram.api.screens import Screen, Screens, button
from adapters.telegram.bot.billing.screens import (
    ABOUT_GENERATIONS,
    account_screen,
    credits_text,
    invoice_of,
    operators_text,
    package_label,
    packages_screen,
)
from adapters.telegram.bot.buttons import BalanceButton, BuyButton
from adapters.telegram.bot.deep_links import Target, link_to, opens
from adapters.telegram.bot.guard import Toast
from adapters.telegram.bot.handlers.start import introduction
from adapters.telegram.bot.person import Person
from adapters.telegram.bot.presses import PressPlace, check_owner, show_in_private
from application.billing.read_account import Account
from application.errors import GatewayUnavailable, PaymentNotFound, PaymentRefused, PromoRefused
from application.front_ends.billing import BillingUseCases
from application.ports.generation_store import GenerationStore
from application.ports.model_catalog import ModelCatalog
from domain.access import telegram_user
from domain.generation import Destination, GenerationId


def billing_router() -> Router:
    """Commands, links and buttons."""
    router = Router(name="billing")
    router.message.register(_balance, Command("balance", ignore_case=True))
    router.message.register(_buy, Command("buy", ignore_case=True))
    router.message.register(_buy, opens(Target.BUY))
    router.message.register(_promo, Command("promo", ignore_case=True))
    router.message.register(_promo_link, opens(Target.PROMO))
    router.message.register(_referred, opens(Target.REFERRAL))
    router.message.register(_invite, Command("invite", ignore_case=True))
    router.message.register(_paysupport, Command("paysupport", ignore_case=True))
    router.message.register(_terms, Command("terms", ignore_case=True))
    router.callback_query.register(_packages, BuyButton.filter(F.package == ""))
    router.callback_query.register(_invoice, BuyButton.filter())
    router.callback_query.register(_account, BalanceButton.filter(F.action == "page"))
    router.callback_query.register(_renewal, BalanceButton.filter())
    return router


async def _balance(
    message: Message,
    *,
    person: Person,
    screens: Screens,
    billing: BillingUseCases,
    catalog: ModelCatalog,
    generations: GenerationStore,
) -> None:
    account = await billing.read_account(person.user)
    screen = account_screen(account, await _models(account, catalog, generations), person)
    await _show_own(message, person, screens, screen)


async def _account(
    _: CallbackQuery,
    *,
    callback_data: BalanceButton,
    place: PressPlace,
    person: Person,
    screens: Screens,
    billing: BillingUseCases,
    catalog: ModelCatalog,
    generations: GenerationStore,
) -> None:
    check_owner(callback_data.owner, person)
    account = await billing.read_account(person.user, before=callback_data.before or None)
    screen = account_screen(account, await _models(account, catalog, generations), person)
    own = place.in_private(person)
    await screens.show(own.destination, screen, message=own.message if callback_data.before else None)


async def _buy(message: Message, *, person: Person, screens: Screens, billing: BillingUseCases) -> None:
    screen = packages_screen(billing, await billing.read_account(person.user), person)
    await _show_own(message, person, screens, screen)


async def _packages(
    _: CallbackQuery, *, place: PressPlace, person: Person, screens: Screens, billing: BillingUseCases
) -> None:
    """A message of its own: the button may stand under anything."""
    screen = packages_screen(billing, await billing.read_account(person.user), person)
    await screens.show(place.in_private(person).destination, screen)


async def _invoice(
    _: CallbackQuery,
    *,
    callback_data: BuyButton,
    place: PressPlace,
    person: Person,
    screens: Screens,
    billing: BillingUseCases,
) -> Toast | None:
    package = billing.prices.package(callback_data.package)
    if package is None:
        return Toast(person.words.plain("tg-package-gone"), alert=True)
    destination, invoice = place.in_private(person).destination, invoice_of(package, person.words)
    try:
        if not package.monthly:
            await billing.gateway.send_invoice(destination, invoice)
            return None
        if (await billing.read_account(person.user)).renews(package.key):
            return Toast(person.words.plain("tg-subscription-there"), alert=True)
        link = await billing.gateway.subscription_link(invoice)
    except GatewayUnavailable:
        return Toast(person.words.plain("failure-gateway_unavailable"), alert=True)
    rows = [[InlineKeyboardButton(text=package_label(package, person.words), url=link)]]
    await screens.show(destination, Screen(person.words("tg-subscribe"), rows))
    return None


async def _renewal(
    _: CallbackQuery, *, callback_data: BalanceButton, person: Person, billing: BillingUseCases
) -> Toast | None:
    check_owner(callback_data.owner, person)
    stopped = callback_data.action == "stop"
    try:
        await billing.stop_subscription(person.user, callback_data.package, stopped=stopped)
    except (PaymentNotFound, PaymentRefused):
        return Toast(person.words.plain("tg-subscription-gone"), alert=True)
    except GatewayUnavailable:
        return Toast(person.words.plain("failure-gateway_unavailable"), alert=True)
    return Toast(person.words.plain("tg-subscription-stopped" if stopped else "tg-subscription-renewed"), alert=True)


async def _promo(
    message: Message, *, command: CommandObject, person: Person, screens: Screens, billing: BillingUseCases
) -> None:
    await screens.show(destination_of(message, reply=False), await _redeemed(command.args or "", person, billing))


async def _promo_link(
    message: Message, *, command: CommandObject, person: Person, screens: Screens, billing: BillingUseCases
) -> None:
    code = (command.args or "").removeprefix(Target.PROMO)
    await screens.show(destination_of(message, reply=False), await _redeemed(code, person, billing))


async def _redeemed(code: str, person: Person, billing: BillingUseCases) -> Screen:
    if not code.strip():
        return Screen(person.words("tg-promo-usage"), [])
    try:
        promo = await billing.redeem_promo(person.user, code)
    except PromoRefused:
        return Screen(person.words("failure-promo_refused"), [])
    return Screen(person.words("tg-promo-given", credits=credits_text(promo.units, person.words)), [])


async def _invite(message: Message, *, bot: Bot, person: Person, screens: Screens, billing: BillingUseCases) -> None:
    if billing.referral_units:
        link = await link_to(bot, Target.REFERRAL, person.account)
        bonus = credits_text(billing.referral_units, person.words)
        screen = Screen(person.words("tg-referral", link=link, credits=bonus), [])
    else:
        screen = Screen(person.words("tg-referral-off"), [])
    await screens.show(destination_of(message, reply=False), screen)


async def _paysupport(message: Message, *, person: Person, screens: Screens, billing: BillingUseCases) -> None:
    rows = [[button(person.words.plain("tg-to-balance"), BalanceButton(owner=person.account, action="page"))]]
    contact = billing.contact or person.words.plain("tg-operator")
    await screens.show(
        destination_of(message, reply=False), Screen(person.words("tg-paysupport", contact=contact), rows)
    )


async def _terms(message: Message, *, person: Person, screens: Screens, billing: BillingUseCases) -> None:
    screen = operators_text(billing.terms, "tg-terms", billing, person)
    await screens.show(destination_of(message, reply=False), screen)


async def _referred(
    message: Message, *, command: CommandObject, person: Person, screens: Screens, billing: BillingUseCases
) -> None:
    """By a person's link: who brought whom is noted, and the rest is as for any ``/start``."""
    if inviter := telegram_user((command.args or "").removeprefix(Target.REFERRAL)):
        await billing.note_referral(person.user, inviter)
    await screens.show(destination_of(message, reply=False), introduction(person))


async def _show_own(message: Message, person: Person, screens: Screens, screen: Screen) -> None:
    async def show(chat: Destination) -> None:
        await screens.show(chat, screen)

    await show_in_private(destination_of(message), person, screens, show)


async def _models(account: Account, catalog: ModelCatalog, generations: GenerationStore) -> Mapping[str, str]:
    titles = {}
    for line in account.lines:
        if line.kind in ABOUT_GENERATIONS and (row := await generations.get(GenerationId(line.reference))):
            titles[line.reference] = catalog.title_of(row.model_id)
    return titles
