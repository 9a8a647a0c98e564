"""The three forms in which KIE takes creations and reports tasks: market models, Veo and Midjourney."""

import json
import re
from collections.abc import Mapping
from typing import Any, Final, Protocol

from attrs import frozen

from .account import KieAccount
from .answers import KieRefusal
from .results import TaskResults
from .tasks import KieTask

Registry = Mapping[str, Mapping[str, Any]]

MARKET_CREATE: Final = "/api/v1/jobs/createTask"
MARKET_STATUS: Final = "/api/v1/jobs/recordInfo"
UNPUBLISHED: Final = "The page does not exist or is not published"
_UNREADABLE: Final = '{"resultUrls":["https://'


class EndpointPair(Protocol):
    """One pair of endpoints with its body, record and callback."""

    @property
    def create_path(self) -> str:
        """Where tasks are created."""
        ...

    @property
    def status_path(self) -> str:
        """Where tasks are read."""
        ...

    def read(self, body: Mapping[str, Any], /) -> tuple[str, object]:
        """Return model id and input in the names of createTask, or refuse."""
        ...

    def record(self, task: KieTask, now: float, /) -> dict[str, Any]:
        """Return `data` of a status answer."""
        ...

    def callback(self, task: KieTask, now: float, /) -> dict[str, Any]:
        """Return the whole body that is POSTed when the task ends."""
        ...


@frozen(kw_only=True)
class MarketDialect:
    """createTask and recordInfo: every model without an endpoint of its own.

    With the option `newest_fields` off, records look as recorded in April 2026.
    """

    registry: Registry
    results: TaskResults
    account: KieAccount
    create_path: str = MARKET_CREATE
    status_path: str = MARKET_STATUS

    def read(self, body: Mapping[str, Any], /) -> tuple[str, object]:
        if self.account.options.refuse_unknown_fields:
            _refuse_strangers(body, {"model", "input", "callBackUrl"})
        model_id = body.get("model")
        if not isinstance(model_id, str) or "endpoint" in self.registry.get(model_id, {"endpoint": None}):
            raise KieRefusal(422, UNPUBLISHED)
        return model_id, body.get("input")

    def record(self, task: KieTask, now: float, /) -> dict[str, Any]:
        request = {**task.request, "input": json.dumps(task.input, ensure_ascii=False)}
        record = {
            "taskId": task.id,
            "model": task.model,
            "param": json.dumps(request, ensure_ascii=False),
            **self._outcome(task, now),
        }
        return record if self.account.options.newest_fields else {k: v for k, v in record.items() if k not in _NEWEST}

    def callback(self, task: KieTask, now: float, /) -> dict[str, Any]:
        data = self.record(task, now) | {"param": json.dumps(task.request, ensure_ascii=False)}
        if task.failure:
            data["resultJson"] = None
            return {"code": 501, "msg": "Playground task failed.", "data": data}
        return {"code": 200, "msg": "Playground task completed successfully.", "data": data}

    def _outcome(self, task: KieTask, now: float) -> dict[str, Any]:
        ended, failure = task.has_ended(now), task.failure
        succeeded = ended and failure is None
        content = self.results.content(task) if succeeded and not task.orders.bad_json else None
        return {
            "state": task.state(now),
            "successFlag": 0 if not ended else 3 if failure else 1,
            "resultJson": "" if not succeeded else _UNREADABLE if content is None else json.dumps(content),
            "response": content,
            "failCode": str(failure.code) if ended and failure else None,
            "failMsg": failure.message if ended and failure else None,
            "costTime": round(task.ends_at - task.created_at) if ended else None,
            "completeTime": _ms(task.ends_at) if ended else None,
            "createTime": _ms(task.created_at),
            "updateTime": _ms(task.ends_at if ended else now),
            "creditsConsumed": (0 if failure else task.bill.credits) if ended else None,
            "progress": None,
        }


_NEWEST: Final = frozenset({"successFlag", "response", "updateTime", "creditsConsumed", "progress"})


@frozen(kw_only=True)
class VeoDialect:
    """The flat camelCase body of Veo's own endpoint, whose `model` is a tier."""

    registry: Registry
    results: TaskResults
    account: KieAccount
    create_path: str = "/api/v1/veo/generate"
    status_path: str = "/api/v1/veo/record-info"

    def read(self, body: Mapping[str, Any], /) -> tuple[str, object]:
        model_id = body.get("model")
        model = self.registry.get(model_id) if isinstance(model_id, str) else None
        if not isinstance(model_id, str) or model is None or not _lives_at(model, self.create_path):
            raise KieRefusal(422, "Invalid model")
        names = {_veo_name(name): name for name in model["input"]}
        if self.account.options.refuse_unknown_fields:
            _refuse_strangers(body, {"model", "callBackUrl", *names})
        return model_id, {names[key]: value for key, value in body.items() if key in names}

    def record(self, task: KieTask, now: float, /) -> dict[str, Any]:
        succeeded = task.has_ended(now) and task.failure is None
        response = {"taskId": task.id, **self._info(task)} if succeeded else None
        return _flagged(task, now) | {"response": response, "fallbackFlag": False}

    def callback(self, task: KieTask, _now: float, /) -> dict[str, Any]:
        data: dict[str, Any] = {"taskId": task.id, "fallbackFlag": False}
        if task.failure is None:
            data["info"] = self._info(task)
        return _verdict(task, "Veo3.1 video generated successfully.", data)

    def _info(self, task: KieTask) -> dict[str, Any]:
        urls = self.results.urls(task)
        return {"resultUrls": urls, "originUrls": urls, "resolution": task.input.get("resolution", "720p")}


@frozen(kw_only=True)
class MidjourneyDialect:
    """Midjourney's own endpoint, which names no model: there is one that lives there."""

    registry: Registry
    results: TaskResults
    create_path: str = "/api/v1/mj/generate"
    status_path: str = "/api/v1/mj/record-info"

    def read(self, body: Mapping[str, Any], /) -> tuple[str, object]:
        for model_id, model in self.registry.items():
            if _lives_at(model, self.create_path):
                return model_id, {key: value for key, value in body.items() if key != "callBackUrl"}
        raise KieRefusal(505, "This feature is switched off")

    def record(self, task: KieTask, now: float, /) -> dict[str, Any]:
        succeeded = task.has_ended(now) and task.failure is None
        info = {"resultUrls": [{"resultUrl": url} for url in self.results.urls(task)]} if succeeded else None
        return _flagged(task, now) | {"taskType": task.input.get("taskType"), "resultInfoJson": info}

    def callback(self, task: KieTask, _now: float, /) -> dict[str, Any]:
        data = {"taskId": task.id, "resultUrls": [] if task.failure else self.results.urls(task)}
        return _verdict(task, "Midjourney task completed successfully.", data)


def _flagged(task: KieTask, now: float) -> dict[str, Any]:
    """Fields that the dedicated record-info answers share: successFlag 0 runs, 1 ok, 3 failed."""
    ended, failure = task.has_ended(now), task.failure
    return {
        "taskId": task.id,
        "paramJson": json.dumps(task.request, ensure_ascii=False),
        "successFlag": 0 if not ended else 3 if failure else 1,
        "errorCode": failure.code if ended and failure else None,
        "errorMessage": failure.message if ended and failure else None,
        "createTime": _ms(task.created_at),
        "completeTime": _ms(task.ends_at) if ended else None,
    }


def _verdict(task: KieTask, praise: str, data: dict[str, Any]) -> dict[str, Any]:
    if task.failure is None:
        return {"code": 200, "msg": praise, "data": data}
    return {"code": task.failure.code, "msg": task.failure.message, "data": data}


def _lives_at(model: Mapping[str, Any], create_path: str) -> bool:
    """Whether the model is made at this path, or was before everything moved to createTask."""
    return create_path in (model.get("endpoint", {}).get("create"), model.get("older_endpoint"))


def _veo_name(name: str) -> str:
    """Every name of Veo's body is camelCase but aspect_ratio."""
    return name if name == "aspect_ratio" else re.sub(r"_([a-z0-9])", lambda found: found[1].upper(), name)


def _refuse_strangers(body: Mapping[str, Any], known: set[str]) -> None:
    strangers = sorted(body.keys() - known)
    if strangers:
        raise KieRefusal(422, f"unknown fields: {', '.join(strangers)}")


def _ms(seconds: float) -> int:
    return int(seconds * 1000)
