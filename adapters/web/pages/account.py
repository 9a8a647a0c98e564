"""The person: what they may spend, their room, their settings, their keys, where they are signed in, and leaving."""

import asyncio
import re
from collections.abc import Sequence
from typing import Final

from aiohttp import web
from attrs import frozen

from adapters.web.cookies import drop_token
from adapters.web.headers import protect
from adapters.web.pages.answers import amount_of, done, see, shown
from adapters.web.renderer import Renderer
from adapters.web.visit import Visit
from application.preferences.change_preferences import ChooseLanguage
from domain.api_key import ApiKeyId
from domain.reservation import credits_of
from domain.web_session import SessionId, WebSession

MEGABYTE: Final = 1 << 20
CHUNK_BYTES: Final = 256 << 10
_BROWSERS: Final = (
    ("Telegram", "Telegram"),
    ("Edg/", "Edge"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS: Final = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


@frozen(kw_only=True)
class Section:
    title: str
    facts: Sequence[tuple[str, str]]
    buy_link: str | None = None


@frozen(kw_only=True)
class KeyView:
    id: str
    name: str
    day: str
    limit: str


@frozen(kw_only=True)
class SessionView:
    id: str
    device: str
    day: str
    is_this: bool


@frozen
class AccountPages:
    """Everything of the person's own."""

    _renderer: Renderer

    async def show(self, visit: Visit, *, new_key: str = "") -> web.StreamResponse:
        """Room, settings, keys, sessions. ``new_key`` is shown this once."""
        sessions = await visit.services.sessions.of(visit.user)
        return shown(
            self._renderer,
            visit,
            "account.html",
            tab="account",
            sections=[*await self._money(visit), await self._today(visit), await self._room(visit)],
            new_key=new_key,
            keys=[
                KeyView(
                    id=key.id,
                    name=key.name,
                    day=visit.words.day(key.created_at),
                    limit="" if key.credits_per_day is None else visit.words.credits(key.credits_per_day),
                )
                for key in await visit.services.api_keys.of(visit.user)
            ],
            sessions=[self._session(visit, session) for session in sessions],
        )

    async def language(self, visit: Visit) -> web.StreamResponse:
        """Speak this language from now on."""
        code = await visit.field("language")
        await visit.services.people.change_preferences(visit.user, ChooseLanguage(code=code or None))
        return see(f"{visit.prefix}/account")

    async def create_key(self, visit: Visit) -> web.StreamResponse:
        """A key for programs. The page that answers is the only one that shows it."""
        limit = amount_of(await visit.field("credits_per_day"))
        text = await visit.services.api_keys.create(visit.user, await visit.field("name"), limit)
        return await self.show(visit, new_key=text)

    async def revoke_key(self, visit: Visit) -> web.StreamResponse:
        """The key opens no door any more."""
        await visit.services.api_keys.revoke(visit.user, ApiKeyId(visit.part("key")))
        return done(visit, f"{visit.prefix}/account")

    async def end(self, visit: Visit) -> web.StreamResponse:
        """Sign out on one device."""
        session_id = SessionId(visit.part("session"))
        if not await visit.services.sessions.end(session_id, visit.user):
            return web.json_response({"error": "not_found"}, status=404)
        return done(visit, f"{visit.prefix}/account")

    async def end_all(self, visit: Visit) -> web.StreamResponse:
        """Sign out everywhere, here too."""
        await visit.services.sessions.end_all(visit.user)
        response = done(visit, f"{visit.prefix}/sign-in")
        drop_token(response, prefix=visit.prefix, is_secure=visit.is_secure)
        return response

    async def export(self, visit: Visit) -> web.StreamResponse:
        """Everything that is kept about the person, as one archive."""
        async with visit.services.people.export.in_passing(visit.user) as archive:
            disposition = f'attachment; filename="mediabot-{visit.services.clock.now():%Y-%m-%d}.zip"'
            response = web.StreamResponse(
                headers={"Content-Type": "application/zip", "Content-Disposition": disposition}
            )
            protect(response)
            response.content_length = archive.stat().st_size
            await response.prepare(visit.request)
            with archive.open("rb") as file:
                while chunk := await asyncio.to_thread(file.read, CHUNK_BYTES):
                    await response.write(chunk)
            await response.write_eof()
        return response

    async def forget(self, visit: Visit) -> web.StreamResponse:
        """Erase the person for good."""
        await visit.services.people.forget_myself(visit.user)
        response = done(visit, f"{visit.prefix}/sign-in")
        drop_token(response, prefix=visit.prefix, is_secure=visit.is_secure)
        return response

    async def _today(self, visit: Visit) -> Section:
        """What may be spent in a day."""
        words, allowance = visit.words, await visit.services.people.allowance(visit.user)
        facts = [(words("spent-in-a-day"), words.credits(allowance.spent))]
        if allowance.credits_per_day is None or allowance.left is None:
            facts.append((words("daily-limit"), words("no-limit")))
        else:
            facts.append((words("daily-limit"), words.credits(allowance.credits_per_day)))
            facts.append((words("left-today"), words.credits(allowance.left)))
        return Section(title=words("limits"), facts=facts)

    async def _money(self, visit: Visit) -> Sequence[Section]:
        """What the person has to spend; nothing where the operator pays."""
        if not visit.services.billing.is_on:
            return []
        words, account = visit.words, await visit.services.billing.read_account(visit.user)
        facts = [(words("balance"), words.credits(float(credits_of(account.balance.units))))]
        if account.balance.reserved:
            facts.append((words("reserved"), words.credits(float(credits_of(account.balance.reserved)))))
        return [Section(title=words("money"), facts=facts, buy_link=await visit.services.buy_link())]

    async def _room(self, visit: Visit) -> Section:
        usage = visit.services.library.media_usage
        taken = visit.words.number((await usage(visit.user)) / MEGABYTE)
        quota = usage.quota_bytes
        said = (
            visit.words("room-of", taken=taken, quota=quota // MEGABYTE) if quota else visit.words("room", taken=taken)
        )
        return Section(title=visit.words("room-title"), facts=[(visit.words("room-taken"), said)])

    def _session(self, visit: Visit, session: WebSession) -> SessionView:
        return SessionView(
            id=session.id,
            device=device_name(session.device) or visit.words("unknown-device"),
            day=visit.words.day(session.created_at),
            is_this=session.id == visit.session.id,
        )


def device_name(agent: str) -> str:
    """A browser's name for itself in two words people know."""
    found = [
        next((name for mark, name in names if re.search(re.escape(mark), agent)), "") for names in (_BROWSERS, _SYSTEMS)
    ]
    return " · ".join(name for name in found if name)
