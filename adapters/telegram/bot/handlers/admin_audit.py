"""/admin audit: what admins did."""

from aiogram import F, Router
from aiogram.types import Message

from adapters.telegram.api.markup import cut, escape
from adapters.telegram.api.screens import Rows, Screen, Screens
from adapters.telegram.bot.buttons import AdminButton
from adapters.telegram.bot.desk import AdminUseCases
from adapters.telegram.bot.handlers.admin_page import MINUTE, asks, home_button, pages, say, turning
from adapters.telegram.bot.person import Person
from domain.audit import COMMAND_LINE, AuditEntry

ENTRIES = 15
DETAILS_LIMIT = 120
"""Characters: fifteen entries fit a message."""


def audit_router() -> Router:
    """A button, and ``/admin audit``."""
    router = Router(name="admin-audit")
    router.message.register(_audit, asks("audit"))
    router.callback_query.register(turning(_page), AdminButton.filter(F.page == "audit"))
    return router


async def _audit(message: Message, *, person: Person, screens: Screens, desk: AdminUseCases) -> None:
    await say(message, screens, await _page(0, person, desk))


async def _page(number: int, person: Person, desk: AdminUseCases) -> Screen:
    found = await desk.audit_log.newest(limit=ENTRIES + 1, skip=number * ENTRIES)
    title = person.words("tg-audit" if found else "tg-audit-nothing")
    rows: Rows = [list(pages("audit", number, is_last=len(found) <= ENTRIES)), [home_button(person)]]
    return Screen("\n".join([title, *(_line(entry, person) for entry in found[:ENTRIES])]), rows)


def _line(entry: AuditEntry, person: Person) -> str:
    by = person.words("tg-audit-terminal") if entry.by == COMMAND_LINE else f"<code>{_shown(entry.by)}</code>"
    done = person.words("tg-audit-action", action=entry.action)
    rest = " ".join(_shown(part) for part in (entry.about, entry.details) if part)
    return f"{entry.at.strftime(MINUTE)} · {by} · {done}" + (f": {rest}" if rest else "")


def _shown(name: str) -> str:
    return escape(cut(name.removeprefix("telegram:"), DETAILS_LIMIT)) or "–"
