"""A KIE that answers as a test says, and its adapter before it."""

import json
from collections import deque
from collections.abc import Mapping
from datetime import UTC, datetime

import aiohttp
from aiohttp import web
from attrs import define, evolve, field, frozen

from adapters.kie_http import KieHttpProvider, KieLimits
from adapters.memory.clock import ManualClock
from application.ports.media_provider import TaskReport
from domain.generation import TaskId
from domain.media import MediaKind
from domain.model import Endpoint, Model, ModelId, ModelStatus, ModelType

KEY = "key-0123456789abcdef"

TASK = TaskId("9ae2" * 8)

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)

LIMITS = KieLimits(
    connect_s=0.3, create_s=0.6, read_s=0.3, upload_s=2, first_wait_s=0.01, longest_wait_s=0.02, answer_bytes=50_000
)

PATIENT = evolve(LIMITS, connect_s=10, create_s=20, read_s=20)
"""Before a server that answers: how busy the machine is does not matter."""


def some_model(
    model_id: str = "some/model", output: MediaKind = MediaKind.IMAGE, endpoint: Endpoint | None = None
) -> Model:
    return Model(
        id=ModelId(model_id),
        title="",
        vendor="",
        type=ModelType.TEXT_TO_IMAGE,
        output=output,
        status=ModelStatus.CURRENT,
        parameters={},
        endpoint=endpoint,
    )


MODEL = some_model()

VEO = some_model(
    "veo3_fast", MediaKind.VIDEO, Endpoint(create="/api/v1/veo/generate", status="/api/v1/veo/record-info")
)


@frozen
class Asked:
    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


@define
class Kie:
    """What the stub was asked, and what it answers: the given answers in order, the last one for ever."""

    answers: deque[web.Response | Mapping[str, object] | str] = field(factory=deque)
    asked: list[Asked] = field(factory=list)

    def answer(self, *answers: web.Response | Mapping[str, object] | str) -> None:
        self.answers.extend(answers)

    async def handle(self, request: web.Request) -> web.Response:
        body = await request.read()
        self.asked.append(Asked(request.method, request.path, dict(request.query), dict(request.headers), body))
        answer = self.answers[0] if len(self.answers) == 1 else self.answers.popleft()
        if isinstance(answer, web.Response):
            return web.Response(status=answer.status, headers=answer.headers, body=answer.body)
        return web.Response(text=answer if isinstance(answer, str) else json.dumps(answer))


def provider_at(
    session: aiohttp.ClientSession, url: str, clock: ManualClock | None = None, limits: KieLimits = LIMITS
) -> KieHttpProvider:
    clock = clock or ManualClock()
    return KieHttpProvider(session, api_key=KEY, api_base=url, upload_base=url, clock=clock, limits=limits)


async def look_up(provider: KieHttpProvider, model: Model = MODEL) -> TaskReport:
    return await provider.look_up(model, TASK, submitted_at=LONG_AGO)
