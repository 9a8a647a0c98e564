"""/admin: the operator's first page, and the way to the others."""

from collections.abc import Iterator

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, InlineKeyboardButton, Message

from adapters.telegram.api.markup import escape
from adapters.telegram.api.screens import Rows, Screen, Screens, button
from adapters.telegram.bot.buttons import AdminButton
from adapters.telegram.bot.desk import AdminUseCases
from adapters.telegram.bot.handlers.admin_audit import audit_router
from adapters.telegram.bot.handlers.admin_bots import bots_router
from adapters.telegram.bot.handlers.admin_broadcasts import broadcasts_router
from adapters.telegram.bot.handlers.admin_models import models_router
from adapters.telegram.bot.handlers.admin_money import money_router
from adapters.telegram.bot.handlers.admin_page import MINUTE, by_admin, in_private, say, turn
from adapters.telegram.bot.handlers.admin_people import people_router
from adapters.telegram.bot.person import Person
from adapters.telegram.bot.presses import PressPlace
from adapters.telegram.bot.words import Words
from application.front_ends.billing import BillingUseCases
from application.operating.read_overview import Overview
from application.ports.model_catalog import ModelCatalog
from domain.generation import GenerationState
from domain.operation import Alarm

S = GenerationState
STAGES = (
    ("queued", {S.QUEUED}),
    ("running", {S.SUBMITTING, S.UNKNOWN, S.RUNNING}),
    ("delivering", {S.DELIVERING}),
)


def admin_router() -> Router:
    """For admins in private; everybody else falls through to the routers that follow."""
    router = Router(name="admin")
    router.message.filter(by_admin, in_private)
    router.callback_query.filter(by_admin)
    router.include_routers(
        models_router(),
        people_router(),
        money_router(),
        broadcasts_router(),
        audit_router(),
        bots_router(),
        _home_router(),
    )
    return router


def _home_router() -> Router:
    """To be asked last: it takes every ``/admin``."""
    router = Router(name="admin-home")
    router.message.register(_admin, Command("admin", ignore_case=True))
    router.callback_query.register(_home, AdminButton.filter(F.page == "home"))
    return router


async def _admin(
    message: Message,
    *,
    command: CommandObject,
    person: Person,
    screens: Screens,
    desk: AdminUseCases,
    billing: BillingUseCases,
    catalog: ModelCatalog,
) -> None:
    if command.args:
        await say(message, screens, Screen(person.words("tg-admin-usage"), []))
        return
    await say(message, screens, await _page(desk, person.words, catalog, sells=billing.is_on))


async def _home(
    _: CallbackQuery,
    *,
    person: Person,
    place: PressPlace,
    screens: Screens,
    desk: AdminUseCases,
    billing: BillingUseCases,
    catalog: ModelCatalog,
) -> None:
    await turn(place, screens, await _page(desk, person.words, catalog, sells=billing.is_on))


async def _page(desk: AdminUseCases, words: Words, catalog: ModelCatalog, *, sells: bool) -> Screen:
    overview = await desk.read_overview()
    rows: Rows = [
        [_to("models", words), _to("people", words)],
        [_to("blocks", words), _to("invite", words)],
        [_to("broadcasts", words), _to("spend", words)],
        [*([_to("books", words)] if sells else []), _to("audit", words)],
        [*([_to("bots", words)] if desk.bots else []), _to("home", words)],
    ]
    return Screen("\n".join(_lines(overview, words, catalog)), rows)


def _lines(overview: Overview, words: Words, catalog: ModelCatalog) -> Iterator[str]:
    yield words("tg-admin", time=overview.at.strftime(MINUTE))
    for alarm, since in overview.alarms.items():
        yield words("tg-admin-alarm", alarm=_alarm(alarm, words, catalog), since=since.strftime(MINUTE))
    if overview.credits is None:
        yield words("tg-admin-credits-unknown")
    else:
        yield words("tg-admin-credits", credits=overview.credits)
    if overview.text_credits is not None:
        yield words("tg-admin-text-credits", credits=round(overview.text_credits, 2))
    counts = {stage: sum(overview.unfinished.get(state, 0) for state in states) for stage, states in STAGES}
    yield words("tg-admin-now", **counts)
    yield words("tg-admin-failures", count=sum(overview.failures.values()))
    for kind, count in overview.failures.items():
        yield f"   • {escape(words.plain(f'tg-fault-{kind}'))}: {count}"
    yield words("tg-admin-days")
    for each in overview.days:
        day = each.day.strftime("%d.%m")
        yield words(
            "tg-admin-day", day=day, people=each.people, generations=each.generations, credits=round(each.credits, 2)
        )
    if leader := overview.leader:
        yield words(
            "tg-admin-leader-gone" if leader.is_released else "tg-admin-leader",
            holder=leader.holder,
            epoch=str(leader.epoch),
            since=leader.since.strftime(MINUTE),
        )


def _alarm(alarm: Alarm, words: Words, catalog: ModelCatalog) -> str:
    name = words.plain(f"tg-alarm-name-{alarm.kind}", about=catalog.title_of(alarm.about))
    return f"{name} ({alarm.account})" if alarm.account else name


def _to(page: str, words: Words) -> InlineKeyboardButton:
    return button(words.plain(f"tg-admin-to-{page}"), AdminButton(page=page))
