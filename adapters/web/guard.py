"""Who asks, and may they: before every page."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final

import structlog
from aiohttp import web
from attrs import define, field
from yarl import URL

from adapters.web.cookies import drop_token, set_token, token_in
from adapters.web.headers import protect
from adapters.web.options import SiteOptions
from adapters.web.rate_limits import ACTIONS, PAGES
from adapters.web.renderer import Renderer
from adapters.web.services import Services
from adapters.web.trouble import BadAmount, Forbidden, NoSuchPage, SlowDown, UnreadableBody, trouble_of
from adapters.web.visit import CSRF_FIELD, CSRF_HEADER, FURTHER_BOT, Visit, is_mini_app, is_same_site, wants_data
from adapters.web.words import PageWords
from application.errors import ApplicationError, InsufficientCredits, NotSignedIn, StoreUnavailable
from application.operating.authorize_user import AccessPolicy
from application.operating.web_sessions import SignedIn
from domain.access import KnownUser, Subject
from domain.errors import DomainError
from domain.generation import UserId
from domain.rate_limit import RateLimit, RateLimiter

log = structlog.get_logger(__name__)

Page = Callable[[Visit], Awaitable[web.StreamResponse]]
OpenPage = Callable[[web.Request, Services, str], Awaitable[web.StreamResponse]]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
ServicesOfBot = Callable[[str], Services | None]
"""Those of a further bot, by its id; None where there is none."""

BOT: Final = "bot"
"""The part of a path that names a further bot."""
DECISION_LASTS_S: Final = 10.0
"""So long a person that was blocked may still see pages."""
DECISIONS_KEPT: Final = 10_000


@define
class Guard:
    """Wraps the pages of one site. Whatever a page raises becomes an answer that a person can read."""

    _renderer: Renderer
    _options: SiteOptions
    _limits: RateLimiter
    _monotonic: Callable[[], float]
    services: Services | None = None
    services_of: ServicesOfBot | None = None
    _decisions: dict[tuple[str, UserId], tuple[AccessPolicy, float]] = field(factory=dict, init=False)

    def page(self, prefix: str, page: Page, *, admins_only: bool = False, limit: RateLimit | None = None) -> Handler:
        """For people who are signed in."""

        async def handle(request: web.Request) -> web.StreamResponse:
            place = _place(request, prefix)

            async def answer(services: Services) -> web.StreamResponse:
                signed_in = await services.sessions.find(token_in(request) or "")
                visit = await self._visit(request, services, signed_in, place)
                if admins_only and not visit.is_admin:
                    raise Forbidden("not_admin")
                await self._check(visit, limit)
                response = await page(visit)
                if not response.prepared:
                    await self._renew(visit, response)
                return response

            return await self._answered(request, place, answer)

        return handle

    def open(self, prefix: str, page: OpenPage, *, limit: RateLimit | None = None) -> Handler:
        """For anyone."""

        async def handle(request: web.Request) -> web.StreamResponse:
            place = _place(request, prefix)

            async def answer(services: Services) -> web.StreamResponse:
                if limit and not self._limits.allows(limit, f"address {self.address(request)}"):
                    raise SlowDown
                if request.method not in {"GET", "HEAD"} and not is_same_site(request):
                    raise Forbidden("cross_site")
                return await page(request, services, place)

            return await self._answered(request, place, answer)

        return handle

    def address(self, request: web.Request) -> str:
        """Where a request comes from: behind a router it is what the router saw, the last of the header."""
        seen = request.headers.get("X-Forwarded-For", "") if self._options.is_secure else ""
        return seen.rpartition(",")[2].strip() or request.remote or ""

    async def _answered(
        self, request: web.Request, prefix: str, answer: Callable[[Services], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        try:
            response = await answer(self._services_at(request))
        except web.HTTPRequestEntityTooLarge as error:
            response = await self._refusal(request, prefix, error)
        except web.HTTPException as redirect:
            response = redirect
        except NotSignedIn:
            response = self._to_sign_in(request, prefix)
        except (ApplicationError, DomainError, BadAmount, Forbidden, NoSuchPage, SlowDown, UnreadableBody) as error:
            response = await self._refusal(request, prefix, error)
        except (ConnectionError, TimeoutError):
            raise
        except Exception:
            log.exception(
                "page.fault", path=request.match_info.route.resource and request.match_info.route.resource.canonical
            )
            response = await self._refusal(request, prefix, ApplicationError("fault"))
        if response.prepared:
            return response
        if request.writer.output_size:
            raise ConnectionError("the answer had begun: it is cut short")
        protect(response, is_framed=is_mini_app(prefix))
        return response

    async def _renew(self, visit: Visit, response: web.StreamResponse) -> None:
        """Replace the session's token where it is time and this answer can carry the new one."""
        with suppress(StoreUnavailable):  # the page was answered: the next one will do
            if token := await visit.services.sessions.renew(visit.session, token_in(visit.request) or ""):
                set_token(response, token, prefix=visit.prefix, is_secure=self._options.is_secure)

    def _services_at(self, request: web.Request) -> Services:
        """Those of the bot whose pages these are. Raises StoreUnavailable while the service starts, NoSuchPage for no bot's."""
        if self.services is None:
            raise StoreUnavailable("starting")
        bot = request.match_info.get(BOT)
        services = self.services_of(bot) if bot and self.services_of else None
        if bot and services is None:
            raise NoSuchPage(request.path)
        return services or self.services

    async def _visit(self, request: web.Request, services: Services, signed_in: SignedIn, prefix: str) -> Visit:
        session = signed_in.session
        preferences = await services.people.read_preferences(session.user)
        language = services.texts.language(preferences.language or request.headers.get("Accept-Language"))
        policy = await self._policy(services, request.match_info.get(BOT, ""), signed_in, language)
        if policy in {AccessPolicy.STRANGER, AccessPolicy.BLOCKED}:
            raise Forbidden(policy)
        return Visit(
            request=request,
            prefix=prefix,
            services=services,
            session=session,
            words=PageWords(services.texts, language, money=preferences.money),
            preferences=preferences,
            is_admin=policy is AccessPolicy.ADMIN,
            is_secure=self._options.is_secure,
        )

    async def _policy(self, services: Services, bot: str, signed_in: SignedIn, language: str) -> AccessPolicy:
        now, user = self._monotonic(), signed_in.session.user
        policy, until = self._decisions.get((bot, user), (AccessPolicy.STRANGER, now))
        if now < until:
            return policy
        known = KnownUser(
            user=user, name=signed_in.session.name, language=language, chat=None, seen_at=services.clock.now()
        )
        policy = (await services.people.authorize(known, Subject(user))).admission
        if len(self._decisions) >= DECISIONS_KEPT:
            self._decisions.clear()
        self._decisions[bot, user] = (policy, now + DECISION_LASTS_S)
        return policy

    async def _check(self, visit: Visit, limit: RateLimit | None) -> None:
        request = visit.request
        is_reading = request.method in {"GET", "HEAD"}
        if not self._limits.allows(limit or (PAGES if is_reading else ACTIONS), visit.user):
            raise SlowDown
        if is_reading:
            return
        said = request.headers.get(CSRF_HEADER) or (await visit.field(CSRF_FIELD) if _is_form(request) else "")
        if not is_same_site(request) or not visit.has_csrf(said):
            raise Forbidden("cross_site")

    def _to_sign_in(self, request: web.Request, prefix: str) -> web.StreamResponse:
        if wants_data(request) or request.method != "GET":
            response: web.Response = web.json_response({"error": "not_signed_in"}, status=401)
        else:
            path = request.rel_url.raw_path if request.rel_url.raw_path != prefix else ""
            query = {"next": path} if path else {}
            response = web.Response(status=303, headers={"Location": str(_url(f"{prefix}/sign-in", query))})
        if token_in(request):
            drop_token(response, prefix=prefix, is_secure=self._options.is_secure)
        return response

    async def _refusal(self, request: web.Request, prefix: str, error: Exception) -> web.StreamResponse:
        status, key = trouble_of(error)
        texts = self.services.texts if self.services else None
        words = PageWords(texts, texts.language(request.headers.get("Accept-Language"))) if texts else None
        said = _said(words, key, error) if words else "starting"
        if words is None and request.method == "GET" and not wants_data(request):
            return web.Response(
                status=503, text="mediabot is starting …\n", headers={"Refresh": "1", "Retry-After": "1"}
            )
        link = await self.services.buy_link() if self.services and isinstance(error, InsufficientCredits) else None
        if wants_data(request) or words is None:
            door = {"link": {"href": link, "label": words("top-up")}} if link and words else {}
            return web.json_response({"error": key, "message": said, **door}, status=status)
        html = self._renderer.render(
            "trouble.html", words=words, prefix=prefix, message=said, status=status, buy_link=link
        )
        return web.Response(text=html, status=status, content_type="text/html")


def _place(request: web.Request, prefix: str) -> str:
    """The prefix as it stands in the address."""
    return prefix.replace(FURTHER_BOT, f"/{request.match_info.get(BOT, '')}")


def _said(words: PageWords, key: str, error: Exception) -> str:
    if key == "explained" and isinstance(error, ApplicationError):
        return words.error(error)
    return words(f"trouble-{key}")


def _is_form(request: web.Request) -> bool:
    return request.content_type in {"application/x-www-form-urlencoded", "multipart/form-data"}


def _url(path: str, query: dict[str, str]) -> str:
    return str(URL(path).with_query(query))
