"""Signing in: by Telegram's login, by the Mini App, by a link that the demo prints."""

from collections.abc import Callable
from hmac import compare_digest

from aiohttp import web
from attrs import frozen
from yarl import URL

from adapters.web.cookies import set_token, token_in
from adapters.web.options import SiteOptions
from adapters.web.pages.answers import see
from adapters.web.renderer import Renderer
from adapters.web.services import Services
from adapters.web.telegram_proofs import GOOD_FOR, ProvenPerson, TelegramProofs
from adapters.web.visit import STUDIO, in_browser
from adapters.web.words import PageWords
from application.errors import NotSignedIn
from application.operating.web_sessions import SignIn


@frozen
class SignInPages:
    """A new sign-in ends the session that the browser had before: a stolen old cookie is worth nothing."""

    _renderer: Renderer
    _options: SiteOptions
    _address: Callable[[web.Request], str]

    async def show(self, request: web.Request, services: Services, prefix: str) -> web.StreamResponse:
        """The door, with the ways in that there are."""
        words = words_of(request, services)
        html = self._renderer.render(
            "sign_in.html",
            words=words,
            prefix=prefix,
            fault="fault" in request.query,
            login_url=self._login_url(request, services, prefix),
        )
        return web.Response(text=html, content_type="text/html")

    async def mini_app(self, request: web.Request, services: Services, prefix: str) -> web.StreamResponse:
        """The page that hands Telegram's proof over; it is in the address behind the ``#``, which no server sees."""
        html = self._renderer.render("mini_app.html", words=words_of(request, services), prefix=prefix)
        return web.Response(text=html, content_type="text/html")

    async def by_telegram(self, request: web.Request, services: Services, prefix: str) -> web.StreamResponse:
        """Where Telegram's login leads back to.

        Its page puts the proof behind the ``#`` of the address (``tgAuthResult``), as Telegram's own script for sites reads it
        there (telegram.org/js/telegram-widget.js, ``haveTgAuthResult``, 2026-11). A small page asks again with the proof as a
        query, as the login button sends it (https://core.telegram.org/widgets/login-legacy; Telegram's newer login, by
        OpenID Connect, would need a secret beside the bot's token: https://core.telegram.org/bots/telegram-login).
        """
        if "hash" not in request.query:
            html = self._renderer.render("telegram_login.html", words=words_of(request, services), prefix=prefix)
            return web.Response(text=html, content_type="text/html")
        try:
            person = TelegramProofs(services.bot_token).login_button(_signed_part(request), now=services.clock.now())
            token = await self._begin(request, services, _sign_in(request, person))
        except NotSignedIn:
            return see(f"{prefix}/sign-in?fault=1")
        return self._entered(request, prefix, token)

    async def by_mini_app(self, request: web.Request, services: Services, prefix: str) -> web.StreamResponse:
        """The proof as the body, plain text; answers where to go."""
        try:
            body = await request.read()
            person = TelegramProofs(services.bot_token).mini_app(
                body.decode("utf-8", "replace"), now=services.clock.now()
            )
            token = await self._begin(request, services, _sign_in(request, person))
        except NotSignedIn:
            return web.json_response({"error": "not_signed_in"}, status=401)
        response = web.json_response({"go": _start(person.start, prefix)})
        set_token(response, token, prefix=prefix, is_secure=self._options.is_secure)
        return response

    async def by_local_link(self, request: web.Request, services: Services, prefix: str) -> web.StreamResponse:
        """A link printed on this machine, for the first bot's pages. Raises NotSignedIn for any other."""
        said = request.match_info["token"]
        link = next((one for one in self._options.local_links.values() if compare_digest(one.token, said)), None)
        if link is None or in_browser(prefix) != STUDIO:
            raise NotSignedIn("no such link")
        sign_in = SignIn(user=link.user, name=link.name, device=_device(request))
        return self._entered(request, prefix, await self._begin(request, services, sign_in))

    async def _begin(self, request: web.Request, services: Services, sign_in: SignIn) -> str:
        """The new session's token."""
        signed_in = await services.sessions.begin(sign_in)
        await _end_earlier(request, services)
        return signed_in.token or ""

    def _entered(self, request: web.Request, prefix: str, token: str) -> web.Response:
        response = see(_inside(request.query.get("next", ""), prefix))
        set_token(response, token, prefix=prefix, is_secure=self._options.is_secure)
        return response

    def _login_url(self, request: web.Request, services: Services, prefix: str) -> str | None:
        """Telegram's own login page; it needs an address that Telegram can lead back to."""
        if not self._options.is_secure:
            return None
        origin = f"https://{request.host}"
        back = URL(f"{origin}{prefix}/sign-in/telegram")
        if after := _inside(request.query.get("next", ""), prefix):
            back = back.with_query({"next": after})
        bot = services.bot_token.partition(":")[0]
        query = {"bot_id": bot, "origin": origin, "request_access": "write", "return_to": str(back)}
        return str(URL("https://oauth.telegram.org/auth").with_query(query))


def _sign_in(request: web.Request, person: ProvenPerson) -> SignIn:
    return SignIn(
        user=person.user, name=person.name, device=_device(request), proof=person.proof, proof_lasts=2 * GOOD_FOR
    )


def words_of(request: web.Request, services: Services) -> PageWords:
    """In the browser's language."""
    return PageWords(services.texts, services.texts.language(language_of(request)))


def language_of(request: web.Request) -> str | None:
    """The first language that the browser names."""
    return request.headers.get("Accept-Language", "").split(",")[0].split(";")[0].strip() or None


async def _end_earlier(request: web.Request, services: Services) -> None:
    try:
        earlier = await services.sessions.find(token_in(request) or "")
    except NotSignedIn:
        return
    await services.sessions.end(earlier.session.id, earlier.session.user)


def _signed_part(request: web.Request) -> dict[str, str]:
    return {name: value for name, value in request.query.items() if name != "next"}


def _inside(path: str, prefix: str) -> str:
    """A page of our own to go to; the first one for anything else, so that no link leads people away."""
    is_ours = path == prefix or path.startswith(f"{prefix}/")
    return path if is_ours and "//" not in path and "\\" not in path else prefix


def _start(start: str | None, prefix: str) -> str:
    """Where a link into the Mini App leads: ``g_<id>`` is a generation."""
    kind, _, name = (start or "").partition("_")
    return f"{prefix}/generations/{name}" if kind == "g" and name.isalnum() else prefix


def _device(request: web.Request) -> str:
    return request.headers.get("User-Agent", "")
