"""The operator's pages of people: who uses the bot, who is kept out, and a link that lets someone in."""

import re
from typing import Final

from aiogram import Bot, F, Router
from aiogram.filters import CommandObject
from aiogram.types import CallbackQuery, Message

from adapters.telegram.api.markup import cut, escape
from adapters.telegram.api.screens import Rows, Screen, Screens, button
from adapters.telegram.bot.buttons import AdminButton
from adapters.telegram.bot.card.card_session import StaleButton
from adapters.telegram.bot.deep_links import Target, link_to
from adapters.telegram.bot.desk import AdminUseCases
from adapters.telegram.bot.guard import Toast
from adapters.telegram.bot.handlers.admin_money import limit_line
from adapters.telegram.bot.handlers.admin_page import (
    MINUTE,
    REASON_LIMIT,
    asks,
    home_button,
    pages,
    rest_after,
    say,
    turn,
    turning,
    words_after,
)
from adapters.telegram.bot.paging import ROWS, screenful
from adapters.telegram.bot.person import Person
from adapters.telegram.bot.presses import PressPlace
from domain.access import Block, KnownUser, Subject
from domain.generation import UserId

ID_FORM: Final = re.compile(r"-?\d{1,20}")
"""Of a person; with a minus of a group."""
MINUTE_AND_YEAR: Final = "%d.%m.%Y %H:%M"


def people_router() -> Router:
    """Buttons, and ``/admin block|unblock|invite``."""
    router = Router(name="admin-people")
    router.message.register(_block_by_id, asks("block"))
    router.message.register(_unblock_by_id, asks("unblock"))
    router.message.register(_invite, asks("invite"))
    router.callback_query.register(turning(_people), AdminButton.filter(F.page == "people"))
    router.callback_query.register(turning(_blocks), AdminButton.filter(F.page == "blocks"))
    router.callback_query.register(_pressed, AdminButton.filter(F.page.in_({"person", "block", "unblock"})))
    router.callback_query.register(_invite_pressed, AdminButton.filter(F.page == "invite"))
    return router


async def _block_by_id(
    message: Message, *, command: CommandObject, person: Person, screens: Screens, desk: AdminUseCases
) -> None:
    args = command.args or ""
    key = "".join(words_after(args, 1)[:1])
    if not ID_FORM.fullmatch(key):
        await say(message, screens, Screen(person.words("tg-admin-no-id"), []))
    elif not await desk.block(_subject(key), cut(rest_after(args, 2), REASON_LIMIT), by=person.user):
        await say(message, screens, Screen(person.words("tg-admin-not-admins"), []))
    else:
        await say(message, screens, await _card(key, person, desk))


async def _unblock_by_id(
    message: Message, *, command: CommandObject, person: Person, screens: Screens, desk: AdminUseCases
) -> None:
    key = rest_after(command.args or "", 1)
    if not ID_FORM.fullmatch(key):
        await say(message, screens, Screen(person.words("tg-admin-no-id"), []))
        return
    await desk.unblock(_subject(key), by=person.user)
    await say(message, screens, await _card(key, person, desk))


async def _people(number: int, person: Person, desk: AdminUseCases) -> Screen:
    found = await desk.access.people(limit=ROWS + 1, offset=number * ROWS)
    blocked = {block.subject for block in await desk.access.blocks()}
    rows: Rows = [
        [
            button(
                _label(one, is_blocked=Subject(one.user) in blocked),
                AdminButton(page="person", key=_key(Subject(one.user))),
            )
        ]
        for one in found[:ROWS]
    ]
    rows += [list(pages("people", number, is_last=len(found) <= ROWS)), [home_button(person)]]
    return Screen(person.words("tg-admin-people"), rows)


async def _blocks(number: int, person: Person, desk: AdminUseCases) -> Screen:
    blocks = await desk.access.blocks()
    shown, pager = screenful(blocks, number)
    rows: Rows = [
        [button(f"🚫 {_key(one.subject)} {one.reason}", AdminButton(page="person", key=_key(one.subject)))]
        for one in shown
    ]
    rows.append(pager.buttons(lambda number: AdminButton(page="blocks", number=number)))
    rows.append([home_button(person)])
    return Screen(person.words("tg-admin-blocks", count=len(blocks)), rows)


async def _pressed(
    _: CallbackQuery,
    *,
    callback_data: AdminButton,
    person: Person,
    place: PressPlace,
    screens: Screens,
    desk: AdminUseCases,
) -> Toast | None:
    key = callback_data.key
    if not ID_FORM.fullmatch(key):
        raise StaleButton
    if callback_data.page == "block" and not await desk.block(_subject(key), by=person.user):
        return Toast(person.words.plain("tg-admin-not-admins"), alert=True)
    if callback_data.page == "unblock":
        await desk.unblock(_subject(key), by=person.user)
    await turn(place, screens, await _card(key, person, desk))
    return None


async def _invite(
    message: Message, *, command: CommandObject, bot: Bot, person: Person, screens: Screens, desk: AdminUseCases
) -> None:
    uses = rest_after(command.args or "", 1)
    await say(message, screens, await _invitation(int(uses) if uses.isdecimal() else 1, bot, person, desk))


async def _invite_pressed(
    _: CallbackQuery, *, bot: Bot, person: Person, place: PressPlace, screens: Screens, desk: AdminUseCases
) -> Toast | None:
    await screens.show(place.destination, await _invitation(1, bot, person, desk))
    return None


async def _invitation(uses: int, bot: Bot, person: Person, desk: AdminUseCases) -> Screen:
    """A message of its own, to be forwarded."""
    if desk.is_open:
        return Screen(person.words("tg-admin-invite-needless"), [])
    invite = await desk.create_invite(uses, by=person.user)
    link = await link_to(bot, Target.INVITE, invite.token)
    until = invite.expires_at.strftime("%d.%m.%Y")
    return Screen(person.words("tg-admin-invite", count=invite.uses, until=until, link=link), [])


async def _card(key: str, person: Person, desk: AdminUseCases) -> Screen:
    subject = _subject(key)
    known = await desk.access.person(UserId(subject))
    block = next((one for one in await desk.access.blocks() if one.subject == subject), None)
    lines = [f"<b>{escape(known.name)}</b>" if known else "", f"<code>{key}</code>", *_facts(known, block, person)]
    if not key.startswith("-"):
        lines.append(limit_line(await desk.limits.read(UserId(subject)), key, person.words))
    if block:
        action = button(person.words.plain("tg-admin-unblock"), AdminButton(page="unblock", key=key))
    else:
        lines += ["", person.words("tg-admin-block-hint", id=key)]
        action = button(person.words.plain("tg-admin-block"), AdminButton(page="block", key=key))
    back = button(person.words.plain("tg-back"), AdminButton(page="blocks" if block else "people"))
    return Screen("\n".join(lines).strip(), [[action], [back]])


def _facts(known: KnownUser | None, block: Block | None, person: Person) -> list[str]:
    facts = []
    if known:
        facts.append(person.words("tg-admin-seen", at=known.seen_at.strftime(MINUTE_AND_YEAR), language=known.language))
        facts += [person.words("tg-admin-gone")] if known.is_gone else []
    if block:
        facts.append(
            person.words("tg-admin-blocked", since=block.at.strftime(MINUTE_AND_YEAR), reason=block.reason or "none")
        )
    return facts


def _label(one: KnownUser, *, is_blocked: bool) -> str:
    mark = "🚫 " if is_blocked else "💤 " if one.is_gone else ""
    return f"{mark}{one.name} · {one.seen_at.strftime(MINUTE)}"


def _subject(key: str) -> Subject:
    return Subject(f"telegram:{key}")


def _key(subject: Subject) -> str:
    return subject.partition(":")[2]
