"""The operator's pages of models: switch one off with a reason, and on again."""

from collections.abc import Sequence
from typing import Final

from aiogram import F, Router
from aiogram.filters import CommandObject
from aiogram.types import CallbackQuery, InlineKeyboardButton, Message

from adapters.telegram.api.markup import cut, escape
from adapters.telegram.api.screens import Rows, Screen, Screens, button
from adapters.telegram.bot.buttons import AdminButton
from adapters.telegram.bot.desk import AdminUseCases
from adapters.telegram.bot.guard import Toast
from adapters.telegram.bot.handlers.admin_page import (
    REASON_LIMIT,
    asks,
    home_button,
    rest_after,
    say,
    turn,
    words_after,
)
from adapters.telegram.bot.menus.model_label import mark_of
from adapters.telegram.bot.paging import ROWS, screenful
from adapters.telegram.bot.person import Person
from adapters.telegram.bot.presses import PressPlace
from application.front_ends.models import ModelUseCases
from application.ports.model_catalog import ModelCatalog
from domain.model import Model, model_key
from domain.operation import PauseReason

REASONS: Final = ("none", *PauseReason)
"""What a button's number says."""


def models_router() -> Router:
    """Buttons, and ``/admin models|pause|resume``."""
    router = Router(name="admin-models")
    router.message.register(_search, asks("models"))
    router.message.register(_pause_by_name, asks("pause"))
    router.message.register(_resume_by_name, asks("resume"))
    router.callback_query.register(_turn, AdminButton.filter(F.page == "models"))
    router.callback_query.register(_pressed, AdminButton.filter(F.page.in_({"model", "pause", "resume"})))
    return router


async def _search(
    message: Message,
    *,
    command: CommandObject,
    person: Person,
    screens: Screens,
    desk: AdminUseCases,
    catalog: ModelCatalog,
    models: ModelUseCases,
) -> None:
    text = rest_after(command.args or "", 1)
    await desk.notices.refresh(at_once=True)
    if not text:
        await say(message, screens, _list(desk.notices.troubled_first(catalog.models()), 0, person, desk))
        return
    exact = catalog.find(text)
    found = [exact] if exact else models.find(text, limit=ROWS)
    await say(message, screens, _list(found, 0, person, desk))


async def _pause_by_name(
    message: Message, *, command: CommandObject, person: Person, screens: Screens, desk: AdminUseCases
) -> None:
    args = command.args or ""
    name = "".join(words_after(args, 1)[:1])
    model = await desk.pause(name, cut(rest_after(args, 2), REASON_LIMIT), by=person.user) if name else None
    await _answer(message, model, person, screens, desk)


async def _resume_by_name(
    message: Message, *, command: CommandObject, person: Person, screens: Screens, desk: AdminUseCases
) -> None:
    await _answer(message, await desk.resume(rest_after(command.args or "", 1), by=person.user), person, screens, desk)


async def _answer(message: Message, model: Model | None, person: Person, screens: Screens, desk: AdminUseCases) -> None:
    if model is None:
        await say(message, screens, Screen(person.words("tg-admin-no-model"), []))
        return
    await desk.notices.refresh(at_once=True)
    await say(message, screens, _card(model, person, desk))


async def _turn(
    _: CallbackQuery,
    *,
    callback_data: AdminButton,
    person: Person,
    place: PressPlace,
    screens: Screens,
    desk: AdminUseCases,
    catalog: ModelCatalog,
) -> None:
    await desk.notices.refresh(at_once=True)
    await turn(place, screens, _list(desk.notices.troubled_first(catalog.models()), callback_data.number, person, desk))


async def _pressed(
    _: CallbackQuery,
    *,
    callback_data: AdminButton,
    person: Person,
    place: PressPlace,
    screens: Screens,
    desk: AdminUseCases,
    catalog: ModelCatalog,
) -> Toast | None:
    model = catalog.by_key(callback_data.key)
    if model is None:
        return Toast(person.words.plain("tg-model-gone"), alert=True)
    if callback_data.page == "pause":
        known = 0 < callback_data.number < len(REASONS)
        await desk.pause(model.id, REASONS[callback_data.number] if known else "", by=person.user)
    elif callback_data.page == "resume":
        await desk.resume(model.id, by=person.user)
    await desk.notices.refresh(at_once=True)
    await turn(place, screens, _card(model, person, desk))
    return None


def _list(models: Sequence[Model], number: int, person: Person, desk: AdminUseCases) -> Screen:
    shown, pager = screenful(models, number)
    rows: Rows = [[button(mark_of(model.id, desk.notices) + model.title, _data("model", model))] for model in shown]
    rows.append(pager.buttons(lambda turned_to: AdminButton(page="models", number=turned_to)))
    rows.append([home_button(person)])
    return Screen(person.words("tg-admin-models" if models else "tg-admin-no-model"), rows)


def _card(model: Model, person: Person, desk: AdminUseCases) -> Screen:
    words = person.words
    lines = [f"<b>{escape(model.title)}</b>", f"<code>{escape(model.id)}</code>", ""]
    pause = desk.notices.pause_of(model.id)
    if pause:
        lines.append(words("tg-model-paused", reason=pause.reason or "none"))
    else:
        lines.append(words("tg-admin-model-on"))
    if desk.notices.is_failing(model.id):
        lines.append(words("tg-model-failing"))
    if not pause:
        lines += ["", words("tg-admin-pause-hint", model=model.id)]
    return Screen("\n".join(lines), [*_switch(model, person, is_paused=pause is not None), [_back(person)]])


def _switch(model: Model, person: Person, *, is_paused: bool) -> Rows:
    if is_paused:
        return [[button(person.words.plain("tg-admin-resume"), _data("resume", model))]]
    return [
        [button(person.words.plain("tg-admin-pause", reason=reason), _data("pause", model, number))]
        for number, reason in enumerate(REASONS)
    ]


def _back(person: Person) -> InlineKeyboardButton:
    return button(person.words.plain("tg-back"), AdminButton(page="models"))


def _data(page: str, model: Model, number: int = 0) -> AdminButton:
    return AdminButton(page=page, key=model_key(model.id), number=number)
