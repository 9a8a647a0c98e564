"""The operator's page of all bots: who leads each, and what keeps one from hearing Telegram."""

from collections.abc import Iterator

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from adapters.telegram.api.screens import Screen, Screens
from adapters.telegram.bot.buttons import AdminButton
from adapters.telegram.bot.desk import AdminUseCases
from adapters.telegram.bot.handlers.admin_page import MINUTE, asks, home_button, say, turn
from adapters.telegram.bot.person import Person
from adapters.telegram.bot.presses import PressPlace
from adapters.telegram.bot.words import Words
from application.ports.bot_states import BotState

SHOWN = 50
"""Lines of a page; those with a fault come first."""


def bots_router() -> Router:
    """A button, and ``/admin bots``; where this bot is not the first of the deployment, neither is known."""
    router = Router(name="admin-bots")
    router.message.register(_bots, asks("bots"), _is_first)
    router.callback_query.register(_pressed, AdminButton.filter(F.page == "bots"), _is_first)
    return router


def _is_first(_: Message | CallbackQuery, desk: AdminUseCases) -> bool:
    return desk.bots is not None


async def _bots(message: Message, *, person: Person, screens: Screens, desk: AdminUseCases) -> None:
    await say(message, screens, await _page(person, desk))


async def _pressed(
    _: CallbackQuery, *, person: Person, place: PressPlace, screens: Screens, desk: AdminUseCases
) -> None:
    await turn(place, screens, await _page(person, desk))


async def _page(person: Person, desk: AdminUseCases) -> Screen:
    states = await desk.bots() if desk.bots else []
    lines = [person.words("tg-admin-bots", count=len(states))]
    for state in states[:SHOWN]:
        lines += _lines(state, person.words)
    return Screen("\n".join(lines), [[home_button(person)]])


def _lines(state: BotState, words: Words) -> Iterator[str]:
    if state.leader and state.since:
        yield words("tg-admin-bot-led", bot=state.bot, leader=state.leader, since=state.since.strftime(MINUTE))
    else:
        yield words("tg-admin-bot-not-led", bot=state.bot)
    if state.fault and state.fault_at:
        yield words(f"tg-bot-fault-{state.fault}", bot=state.bot, since=state.fault_at.strftime(MINUTE))
