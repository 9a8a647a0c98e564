"""HTTP: creating and reading tasks, credits, download links."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from aiohttp import web
from attrs import evolve, frozen

from .account import CreateCall, KieAccount
from .answers import KieRefusal, envelope
from .callbacks import CallbackSender
from .dialects import UNPUBLISHED, EndpointPair, Registry
from .judge import Judge
from .own_files import OwnFiles
from .requests import SESSION, json_object, origin_of
from .tasks import KieTask

DOWNLOAD_S: Final = 20 * 60


@frozen(kw_only=True)
class TaskRoutes:
    """The two endpoints of one dialect."""

    dialect: EndpointPair
    registry: Registry
    account: KieAccount
    judge: Judge
    callbacks: CallbackSender

    def routes(self) -> list[web.RouteDef]:
        """Return what the application serves."""
        return [web.post(self.dialect.create_path, self.create), web.get(self.dialect.status_path, self.read)]

    async def create(self, request: web.Request) -> web.Response:
        """Start a task, or refuse with the code and the message of the first fault."""
        at = self.account.clock()
        body = await json_object(request)
        call = CreateCall(at=at, path=request.path, body=body, code=200, task_id=None)
        try:
            task = await self._start(body, origin_of(request))
        except KieRefusal as refusal:
            self.account.creates.append(evolve(call, code=refusal.code))
            raise
        self.account.creates.append(evolve(call, task_id=task.id))
        if task.callback_url is not None and self.callbacks.behaviour.before_answer:
            self.account.end_now(task, task.failure)
            await self.callbacks.send(task, request.app[SESSION])
        return envelope({"taskId": task.id, "recordId": task.record_id})

    async def read(self, request: web.Request) -> web.Response:
        """Report a task as it is now."""
        task = self.account.look_up(request.query.get("taskId", ""), self.dialect.status_path)
        return envelope(self.dialect.record(task, self.account.clock()))

    async def _start(self, body: Mapping[str, Any], origin: str) -> KieTask:
        self.account.admit_creation()
        model_id, given = self.dialect.read(body)
        model = self.registry.get(model_id)
        if model is None or model["status"] in self.account.options.refused_statuses:
            raise KieRefusal(422, UNPUBLISHED)
        _check_callback_url(body.get("callBackUrl"), needed=bool(model.get("callback_required")))
        checked, bill = await self.judge(model_id, given)
        return self.account.start(
            model_id,
            model,
            given=checked,
            bill=bill,
            request=body,
            status_path=self.dialect.status_path,
            origin=origin,
        )


@frozen(kw_only=True)
class AccountRoutes:
    """Credits and download links."""

    account: KieAccount
    files: OwnFiles

    def routes(self) -> list[web.RouteDef]:
        """Return what the application serves."""
        return [
            web.get("/api/v1/chat/credit", self.credit),
            web.post("/api/v1/common/download-url", self.download_url),
        ]

    async def credit(self, _request: web.Request) -> web.Response:
        """Answer the balance as a bare number."""
        return envelope(self.account.balance)

    async def download_url(self, request: web.Request) -> web.Response:
        """Answer a bare URL that is good for 20 minutes; only for files of our own."""
        url = (await json_object(request)).get("url")
        if not isinstance(url, str) or self.files.find(url) is None:
            raise KieRefusal(422, "url is wrong")
        parts = urlsplit(url)
        return envelope(parts._replace(query=f"expires={int(self.account.clock()) + DOWNLOAD_S}").geturl())


def _check_callback_url(url: object, *, needed: bool) -> None:
    if needed and not url:
        raise KieRefusal(422, "Please enter callBackUrl.")
    if url is not None and not (isinstance(url, str) and url.startswith(("http://", "https://"))):
        raise KieRefusal(422, "callBackUrl must be a URL")
