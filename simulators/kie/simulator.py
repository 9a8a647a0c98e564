"""The simulated KIE as one object, and as a server."""

import asyncio
import shutil
import tempfile
import time
import weakref
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, Final

import aiohttp
from aiohttp import web

from .account import KieAccount
from .answers import KieRefusal, envelope
from .callbacks import CallbackSender
from .catalogue import CatalogueRoutes
from .characters import CharacterRoutes
from .chat import ChatRoutes
from .dialects import MarketDialect, MidjourneyDialect, VeoDialect
from .faults import FaultPlan, Handler
from .file_routes import FileRoutes
from .input_check import InputCheck
from .judge import Judge
from .known_facts import KieFacts, known_facts
from .options import SimulatorOptions
from .own_files import MediaCheck, OwnFiles
from .price_list import PriceFeedRoutes
from .requests import SESSION, origin_of
from .result_shapes import SONG_ID_HEAD
from .results import TaskResults
from .rule_check import RuleCheck
from .shelf import FileShelf
from .studio import Studio
from .task_routes import AccountRoutes, TaskRoutes
from .upload_routes import UploadRoutes

_MAX_BODY_BYTES: Final = 16 * 1024 * 1024
# No one waits for answers that were made slow on purpose.
_SHUTDOWN_S: Final = 0.1
_NO_ACCESS: Final = "You do not have access permissions"


class KieSimulator:
    """One account of a simulated KIE. Its state outlives its server, which may be stopped and served again.

    Attributes:
        account: tasks, credits, options and the record of every call.
        faults: which requests meet which trouble.
        callbacks: how callbacks come, and every attempt to deliver one.
        price_feed: the public price list; its rows may be changed.
        chat: the chat models' answers, and every question.
        characters: what the account has shown to the Omni models.
    """

    def __init__(
        self,
        options: SimulatorOptions | None = None,
        *,
        facts: KieFacts | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Build from facts about KIE; the packaged ones when none are given.

        Raises:
            ValueError: a model lives at an endpoint that is not simulated.
        """
        facts = facts or known_facts()
        registry = facts.models
        options = options or SimulatorOptions()
        self._directory = Path(tempfile.mkdtemp(prefix="kie_simulator_"))
        weakref.finalize(self, shutil.rmtree, self._directory, ignore_errors=True)
        self._facts = facts
        self._registry = registry
        self.account = KieAccount(options=options, clock=clock)
        self.faults = FaultPlan(options.seed)
        results = TaskResults(registry=registry)
        self._uploads = self._shelf("uploads", options.upload_bytes)
        self._files = OwnFiles(account=self.account, results=results, uploads=self._uploads)
        self._studio = Studio(
            registry=registry,
            files=self._files,
            uploads=self._uploads,
            rendered=self._shelf("rendered", options.cache_bytes),
        )
        self._dialects = _dialects_of(registry, results, self.account)
        self.callbacks = CallbackSender(
            account=self.account, dialects={dialect.status_path: dialect for dialect in self._dialects}
        )
        self.chat = ChatRoutes(account=self.account, files=self._files)
        self.characters = CharacterRoutes(files=self._files)
        self.price_feed = PriceFeedRoutes(facts=facts)
        self.account.on_end_known = self.callbacks.expect
        self._judge = self._judge_by(facts, results)

    def _judge_by(self, facts: KieFacts, results: TaskResults) -> Judge:
        check = InputCheck(
            check_media=MediaCheck(self._files),
            knows_task=self.account.tasks.__contains__,
            knows_song=self._knows_song,
            refuses_unknown=lambda: self.account.options.refuse_unknown_fields,
        )
        return Judge(
            facts=facts,
            check=check,
            rules=RuleCheck(facts),
            account=self.account,
            files=self._files,
            studio=self._studio,
            results=results,
        )

    def create_app(self) -> web.Application:
        """Return a fresh application on the state of this simulator."""
        app = web.Application(client_max_size=_MAX_BODY_BYTES, middlewares=[self._count_and_fault, self._guard])
        for dialect in self._dialects:
            tasks = TaskRoutes(
                dialect=dialect,
                registry=self._registry,
                account=self.account,
                judge=self._judge,
                callbacks=self.callbacks,
            )
            app.add_routes(tasks.routes())
        app.add_routes(AccountRoutes(account=self.account, files=self._files).routes())
        app.add_routes(UploadRoutes(account=self.account, uploads=self._uploads).routes())
        app.add_routes(CatalogueRoutes(account=self.account, facts=self._facts).routes())
        app.add_routes(self.price_feed.routes())
        app.add_routes(self.chat.routes())
        app.add_routes(self.characters.routes())
        app.add_routes(FileRoutes(files=self._files, uploads=self._uploads, studio=self._studio).routes())
        app.cleanup_ctx.append(self._send_callbacks)
        return app

    def _knows_song(self, song_id: object) -> bool:
        """Whether a task of this account handed out a song of this id; the id begins with the task's."""
        heads = {task_id[:SONG_ID_HEAD] for task_id in self.account.tasks}
        return isinstance(song_id, str) and song_id.partition("-")[0] in heads

    def _shelf(self, name: str, budget_bytes: int) -> FileShelf:
        directory = self._directory / name
        directory.mkdir()
        return FileShelf(directory, budget_bytes)

    async def _send_callbacks(self, app: web.Application) -> AsyncIterator[None]:
        async with aiohttp.ClientSession() as session:
            app[SESSION] = session
            sender = asyncio.create_task(self.callbacks.run(session), name="callbacks")
            yield
            sender.cancel()
            with suppress(asyncio.CancelledError):
                await sender

    @web.middleware
    async def _count_and_fault(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        self.account.requests[request.path] += 1
        fault = self.faults.take(request.path)
        return await (fault(request, handler) if fault else handler(request))

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if not request.path.startswith("/api/"):
            try:
                return await handler(request)
            except KieRefusal as refusal:
                return envelope(None, code=refusal.code, msg=refusal.message)
        if request.headers.get("Authorization") != f"Bearer {self.account.options.api_key}":
            return envelope(None, code=401, msg=_NO_ACCESS)
        self._files.origins.add(origin_of(request))
        try:
            return await handler(request)
        except KieRefusal as refusal:
            return envelope(None, code=refusal.code, msg=refusal.message)
        except web.HTTPNotFound:
            return envelope(None, code=404, msg="Not Found")


@asynccontextmanager
async def serve(simulator: KieSimulator, *, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[str]:
    """Serve over HTTP while the context is open and yield the base URL; port 0 takes a free one."""
    runner = web.AppRunner(simulator.create_app(), access_log=None, shutdown_timeout=_SHUTDOWN_S)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        await site.start()
        bound_port = runner.addresses[0][1]
        yield f"http://{host}:{bound_port}"
    finally:
        await runner.cleanup()


def _dialects_of(
    registry: Mapping[str, Mapping[str, Any]], results: TaskResults, account: KieAccount
) -> tuple[MarketDialect, VeoDialect, MidjourneyDialect]:
    """Raises ValueError where a model lives at an endpoint of none of them."""
    dialects = (
        MarketDialect(registry=registry, results=results, account=account),
        VeoDialect(registry=registry, results=results, account=account),
        MidjourneyDialect(registry=registry, results=results),
    )
    _refuse_unknown_endpoints(registry, {dialect.create_path for dialect in dialects})
    return dialects


def _refuse_unknown_endpoints(registry: Mapping[str, Mapping[str, Any]], known: set[str]) -> None:
    for model_id, model in registry.items():
        path = model.get("endpoint", {}).get("create")
        if path is not None and path not in known:
            raise ValueError(f"{model_id} lives at {path}, which is not simulated")
