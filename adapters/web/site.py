"""All the paths of the studio and the Mini App."""

from collections.abc import Callable, Sequence

from aiohttp import web
from attrs import frozen

from adapters.web.desk_routes import desk_routes
from adapters.web.guard import Guard, ServicesOfBot
from adapters.web.options import SiteOptions
from adapters.web.pages.account import AccountPages
from adapters.web.pages.create import CreatePages
from adapters.web.pages.drafts import DraftPages
from adapters.web.pages.events import EventPages
from adapters.web.pages.generations import GenerationPages
from adapters.web.pages.library import LibraryPages
from adapters.web.pages.media import MediaPages
from adapters.web.pages.models import ModelPages
from adapters.web.pages.presets import PresetPages
from adapters.web.pages.references import ReferencePages
from adapters.web.pages.shared import SharedPages
from adapters.web.pages.sign_in import SignInPages
from adapters.web.pages.static import StaticPages
from adapters.web.pages.uploads import UploadPages
from adapters.web.paths import ID, SECRET, Paths
from adapters.web.rate_limits import EXPORTS, SIGN_INS, UPLOADS
from adapters.web.renderer import Renderer
from adapters.web.services import Services
from adapters.web.trouble import NoSuchPage
from adapters.web.visit import FURTHER_BOT, MINI_APP, STUDIO, is_mini_app
from domain.rate_limit import RateLimiter


@frozen
class Site:
    """The pages at ``/studio`` and ``/app``, and behind the id of each further bot. ``open`` gives them their service; before that they say that it is starting."""

    _guard: Guard
    _routes: Sequence[web.RouteDef]
    _events: EventPages

    @property
    def routes(self) -> Sequence[web.RouteDef]:
        """For the server that owns the port."""
        return self._routes

    def open(self, services: Services, services_of: ServicesOfBot | None = None) -> None:
        """The service behind the pages has started: the first bot, and by ``services_of`` the further ones."""
        self._guard.services, self._guard.services_of = services, services_of

    def close(self) -> None:
        """End the streams of open pages, which come again to another instance."""
        self._events.close()


def build_site(options: SiteOptions, monotonic: Callable[[], float]) -> Site:
    """Build the site; nothing is opened."""
    renderer = Renderer()
    guard = Guard(renderer, options, RateLimiter(monotonic), monotonic)
    events = EventPages(renderer, options.streams_at_most)
    prefixes = [bot + pages for bot in ("", FURTHER_BOT) for pages in (STUDIO, MINI_APP)]
    routes = [route for prefix in prefixes for route in _routes(prefix, guard, renderer, options, events)]
    return Site(guard, [web.get(f"{prefix}/", _without_slash) for prefix in prefixes] + routes, events)


async def _without_slash(request: web.Request) -> web.Response:
    return web.Response(status=301, headers={"Location": request.path.removesuffix("/")})


def _routes(
    prefix: str, guard: Guard, renderer: Renderer, options: SiteOptions, events: EventPages
) -> Sequence[web.RouteDef]:
    at = Paths(prefix, guard)
    return [
        *_entrance(prefix, guard, renderer, options),
        *_making(at, renderer),
        at.get("/events", events.stream),
        *_results(at, renderer),
        *_kept(at, renderer),
        *_account(at, renderer),
        *desk_routes(prefix, guard, renderer),
        web.route("*", f"{prefix}{{rest:(/.*)?}}", guard.open(prefix, _nowhere)),
    ]


def _entrance(prefix: str, guard: Guard, renderer: Renderer, options: SiteOptions) -> Sequence[web.RouteDef]:
    """Paths that need no session."""
    sign_in = SignInPages(renderer, options, guard.address)
    shared, static = SharedPages(renderer), StaticPages(renderer.static)
    entry = sign_in.mini_app if is_mini_app(prefix) else sign_in.show
    link = f"{prefix}/s/{{link:{SECRET}}}"
    return [
        web.get(f"{prefix}/static/{{version}}/{{name}}", static.show),
        web.get(f"{prefix}/sign-in", guard.open(prefix, entry)),
        web.get(f"{prefix}/sign-in/telegram", guard.open(prefix, sign_in.by_telegram, limit=SIGN_INS)),
        web.post(f"{prefix}/sign-in/mini-app", guard.open(prefix, sign_in.by_mini_app, limit=SIGN_INS)),
        web.get(f"{prefix}/enter/{{token:{SECRET}}}", guard.open(prefix, sign_in.by_local_link, limit=SIGN_INS)),
        web.get(link, guard.open(prefix, shared.show)),
        web.get(f"{link}/{{index:[0-9]{{1,3}}}}", guard.open(prefix, shared.file)),
        web.get(f"{link}/{{index:[0-9]{{1,3}}}}/preview", guard.open(prefix, shared.preview)),
    ]


def _making(at: Paths, renderer: Renderer) -> Sequence[web.RouteDef]:
    """From a wish to a request."""
    create, drafts, presets = CreatePages(renderer), DraftPages(renderer), PresetPages(renderer)
    draft = f"/drafts/{{draft:{ID}}}"
    return [
        at.get("", create.show),
        at.post("/offers", create.offers),
        at.get("/ideas/{idea:[a-z0-9_]{1,32}}.jpg", create.idea_picture),
        at.post("/several", create.several),
        at.post("/uploads", UploadPages(renderer).take, limit=UPLOADS),
        at.post("/drafts", drafts.start),
        at.get(draft, drafts.show),
        at.post(f"{draft}/edit", drafts.edit),
        at.post(f"{draft}/run", drafts.run),
        at.post(f"{draft}/improve", drafts.improve),
        at.post(f"{draft}/preset", presets.save),
        at.get(f"{draft}/mask/{{parameter}}", drafts.mask),
        at.get(f"{draft}/frame/{{parameter}}", drafts.frame),
    ]


def _results(at: Paths, renderer: Renderer) -> Sequence[web.RouteDef]:
    """What came of requests."""
    generations, media = GenerationPages(renderer), MediaPages()
    generation = f"/generations/{{generation:{ID}}}"
    return [
        at.get("/library", LibraryPages(renderer).show),
        at.get(generation, generations.show),
        at.post(f"{generation}/cancel", generations.cancel),
        at.post(f"{generation}/again", generations.again),
        at.post(f"{generation}/variation", generations.variation),
        at.post(f"{generation}/edit", generations.edit),
        at.post(f"{generation}/scene", generations.scene),
        at.post(f"{generation}/favourite", generations.favourite),
        at.post(f"{generation}/share", generations.share),
        at.post(f"{generation}/unshare", generations.unshare),
        at.post(f"{generation}/chat", generations.to_chat),
        at.post(f"{generation}/delete", generations.delete),
        at.get(f"/results/{{generation:{ID}}}/{{index:[0-9]{{1,3}}}}", media.result),
        at.get(f"/media/{{media:{SECRET}}}", media.show),
        at.get(f"/media/{{media:{SECRET}}}/preview", media.preview),
    ]


def _kept(at: Paths, renderer: Renderer) -> Sequence[web.RouteDef]:
    """Models, presets and reference sets."""
    models, presets, references = ModelPages(renderer), PresetPages(renderer), ReferencePages(renderer)
    return [
        at.get("/models", models.show),
        at.post("/models/favourite", models.favourite),
        at.get("/presets", presets.show),
        at.post(f"/presets/{{preset:{ID}}}/open", presets.open),
        at.post(f"/presets/{{preset:{ID}}}/delete", presets.delete),
        at.get("/references", references.show),
        at.post("/references", references.save),
        at.post(f"/references/{{reference:{ID}}}/delete", references.delete),
    ]


def _account(at: Paths, renderer: Renderer) -> Sequence[web.RouteDef]:
    """A person's own settings, keys, data and sessions."""
    account = AccountPages(renderer)
    return [
        at.get("/account", account.show),
        at.post("/account/language", account.language),
        at.post("/account/keys", account.create_key),
        at.post(f"/account/keys/{{key:{ID}}}/revoke", account.revoke_key),
        at.post("/account/export", account.export, limit=EXPORTS),
        at.post("/account/forget", account.forget),
        at.post("/account/sessions/end", account.end_all),
        at.post(f"/account/sessions/{{session:{ID}}}/end", account.end),
    ]


async def _nowhere(request: web.Request, _services: Services, _prefix: str) -> web.StreamResponse:
    raise NoSuchPage(request.path)
