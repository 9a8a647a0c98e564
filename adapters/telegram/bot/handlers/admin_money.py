"""The operator's pages of money: who and what it went to, one generation by its id, and one person's limit."""

from collections.abc import Iterator, Sequence
from typing import Final

from aiogram import F, Router
from aiogram.filters import CommandObject
from aiogram.types import CallbackQuery, Message

from adapters.telegram.api.markup import escape
from adapters.telegram.api.screens import Screen, Screens
from adapters.telegram.bot.buttons import AdminButton
from adapters.telegram.bot.desk import AdminUseCases
from adapters.telegram.bot.handlers.admin_page import asks, home_button, rest_after, say, turn, words_after
from adapters.telegram.bot.person import Person
from adapters.telegram.bot.presses import PressPlace
from adapters.telegram.bot.words import Words
from application.errors import GenerationNotFound
from application.operating.limit_person import CreditLimit
from application.operating.read_spending import SpendingReport
from application.ports.model_catalog import ModelCatalog
from application.ports.statistics import Spending
from domain.access import telegram_user
from domain.generation import Generation

SECOND: Final = "%d.%m.%Y %H:%M:%S"
NO_LIMIT: Final = "none"
LIKE_EVERYONE: Final = "default"


def money_router() -> Router:
    """A button, and ``/admin spend|find|limit|filter``."""
    router = Router(name="admin-money")
    router.message.register(_spend, asks("spend"))
    router.message.register(_find, asks("find"))
    router.message.register(_limit, asks("limit"))
    router.message.register(_filter, asks("filter"))
    router.callback_query.register(_spend_pressed, AdminButton.filter(F.page == "spend"))
    return router


async def _spend(
    message: Message,
    *,
    command: CommandObject,
    person: Person,
    screens: Screens,
    desk: AdminUseCases,
    catalog: ModelCatalog,
) -> None:
    days = rest_after(command.args or "", 1)
    report = await desk.spending(int(days) if days.isdecimal() else 1)
    await say(message, screens, _spending_page(report, person, catalog))


async def _spend_pressed(
    _: CallbackQuery, *, person: Person, place: PressPlace, screens: Screens, desk: AdminUseCases, catalog: ModelCatalog
) -> None:
    await turn(place, screens, _spending_page(await desk.spending(), person, catalog))


def _spending_page(report: SpendingReport, person: Person, catalog: ModelCatalog) -> Screen:
    words = person.words
    people = {one.key: report.names.get(one.key, "") for one in report.people}
    models = {one.key: catalog.title_of(one.key) for one in report.models}
    lines = [
        words("tg-admin-spend", days=report.days),
        words("tg-admin-spend-people"),
        *_spending_lines(report.people, people, words),
        words("tg-admin-spend-models"),
        *_spending_lines(report.models, models, words),
    ]
    return Screen("\n".join(lines), [[home_button(person)]])


def _spending_lines(found: Sequence[Spending], names: dict[str, str], words: Words) -> Iterator[str]:
    if not found:
        yield words("tg-admin-spend-none")
    for one in found:
        name, key = names[one.key], one.key.removeprefix("telegram:")
        amount = words.plain("price-exact", credits=round(one.credits, 2))
        yield words("tg-admin-spend-row", name=name or key, key=key, count=one.generations, amount=amount)


async def _find(
    message: Message,
    *,
    command: CommandObject,
    person: Person,
    screens: Screens,
    desk: AdminUseCases,
    catalog: ModelCatalog,
) -> None:
    key = "".join(words_after(command.args or "", 1)[:1])
    if not key:
        await say(message, screens, Screen(person.words("tg-admin-find-usage"), []))
        return
    try:
        found, name = await desk.find_generation(key)
    except GenerationNotFound:
        await say(message, screens, Screen(person.words("tg-admin-find-nothing", id=key), []))
        return
    lines = _generation_lines(found, name, person.words, catalog)
    await say(message, screens, Screen("\n".join(lines), []))


def _generation_lines(found: Generation, name: str, words: Words, catalog: ModelCatalog) -> Iterator[str]:
    """What an operator needs to answer a complaint; neither the words nor the results of the person."""
    yield words("tg-admin-found", id=found.id, state=words.plain("tg-admin-state", state=found.state))
    yield words("tg-admin-found-person", name=name or "?", key=found.user.removeprefix("telegram:"))
    yield words("tg-admin-found-model", title=catalog.title_of(found.model_id), id=found.model_id)
    yield words(
        "tg-admin-found-money",
        reserved=_figure(found.reserved_credits),
        charged=_figure(found.charged_credits),
    )
    moments = (
        ("accepted", found.created_at),
        ("submitted", found.submitted_at),
        ("ended", found.ended_at),
        ("closed", found.closed_at),
    )
    for moment, at in moments:
        if at is not None:
            yield words("tg-admin-found-time", moment=moment, at=at.strftime(SECOND))
    if found.task_id:
        yield words("tg-admin-found-task", task=found.task_id)
    if failure := found.failure:
        yield words(
            "tg-admin-found-failure",
            kind=words.plain(f"tg-fault-{failure.kind}"),
            code=failure.provider_code or "–",
            message=failure.provider_message or "–",
        )


async def _limit(
    message: Message, *, command: CommandObject, person: Person, screens: Screens, desk: AdminUseCases
) -> None:
    key, value = (*words_after(command.args or "", 1), "", "")[:2]
    user = telegram_user(key)
    if user is None or not _is_limit(value):
        await say(message, screens, Screen(person.words("tg-admin-limit-usage"), []))
        return
    match value.lower():
        case "":
            pass
        case "default":
            await desk.limits.remove(user, by=person.user)
        case "none":
            await desk.limits(user, None, by=person.user)
        case figure:
            await desk.limits(user, float(figure.replace(",", ".")), by=person.user)
    await say(message, screens, Screen(limit_line(await desk.limits.read(user), key, person.words), []))


def limit_line(limit: CreditLimit, key: str, words: Words) -> str:
    """Return what one person may spend in 24 hours."""
    whose = "own" if limit.is_personal else "everyone"
    allowed = limit.credits_per_day
    amount = words.plain("tg-admin-no-limit") if allowed is None else words.plain("price-exact", credits=allowed)
    return words("tg-admin-limit", id=key, amount=amount, whose=whose)


def _is_limit(value: str) -> bool:
    if value.lower() in {"", NO_LIMIT, LIKE_EVERYONE}:
        return True
    whole, _, part = value.replace(",", ".").partition(".")
    return whole.isdecimal() and (not part or part.isdecimal()) and len(value) < 12


async def _filter(message: Message, *, person: Person, screens: Screens, desk: AdminUseCases) -> None:
    models = desk.filterless()
    lines = [person.words("tg-admin-filterless", count=len(models)), *(f"• {escape(one.title)}" for one in models)]
    await say(message, screens, Screen("\n".join(lines), []))


def _figure(credits_: float | None) -> str:
    return "–" if credits_ is None else f"{round(credits_, 2):g}"
