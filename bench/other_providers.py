"""What the protocols of Replicate and of fal ask of a server, as their clients' pages tell it: enough to be waited for.

Replicate (replicate.com/docs/topics/predictions/create-a-prediction): a create request with ``Prefer: wait`` is held open
until the prediction is there. fal (docs.fal.ai/model-apis/model-endpoints/queue): a queued request has a URL for its status
and one for its response. Here a task runs as many seconds as its input says, and its result is its own id.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from typing import Any

from aiohttp import web
from attrs import define, evolve, field

from bench.processes import Report
from bench.simulated_kie import Seen, Truth


@define
class OtherProviders:
    """Both protocols on one server; ``tasks`` is the truth about what was asked of either."""

    tasks: dict[str, Truth] = field(factory=dict)
    _numbers: "count[int]" = field(factory=count)

    def application(self) -> web.Application:
        application = web.Application()
        application.add_routes(
            [
                web.post("/v1/models/{owner}/{name}/predictions", self._predict),
                web.post("/fal/{owner}/{name}", self._enqueue),
                web.get("/fal/status/{id}", self._status),
                web.get("/fal/response/{id}", self._response),
            ]
        )
        return application

    def _begin(self, seconds: float) -> str:
        task_id = f"task{next(self._numbers)}"
        self.tasks[task_id] = Truth(ended_at=time.time() + seconds, reads=0)
        return task_id

    def _read(self, request: web.Request) -> tuple[str, bool]:
        task_id = request.match_info["id"]
        truth = self.tasks[task_id] = evolve(self.tasks[task_id], reads=self.tasks[task_id].reads + 1)
        return task_id, time.time() >= truth.ended_at

    async def _predict(self, request: web.Request) -> web.Response:
        body = await request.json()
        task_id = self._begin(body["input"]["seconds"])
        await asyncio.sleep(self.tasks[task_id].ended_at - time.time())
        prediction: dict[str, Any] = {
            "id": task_id,
            "model": "bench/fox",
            "version": "hidden",
            "status": "succeeded",
            "input": body["input"],
            "output": task_id,
            "logs": "",
            "error": None,
            "created_at": "2026-11-24T00:00:00Z",
            "urls": {"get": "", "cancel": ""},
        }
        return web.json_response(prediction, status=201)

    async def _enqueue(self, request: web.Request) -> web.Response:
        task_id = self._begin((await request.json())["seconds"])
        here = f"{request.scheme}://{request.host}/fal"
        return web.json_response(
            {
                "request_id": task_id,
                "status_url": f"{here}/status/{task_id}",
                "response_url": f"{here}/response/{task_id}",
                "cancel_url": f"{here}/cancel/{task_id}",
            }
        )

    async def _status(self, request: web.Request) -> web.Response:
        _, ended = self._read(request)
        status = {"status": "COMPLETED" if ended else "IN_PROGRESS", "logs": None}
        return web.json_response(status, status=200 if ended else 202)

    async def _response(self, request: web.Request) -> web.Response:
        return web.json_response({"id": self._read(request)[0]})


@asynccontextmanager
async def other_providers() -> AsyncIterator[tuple[str, Report]]:
    """A server for ``bench.processes.served``. Replicate's protocol is at its root, fal's under ``/fal``."""
    providers = OtherProviders()
    runner = web.AppRunner(providers.application(), access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0]
        yield f"http://{host}:{port}", lambda: Seen(tasks=providers.tasks, creations=[])
    finally:
        await runner.cleanup()
