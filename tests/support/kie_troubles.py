"""What KIE does to us: codes, lost and broken answers, silence, and callbacks that can't be trusted."""

import asyncio
import base64
import hashlib
import hmac
import time
from collections.abc import Iterable
from typing import Final

import aiohttp
from attrs import evolve

from simulators.kie import (
    BodyCode,
    CallbackBehaviour,
    HtmlPage,
    HugeBody,
    KieFault,
    LostAnswer,
    LostRequest,
    RawBody,
    Redirect,
    SlowAnswer,
)
from tests.support.fault_scene import RATE, Kind, Scene
from tests.support.fault_service import HMAC_KEY
from tests.support.faults import Fault, Strike
from tests.support.kie_client import CREATE
from tests.support.kie_client import STATUS as READ
from tests.support.verdict import Excuses

UPLOAD: Final = "/api/file-*-upload"
FILES: Final = "/results/*"

CODES: Final = (400, 401, 402, 403, 404, 408, 409, 413, 422, 429, 430, 433, 451, 455, 500, 501, 505, 531, 550)
"""``kie/API.md`` §5, all but 200."""

PASSING_READS: Final = tuple(code for code in CODES if code not in {404, 408, 422, 451, 501, 531})
"""What a read may answer without its task being at an end; 404 and 422 mean that only just after the creation."""

GATEWAY_STATUSES: Final = (301, 400, 401, 403, 404, 408, 413, 422, 429, 500, 502, 503, 504, 520, 522, 524)
FILE_STATUSES: Final = (403, 404, 410, 429, 500, 502, 503)

SLOW_S: Final = 0.3
"""Longer than the scene's client waits for an answer."""

AWAY: Final = 600.0
"""Ten minutes of the service's time."""
AWAY_RATE: Final = 500.0

STORE_AWAY: Final = 503
"""What a callback is answered when the other fault of a pair befalls PostgreSQL."""

UPLOADS: Final = (Kind.UPLOAD, Kind.TEXT)


def on(path: str, *faults: KieFault, times: int = 1) -> Strike:
    """Each of the next requests to ``path`` meets one of these, each ``times`` times."""

    async def strike(scene: Scene) -> None:
        for fault in faults:
            scene.kie.faults.add(path, fault, times=times)

    return strike


def _bodies(codes: Iterable[int]) -> list[KieFault]:
    return [BodyCode(code) for code in codes]


def _statuses(codes: Iterable[int]) -> list[KieFault]:
    return [BodyCode(code, status=code) for code in codes]


def _pages(statuses: Iterable[int]) -> list[KieFault]:
    return [HtmlPage(status) for status in statuses]


async def _away(scene: Scene) -> None:
    """Ten minutes without KIE from the moment at which it works on something."""
    await scene.until(lambda: scene.kie.account.tasks)
    scene.kie.faults.away(AWAY / AWAY_RATE)
    scene.clock.run_at(AWAY_RATE)
    await asyncio.sleep(AWAY / AWAY_RATE)
    scene.clock.run_at(RATE)


async def _hidden(scene: Scene) -> None:
    """For ten seconds of the service's time new tasks can't be found."""
    scene.kie.account.options = evolve(scene.kie.account.options, hidden_s=0.3)


def _callbacks(behaviour: CallbackBehaviour) -> Strike:
    async def strike(scene: Scene) -> None:
        scene.kie.callbacks.behaviour = behaviour

    return strike


async def _lost_callbacks(scene: Scene) -> None:
    """No callback comes; creations whose answers are lost stay unknown."""
    scene.kie.callbacks.behaviour = CallbackBehaviour(copies=0)


async def _forged(scene: Scene) -> None:
    """Someone who knows an address, or guesses one, reports tasks that are not our own."""
    await scene.until(lambda: list(scene.kie.account.accepted()))
    url = next(iter(scene.kie.account.accepted())).callback_url or ""
    generation_url, _, secret = url.rpartition("/")
    foreign = "f" * 32
    async with aiohttp.ClientSession() as session:
        # Once the generation knows its task, a signature for another one is refused and the body is not read.
        for address, task_id, key, expected in (
            (f"{generation_url}/{'x' * len(secret)}", foreign, HMAC_KEY, {404}),
            (f"{scene.callback_base}/kie/callback/{'a' * 16}/{secret}", foreign, HMAC_KEY, {404}),
            (url, foreign, "another key", {401}),
            (url, foreign, None, {401}),
            (url, foreign, HMAC_KEY, {200, 401}),  # a task of the same account that is another's
        ):
            body = {"code": 200, "data": {"taskId": task_id, "state": "success"}}
            async with session.post(address, json=body, headers=_signed(task_id, key)) as response:
                assert response.status in {*expected, STORE_AWAY}, (address, response.status)
        async with session.post(url, data=b"\xff{", headers=_signed(foreign, HMAC_KEY)) as response:
            assert response.status in {400, 401}


def _signed(task_id: str, key: str | None) -> dict[str, str]:
    if key is None:
        return {}
    timestamp = str(int(time.time()))
    digest = hmac.digest(key.encode(), f"{task_id}.{timestamp}".encode(), hashlib.sha256)
    return {"X-Webhook-Timestamp": timestamp, "X-Webhook-Signature": base64.b64encode(digest).decode()}


def _ordered(*orders: str) -> Strike:
    """Tasks that end as the prompt orders."""

    async def strike(scene: Scene) -> None:
        for order in orders:
            scene.wish(Kind.IMAGE, order=order)

    return strike


KIE_TROUBLES: Final = (
    Fault(name="create:codes", strike=on(CREATE, *_bodies(CODES)), load=22),
    Fault(name="create:statuses", strike=on(CREATE, *_statuses(CODES)), load=22),
    Fault(name="create:gateway", strike=on(CREATE, *_pages(GATEWAY_STATUSES)), load=22),
    Fault(name="create:lost-before", strike=on(CREATE, LostRequest(), LostRequest(reset=True), times=2)),
    Fault(name="create:lost-after", strike=on(CREATE, LostAnswer(), times=4)),
    Fault(name="create:slow", strike=on(CREATE, SlowAnswer(SLOW_S), times=4)),
    Fault(name="create:broken-json", strike=on(CREATE, RawBody(), RawBody("[]"), RawBody('{"code":200}'))),
    Fault(name="create:huge", strike=on(CREATE, HugeBody())),
    Fault(name="create:redirect", strike=on(CREATE, Redirect("http://127.0.0.1:9/"), times=2)),
    Fault(name="read:codes", strike=on(READ, *_bodies(PASSING_READS), times=2)),
    Fault(name="read:statuses", strike=on(READ, *_statuses(PASSING_READS), times=2)),
    Fault(name="read:gateway", strike=on(READ, *_pages(GATEWAY_STATUSES), times=2)),
    Fault(name="read:lost", strike=on(READ, LostRequest(), LostAnswer(), LostRequest(reset=True), times=4)),
    Fault(name="read:slow", strike=on(READ, SlowAnswer(SLOW_S), times=6)),
    Fault(name="read:broken-json", strike=on(READ, RawBody(), RawBody("null"), times=5)),
    Fault(name="read:hidden", strike=_hidden, pairs=False),
    Fault(name="upload:codes", strike=on(UPLOAD, *_bodies(CODES)), load=20, kinds=UPLOADS),
    Fault(name="upload:statuses", strike=on(UPLOAD, *_statuses(CODES)), load=20, kinds=UPLOADS),
    Fault(name="upload:gateway", strike=on(UPLOAD, *_pages(GATEWAY_STATUSES)), load=20, kinds=UPLOADS),
    Fault(
        name="upload:broken",
        strike=on(UPLOAD, LostRequest(), LostAnswer(), RawBody(), SlowAnswer(SLOW_S), times=2),
        kinds=UPLOADS,
    ),
    Fault(name="file:statuses", strike=on(FILES, *_pages(FILE_STATUSES))),
    Fault(name="file:lost", strike=on(FILES, LostRequest(), LostRequest(reset=True), SlowAnswer(SLOW_S), times=3)),
    Fault(name="file:private-redirect", strike=on(FILES, Redirect("ftp://files.example/x"), times=2)),
    Fault(name="away", strike=_away),
    Fault(
        name="task:bad-ends",
        strike=_ordered(
            "!fail 500 Internal", "!fail 501", "!fail 422 nsfw", "!empty", "!badjson", "!gone", "!redirect"
        ),
    ),
    Fault(name="callback:doubled", strike=_callbacks(CallbackBehaviour(copies=3))),
    Fault(name="callback:early", strike=_callbacks(CallbackBehaviour(before_answer=True))),
    Fault(name="callback:late", strike=_callbacks(CallbackBehaviour(delay_s=0.5))),
    Fault(name="callback:none", strike=_lost_callbacks, excuses=Excuses(hidden=True)),
    Fault(name="callback:forged", strike=_forged),
)
