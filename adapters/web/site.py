"""All the paths of the studio and the Mini App."""

from collections.abc import Callable, Sequence
from typing import Final

from aiohttp import web
from attrs import frozen

from adapters.web.guard import Guard, Handler
from adapters.web.options import SiteOptions
from adapters.web.pages.account import AccountPages
from adapters.web.pages.create import CreatePages
from adapters.web.pages.desk import DeskPages
from adapters.web.pages.desk_generations import DeskGenerationPages
from adapters.web.pages.desk_models import DeskModelPages
from adapters.web.pages.desk_people import DeskPeoplePages
from adapters.web.pages.drafts import DraftPages
from adapters.web.pages.events import EventPages
from adapters.web.pages.generations import GenerationPages
from adapters.web.pages.library import LibraryPages
from adapters.web.pages.media import MediaPages
from adapters.web.pages.models import ModelPages
from adapters.web.pages.money import MoneyPages
from adapters.web.pages.presets import PresetPages
from adapters.web.pages.references import ReferencePages
from adapters.web.pages.shared import SharedPages
from adapters.web.pages.sign_in import SignInPages
from adapters.web.pages.static import StaticPages
from adapters.web.pages.uploads import UploadPages
from adapters.web.rate_limits import EXPORTS, SIGN_INS, UPLOADS
from adapters.web.renderer import Renderer
from adapters.web.services import Services
from adapters.web.telegram_proofs import TelegramProofs
from adapters.web.trouble import NoSuchPage
from adapters.web.visit import MINI_APP, STUDIO
from domain.rate_limit import RateLimiter

ID: Final = "[a-z0-9]{1,32}"
PERSON: Final = "[a-z]{1,20}:[A-Za-z0-9_-]{1,60}"
SECRET: Final = "[A-Za-z0-9_-]{16,128}"  # noqa: S105 - the form of one


@frozen
class Site:
    """The pages at ``/studio`` and ``/app``. ``open`` gives them their service; before that they say that it is starting."""

    _guard: Guard
    _routes: Sequence[web.RouteDef]
    _events: EventPages

    @property
    def routes(self) -> Sequence[web.RouteDef]:
        """For the server that owns the port."""
        return self._routes

    def open(self, services: Services) -> None:
        """The service behind the pages has started."""
        self._guard.services = services

    def close(self) -> None:
        """End the streams of open pages, which come again to another instance."""
        self._events.close()


def build_site(options: SiteOptions, monotonic: Callable[[], float]) -> Site:
    """Build the site; nothing is opened."""
    renderer = Renderer()
    guard = Guard(renderer, options, RateLimiter(monotonic), monotonic)
    events = EventPages(renderer, options.streams_at_most)
    routes = [route for prefix in (STUDIO, MINI_APP) for route in _routes(prefix, guard, renderer, options, events)]
    return Site(guard, [web.get(f"{prefix}/", _to(prefix)) for prefix in (STUDIO, MINI_APP)] + routes, events)


def _to(path: str) -> Handler:
    async def redirect(_request: web.Request) -> web.Response:
        return web.Response(status=301, headers={"Location": path})

    return redirect


def _routes(
    prefix: str, guard: Guard, renderer: Renderer, options: SiteOptions, events: EventPages
) -> Sequence[web.RouteDef]:
    sign_in = SignInPages(renderer, TelegramProofs(options.bot_token), options, guard.address)
    create, drafts, library = CreatePages(renderer), DraftPages(renderer), LibraryPages(renderer)
    generations, media, uploads = GenerationPages(renderer), MediaPages(), UploadPages(renderer)
    models, presets, account, desk = (
        ModelPages(renderer),
        PresetPages(renderer),
        AccountPages(renderer),
        DeskPages(renderer),
    )
    people, desk_models, found = DeskPeoplePages(renderer), DeskModelPages(renderer), DeskGenerationPages(renderer)
    money = MoneyPages(renderer)
    references = ReferencePages(renderer)
    shared, static = SharedPages(renderer), StaticPages(renderer.static)
    page = guard.page

    def get(path: str, handler: object, **how: object) -> web.RouteDef:
        return web.get(prefix + path, page(prefix, handler, **how))  # type: ignore[arg-type]  # a table, checked by use

    def post(path: str, handler: object, **how: object) -> web.RouteDef:
        return web.post(prefix + path, page(prefix, handler, **how))  # type: ignore[arg-type]  # as above

    entry = sign_in.mini_app if prefix == MINI_APP else sign_in.show
    return [
        web.get(f"{prefix}/static/{{version}}/{{name}}", static.show),
        web.get(f"{prefix}/sign-in", guard.open(prefix, entry)),
        web.get(f"{prefix}/sign-in/telegram", guard.open(prefix, sign_in.by_telegram, limit=SIGN_INS)),
        web.post(f"{prefix}/sign-in/mini-app", guard.open(prefix, sign_in.by_mini_app, limit=SIGN_INS)),
        web.get(f"{prefix}/enter/{{token:{SECRET}}}", guard.open(prefix, sign_in.by_local_link, limit=SIGN_INS)),
        web.get(f"{prefix}/s/{{link:{SECRET}}}", guard.open(prefix, shared.show)),
        web.get(f"{prefix}/s/{{link:{SECRET}}}/{{index:[0-9]{{1,3}}}}", guard.open(prefix, shared.file)),
        web.get(f"{prefix}/s/{{link:{SECRET}}}/{{index:[0-9]{{1,3}}}}/preview", guard.open(prefix, shared.preview)),
        get("", create.show),
        post("/offers", create.offers),
        get("/ideas/{idea:[a-z0-9_]{1,32}}.jpg", create.idea_picture),
        post("/several", create.several),
        post("/uploads", uploads.take, limit=UPLOADS),
        post("/drafts", drafts.start),
        get(f"/drafts/{{draft:{ID}}}", drafts.show),
        post(f"/drafts/{{draft:{ID}}}/edit", drafts.edit),
        post(f"/drafts/{{draft:{ID}}}/run", drafts.run),
        post(f"/drafts/{{draft:{ID}}}/improve", drafts.improve),
        post(f"/drafts/{{draft:{ID}}}/preset", presets.save),
        get(f"/drafts/{{draft:{ID}}}/mask/{{parameter}}", drafts.mask),
        get(f"/drafts/{{draft:{ID}}}/frame/{{parameter}}", drafts.frame),
        get("/events", events.stream),
        get("/library", library.show),
        get(f"/generations/{{generation:{ID}}}", generations.show),
        post(f"/generations/{{generation:{ID}}}/cancel", generations.cancel),
        post(f"/generations/{{generation:{ID}}}/again", generations.again),
        post(f"/generations/{{generation:{ID}}}/variation", generations.variation),
        post(f"/generations/{{generation:{ID}}}/edit", generations.edit),
        post(f"/generations/{{generation:{ID}}}/favourite", generations.favourite),
        post(f"/generations/{{generation:{ID}}}/share", generations.share),
        post(f"/generations/{{generation:{ID}}}/unshare", generations.unshare),
        post(f"/generations/{{generation:{ID}}}/chat", generations.to_chat),
        post(f"/generations/{{generation:{ID}}}/delete", generations.delete),
        get(f"/results/{{generation:{ID}}}/{{index:[0-9]{{1,3}}}}", media.result),
        get(f"/media/{{media:{SECRET}}}", media.show),
        get(f"/media/{{media:{SECRET}}}/preview", media.preview),
        get("/models", models.show),
        post("/models/favourite", models.favourite),
        get("/presets", presets.show),
        post(f"/presets/{{preset:{ID}}}/open", presets.open),
        post(f"/presets/{{preset:{ID}}}/delete", presets.delete),
        get("/references", references.show),
        post("/references", references.save),
        post(f"/references/{{reference:{ID}}}/delete", references.delete),
        get("/account", account.show),
        post("/account/language", account.language),
        post("/account/keys", account.create_key),
        post(f"/account/keys/{{key:{ID}}}/revoke", account.revoke_key),
        post("/account/export", account.export, limit=EXPORTS),
        post("/account/forget", account.forget),
        post("/account/sessions/end", account.end_all),
        post(f"/account/sessions/{{session:{ID}}}/end", account.end),
        get("/desk", desk.show, admins_only=True),
        get("/desk/people", people.show, admins_only=True),
        get(f"/desk/people/{{person:{PERSON}}}", people.one, admins_only=True),
        post(f"/desk/people/{{person:{PERSON}}}/limit", people.limit, admins_only=True),
        post(f"/desk/people/{{person:{PERSON}}}/block", people.block, admins_only=True),
        get("/desk/models", desk_models.show, admins_only=True),
        post("/desk/pause", desk_models.pause, admins_only=True),
        get("/desk/generations", found.find, admins_only=True),
        get(f"/desk/generations/{{found:{ID}}}", found.show, admins_only=True),
        get("/desk/money", money.show, admins_only=True),
        get("/desk/money/figures.csv", money.figures, admins_only=True),
        get("/desk/money/entries.csv", money.entries, admins_only=True),
        post("/desk/money/refund", money.refund, admins_only=True),
        web.route("*", f"{prefix}{{rest:(/.*)?}}", guard.open(prefix, _nowhere)),
    ]


async def _nowhere(request: web.Request, _services: Services, _prefix: str) -> web.StreamResponse:
    raise NoSuchPage(request.path)
