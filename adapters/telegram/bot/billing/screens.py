"""Screens of money: the account, the packages, the operator's texts."""

from collections.abc import Mapping
from typing import Final

from aiogram.types import InlineKeyboardButton

from adapters.telegram.api.markup import escape
from adapters.telegram.api.screens import Rows, Screen, button
from adapters.telegram.bot.buttons import BalanceButton, BuyButton
from adapters.telegram.bot.person import Person
from adapters.telegram.bot.words import Words
from application.billing.account_lines import AccountLine, LineKind
from application.billing.read_account import Account
from application.front_ends.billing import BillingUseCases
from application.ports.payment_gateway import Invoice
from domain.package import Package
from domain.payment import Subscription
from domain.reservation import credits_of

MINUTE: Final = "%d.%m %H:%M"
DAY: Final = "%d.%m.%Y"
ABOUT_GENERATIONS: Final = frozenset({LineKind.CHARGE, LineKind.HELD, LineKind.RETURNED})
GRANTS: Final = frozenset({"welcome", "daily", "promo", "referral"})
"""References of grants that have words of their own; the others are the operator's."""


TEXT_CALL: Final = "text:"
"""Begins the reference of a question to a chat model, which is no generation."""


def credits_text(units: int, words: Words) -> str:
    """``12.5 credits``, as the person's language counts."""
    return words.plain("tg-credits", amount=credits_of(units))


def account_screen(account: Account, models: Mapping[str, str], person: Person) -> Screen:
    """``models`` are the titles of the models by the generations that the lines name."""
    words = person.words
    lines = [words("tg-balance", credits=credits_text(account.balance.units, words))]
    if account.balance.reserved:
        lines.append(words("tg-balance-held", credits=credits_text(account.balance.reserved, words)))
    for subscription in account.subscriptions:
        key = "tg-subscription-ends" if subscription.is_stopped else "tg-subscription"
        lines.append(words(key, date=subscription.paid_until.strftime(DAY)))
    if account.lines:
        lines += ["", words("tg-entries"), *(_line(line, models, words) for line in account.lines)]
    rows: Rows = [[button(words.plain("tg-top-up"), BuyButton())]]
    if account.older is not None:
        older = BalanceButton(owner=person.account, action="page", before=account.older)
        rows.append([button(words.plain("tg-entries-older"), older)])
    rows += [[_renewal(subscription, person)] for subscription in account.subscriptions]
    return Screen("\n".join(lines), rows)


def _renewal(subscription: Subscription, person: Person) -> InlineKeyboardButton:
    action = "renew" if subscription.is_stopped else "stop"
    data = BalanceButton(owner=person.account, action=action, package=subscription.package)
    return button(person.words.plain(f"tg-subscription-{action}"), data)


def _line(line: AccountLine, models: Mapping[str, str], words: Words) -> str:
    about = models.get(line.reference, "")
    if line.kind in ABOUT_GENERATIONS:
        other = "tg-line-chat-model" if line.reference.startswith(TEXT_CALL) else "tg-line-model-gone"
        what = words(f"tg-line-{line.kind}", model=about or words.plain(other))
    elif line.kind is LineKind.GRANT:
        what = words(f"tg-line-grant-{line.reference if line.reference in GRANTS else 'operator'}")
    else:
        what = words(f"tg-line-{line.kind}", stars=abs(line.stars or 0))
    amount = words.plain("tg-amount", amount=abs(credits_of(line.units)))
    sign = "" if line.kind in {LineKind.HELD, LineKind.RETURNED} else "−" if line.units < 0 else "+"
    return f"{line.at.strftime(MINUTE)}  <b>{sign}{amount}</b>  {what}"


def packages_screen(billing: BillingUseCases, account: Account, person: Person) -> Screen:
    """What there is to buy, each with its price on its button. Before the first purchase the terms stand above."""
    words = person.words
    lines = [words("tg-buy", credits=credits_text(account.balance.units, words))]
    if not account.has_paid:
        lines += ["", words("tg-buy-first")]
    rows: Rows = [[button(package_label(each, words), BuyButton(package=each.key))] for each in billing.prices.packages]
    return Screen("\n".join(lines), rows)


def package_label(package: Package, words: Words) -> str:
    """``500 + 25 credits · 250 ⭐``."""
    key = "tg-package-monthly" if package.monthly else "tg-package"
    amount = credits_text(package.units, words)
    return words.plain(key, credits=amount, bonus=package.bonus, stars=package.stars)


def invoice_of(package: Package, words: Words) -> Invoice:
    """What Telegram shows before the person pays."""
    amount = credits_text(package.units, words)
    key = "tg-invoice-monthly" if package.monthly else "tg-invoice"
    return Invoice(order=package.order, title=amount, description=words.plain(key, credits=amount, stars=package.stars))


def operators_text(own: str | None, key: str, billing: BillingUseCases, person: Person) -> Screen:
    """The operator's own words, or the packaged ones with the operator's contact."""
    if own:
        return Screen(escape(own)[:4000], [])
    text = person.words(key, contact=billing.contact or person.words.plain("tg-operator"))
    if key == "tg-privacy" and billing.is_on:
        text += "\n" + person.words("tg-privacy-money")
    return Screen(text, [])
