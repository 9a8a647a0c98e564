"""The operator's pages of broadcasts: write one, see it, let it go to everybody, stop it, count it."""

import re
from html import unescape
from typing import Final

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from adapters.telegram.api.markup import escape
from adapters.telegram.api.screens import Rows, Screen, Screens, button
from adapters.telegram.bot.buttons import AdminButton
from adapters.telegram.bot.card.card_session import StaleButton
from adapters.telegram.bot.desk import AdminUseCases
from adapters.telegram.bot.guard import Toast
from adapters.telegram.bot.handlers.admin_page import MINUTE, asks, home_button, rest_after, say, turn
from adapters.telegram.bot.paging import ROWS
from adapters.telegram.bot.person import Person
from adapters.telegram.bot.presses import PressPlace
from domain.broadcast import Announcement, Broadcast, BroadcastId, BroadcastState, RecipientState

ICONS: Final = {
    BroadcastState.PREPARED: "📝",
    BroadcastState.SENDING: "📣",
    BroadcastState.DONE: "✅",
    BroadcastState.STOPPED: "✖️",
}


def broadcasts_router() -> Router:
    """Buttons, and ``/admin broadcast``."""
    router = Router(name="admin-broadcasts")
    router.message.register(_prepare, asks("broadcast"))
    router.callback_query.register(_list, AdminButton.filter(F.page == "broadcasts"))
    router.callback_query.register(_pressed, AdminButton.filter(F.page.in_({"broadcast", "send", "stop"})))
    return router


async def _prepare(message: Message, *, person: Person, screens: Screens, desk: AdminUseCases) -> None:
    announcement = _announcement(message)
    if announcement is None:
        await say(message, screens, Screen(person.words("tg-admin-broadcast-usage"), []))
        return
    chat = str(message.chat.id)
    broadcast = await desk.prepare_broadcast(announcement, author=person.user, chat=chat)
    await say(message, screens, await _card(broadcast, person, desk))


async def _list(_: CallbackQuery, *, person: Person, place: PressPlace, screens: Screens, desk: AdminUseCases) -> None:
    rows: Rows = [
        [button(f"{ICONS[one.state]} {one.created_at.strftime(MINUTE)} {_plain(one)}", _data("broadcast", one))]
        for one in await desk.broadcasts.latest(limit=ROWS)
    ]
    await turn(place, screens, Screen(person.words("tg-admin-broadcast-usage"), [*rows, [home_button(person)]]))


async def _pressed(
    _: CallbackQuery,
    *,
    callback_data: AdminButton,
    person: Person,
    place: PressPlace,
    screens: Screens,
    desk: AdminUseCases,
) -> Toast | None:
    broadcast_id = BroadcastId(callback_data.key)
    match callback_data.page:
        case "send":
            await desk.start_broadcast(broadcast_id, by=person.user)
        case "stop":
            await desk.stop_broadcast(broadcast_id, by=person.user)
    broadcast = await desk.broadcasts.get(broadcast_id)
    if broadcast is None:
        raise StaleButton
    await turn(place, screens, await _card(broadcast, person, desk))
    return None


async def _card(broadcast: Broadcast, person: Person, desk: AdminUseCases) -> Screen:
    words = person.words
    rows: Rows = []
    if broadcast.state is BroadcastState.PREPARED:
        lines = [words("tg-admin-broadcast-ready", count=await desk.broadcasts.reachable())]
        rows.append([button(words.plain("tg-admin-broadcast-send"), _data("send", broadcast))])
        rows.append([button(words.plain("tg-admin-broadcast-drop"), _data("stop", broadcast))])
    else:
        found = await desk.broadcasts.counts(broadcast.id)
        counts = {reached.value: found.get(reached, 0) for reached in RecipientState}
        lines = [words(f"tg-admin-broadcast-{broadcast.state}"), words("tg-admin-broadcast-tally", **counts)]
    if broadcast.state is BroadcastState.SENDING:
        rows.append([button(words.plain("tg-admin-to-home"), _data("broadcast", broadcast))])
        rows.append([button(words.plain("tg-admin-broadcast-stop"), _data("stop", broadcast))])
    rows.append([button(words.plain("tg-back"), AdminButton(page="broadcasts"))])
    return Screen("\n".join([*lines, f"<code>{escape(broadcast.id)}</code>"]), rows)


def _announcement(message: Message) -> Announcement | None:
    """The words behind the command, else those of the message it answers; the picture of either. None: neither."""
    answered = message.reply_to_message
    text = rest_after(message.html_text, 2) or (answered.html_text if answered else "")
    pictures = message.photo or (answered.photo if answered else None)
    photo = pictures[-1].file_id if pictures else None
    return Announcement(text=text, photo=photo) if text or photo else None


def _plain(broadcast: Broadcast) -> str:
    """Its words without their markup."""
    return unescape(re.sub(r"<[^>]*>", "", broadcast.announcement.text))


def _data(page: str, broadcast: Broadcast) -> AdminButton:
    return AdminButton(page=page, key=broadcast.id)
