"""The studio's pages, the API and MCP on fakes: a server, and browsers that are signed in."""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from itertools import count
from typing import Any, Final

from aiohttp import ClientResponse, ClientSession, CookieJar, web
from aiohttp.test_utils import TestServer
from attrs import define, evolve, field
from dependency_injector import providers

from adapters.api_http import Api, McpOverHttp
from adapters.fluent_texts import load_texts
from adapters.memory.access_store import InMemoryAccessStore
from adapters.memory.alarm_store import InMemoryAlarmStore
from adapters.memory.announcer import InMemoryAnnouncer
from adapters.memory.api_key_store import InMemoryApiKeyStore
from adapters.memory.audit_log import InMemoryAuditLog
from adapters.memory.book_reports import InMemoryBookReports
from adapters.memory.broadcast_store import InMemoryBroadcastStore
from adapters.memory.current_result_store import InMemoryCurrentResultStore
from adapters.memory.draft_store import InMemoryDraftStore
from adapters.memory.gallery import InMemoryGallery
from adapters.memory.limit_store import InMemoryLimitStore
from adapters.memory.media_index import InMemoryMediaIndex
from adapters.memory.media_store import InMemoryMediaStore
from adapters.memory.payment_gateway import InMemoryPaymentGateway
from adapters.memory.person_records import InMemoryPersonRecords
from adapters.memory.preference_store import InMemoryPreferenceStore
from adapters.memory.preset_store import InMemoryPresetStore
from adapters.memory.preview_maker import InMemoryPreviewMaker
from adapters.memory.progress_store import InMemoryProgressStore
from adapters.memory.provider_accounts import InMemoryProviderAccounts
from adapters.memory.purchase_store import InMemoryPurchaseStore
from adapters.memory.reference_store import InMemoryReferenceStore
from adapters.memory.session_store import InMemorySessionStore
from adapters.memory.statistics import InMemoryStatistics
from adapters.memory.text_call_store import InMemoryTextCallStore
from adapters.memory.text_model import InMemoryTextModel
from adapters.memory.unsafe_list import InMemoryUnsafeList
from adapters.system.machine import SystemIds
from adapters.web import LocalLink, Site, SiteOptions, build_site
from application.operating.create_api_key import CreateApiKey
from application.ports.preview_maker import PreviewMaker
from application.results.file_away import FileAway, NewMedia
from config.settings import Settings
from config.slices.web import Web
from domain.generation import Generation, UserId
from domain.kept_media import KeptMedia, MediaOrigin
from domain.media import MediaFile
from domain.model import ModelId
from domain.rate_limit import RateLimiter
from tests.support.audit import an_audit
from tests.support.core_fixture import FIND_MODELS, NEXT_STEPS, World
from tests.support.generations import ANN, BOB, a_generation, life_of

TEXTS: Final = load_texts()
TOKEN: Final = "100200300:simulated-token-of-the-tests"
BUY_LINK: Final = "https://t.me/media_demo_bot?start=buy"
LINKS: Final = {user: f"link-of-{user.partition(':')[2]:0>24}" for user in (ANN, BOB)}


@define
class Browser:
    """One person's, with a cookie jar. It takes the token of its pages' forms along, as the pages do."""

    session: ClientSession
    csrf: str = ""

    async def get(self, path: str, **how: Any) -> ClientResponse:
        return await self.session.get(path, allow_redirects=False, **how)

    async def post(self, path: str, *, headers: Mapping[str, str] | None = None, **how: Any) -> ClientResponse:
        said = {"X-CSRF-Token": self.csrf, "Accept": "application/json", **(headers or {})}
        return await self.session.post(path, allow_redirects=False, headers=said, **how)

    async def enter(self, user: UserId, prefix: str = "/studio") -> None:
        """Sign in by the local link."""
        await self.session.get(f"{prefix}/enter/{LINKS[user]}", allow_redirects=False)
        self.csrf = await self.token(prefix)

    async def token(self, prefix: str = "/studio") -> str:
        page = await (await self.get(prefix)).text()
        found = re.search(r'name="csrf" content="([^"]+)"', page)
        return found[1] if found else ""


@define
class Studio:
    """Everything behind the pages. ``options`` and ``settings`` may be changed before ``serving``. ``further``: bots by id."""

    world: World = field(factory=World)
    settings: Settings = field(
        factory=lambda: Settings(telegram_bot_token=TOKEN, access="everyone", admin_users=frozenset({ANN}))
    )
    is_secure: bool = False
    further: "Mapping[str, Studio]" = field(factory=dict)
    previews: PreviewMaker = field(factory=InMemoryPreviewMaker)
    media_index: InMemoryMediaIndex = field(init=False)
    media_store: InMemoryMediaStore = field(init=False)
    presets: InMemoryPresetStore = field(init=False)
    drafts: InMemoryDraftStore = field(init=False)
    access: InMemoryAccessStore = field(init=False)
    gallery: InMemoryGallery = field(init=False)
    progress: InMemoryProgressStore = field(init=False)
    sessions: InMemorySessionStore = field(init=False)
    api_keys: InMemoryApiKeyStore = field(init=False)
    limits: InMemoryLimitStore = field(init=False)
    text_model: InMemoryTextModel = field(init=False)
    references: InMemoryReferenceStore = field(factory=InMemoryReferenceStore)
    gateway: InMemoryPaymentGateway = field(init=False)
    purchases: InMemoryPurchaseStore = field(init=False)
    site: Site = field(init=False)
    api: Api = field(init=False)
    base: str = field(init=False, default="")

    def __attrs_post_init__(self) -> None:
        clock = self.world.clock
        self.media_index, self.media_store = InMemoryMediaIndex(clock), InMemoryMediaStore(clock)
        self.presets, self.drafts = InMemoryPresetStore(clock), InMemoryDraftStore(clock)
        self.access, self.sessions = InMemoryAccessStore(clock), InMemorySessionStore(clock)
        self.api_keys = InMemoryApiKeyStore()
        self.limits = InMemoryLimitStore(clock)
        self.world.store.own_limit = self.limits.limits.get
        self.text_model = InMemoryTextModel(clock)
        self.gateway = InMemoryPaymentGateway(clock)
        self.purchases = InMemoryPurchaseStore(clock, self.world.store.ledger)
        self.gallery = InMemoryGallery(self.world.store, clock)
        self.media_index.holders += [self.references.holds, self.presets.holds, self.gallery.holds]
        self.progress = InMemoryProgressStore(self.world.store, clock)

    async def _buy_link(self) -> str | None:
        return BUY_LINK if self.settings.billing.is_on else None

    def graph(self) -> Web:
        """The object graph of the pages and of programs."""
        ports = {**self.world.ports(self.settings), **self._stores(), **self._money(), **self._outside()}
        del ports["result_files"]  # results are kept here
        return Web(**ports)

    def _stores(self) -> Mapping[str, Any]:
        """What people and operators keep."""
        clock, access = self.world.clock, self.access
        return {
            "drafts": self.drafts,
            "preferences": InMemoryPreferenceStore(clock),
            "presets": self.presets,
            "current_results": InMemoryCurrentResultStore(clock),
            "progress_store": self.progress,
            "media_store": self.media_store,
            "media_index": self.media_index,
            "previews": self.previews,
            "gallery": self.gallery,
            "references": providers.Object(self.references),
            "web_sessions": self.sessions,
            "api_keys": self.api_keys,
            "access": access,
            "personal_limits": self.limits,
            "alarms": InMemoryAlarmStore(clock),
            "broadcasts": InMemoryBroadcastStore(clock, access),
            "statistics": InMemoryStatistics(self.world.store),
            "unsafe_list": InMemoryUnsafeList(clock),
            "audit_log": InMemoryAuditLog(clock),
            "person_records": InMemoryPersonRecords(self.world.store, self.sessions),
        }

    def _money(self) -> Mapping[str, Any]:
        """Shown, and not spent: no request reserves credits here."""
        store = self.world.store
        return {
            "ledger": store.ledger,
            "purchases": self.purchases,
            "gateway": self.gateway,
            "book_reports": InMemoryBookReports(store),
            "provider_accounts": InMemoryProviderAccounts({}),
            "text_calls": InMemoryTextCallStore(self.world.clock, store),
        }

    def _outside(self) -> Mapping[str, Any]:
        """What is neither a store nor the core's."""
        return {
            "ids": SystemIds(),
            "texts": TEXTS,
            "next_steps": NEXT_STEPS,
            "find_models": FIND_MODELS,
            "text_models": providers.Object([self.text_model]),
            "announcer": InMemoryAnnouncer(self.world.clock),
            "buy_link": providers.Object(self._buy_link),
        }

    @asynccontextmanager
    async def serving(self) -> AsyncIterator["Studio"]:
        """The pages on a port of their own."""
        links = {token: LocalLink(token=token, user=user, name=user) for user, token in LINKS.items()}
        options = SiteOptions(is_secure=self.is_secure, local_links=links)
        self.site = build_site(options, self.world.clock.monotonic)
        application = web.Application()
        application.add_routes(self.site.routes)
        graph = self.graph()
        further = {bot: other.graph().web_services() for bot, other in self.further.items()}
        self.site.open(graph.web_services(), further.get)
        self.api = Api(services=graph.api_services(), limiter=RateLimiter(count(0.0, 60.0).__next__))
        mcp = McpOverHttp(self.api)
        application.add_routes([*self.api.routes(), *mcp.routes()])
        async with mcp.serving(), TestServer(application) as server:
            self.base = str(server.make_url("/")).rstrip("/")
            yield self

    async def key(self, user: UserId = ANN, credits_per_day: float | None = None) -> str:
        """A new API key of a person's, as the person copies it."""
        create = CreateApiKey(keys=self.api_keys, ids=SystemIds(), clock=self.world.clock, audit=an_audit())
        return (await create("program", user, credits_per_day))[1]

    @asynccontextmanager
    async def browser(self, user: UserId | None = None, prefix: str = "/studio") -> AsyncIterator[Browser]:
        """A browser, signed in as ``user``."""
        async with ClientSession(self.base, cookie_jar=CookieJar(unsafe=True)) as session:
            browser = Browser(session)
            if user:
                await browser.enter(user, prefix)
            yield browser

    async def keep(self, file: MediaFile, owner: UserId = ANN, made: Generation | None = None) -> KeptMedia:
        """An upload of a person's, or a result of a generation."""
        file_away = FileAway(
            store=self.media_store,
            index=self.media_index,
            previews=InMemoryPreviewMaker(),
            ids=SystemIds(),
            clock=self.world.clock,
            quota_bytes=None,
        )
        origin = MediaOrigin.RESULT if made else MediaOrigin.UPLOAD
        return await file_away(
            NewMedia(
                owner=owner,
                origin=origin,
                file=file,
                generation=made.id if made else None,
                index=0 if made else None,
            )
        )


MODEL: Final = ModelId("z-image")


def made(studio: Studio, **changes: object) -> Generation:
    """A delivered picture of Ann's, in the store."""
    row = evolve(life_of(a_generation(model_id=MODEL, created_at=studio.world.clock.now()))[-1], **changes)  # type: ignore[arg-type]  # keyword arguments of several types
    studio.world.store.rows[row.id] = row
    return row
