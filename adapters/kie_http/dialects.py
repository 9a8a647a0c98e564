"""The forms in which KIE takes a create request and tells how a task stands: tables, one row a family of endpoints.

Nearly every model speaks the market's. The others are known by the create path of their registry entry (kie/API.md §10).
"""

from collections.abc import Callable, Mapping
from enum import Enum, auto
from types import MappingProxyType
from typing import Final

from attrs import field, frozen

from adapters.kie_http.numbers import charge_of, number_of
from adapters.kie_http.wire import in_short
from application.ports.media_provider import Submission
from domain.model import Model


class Stage(Enum):
    """How far a task is."""

    RUNNING = auto()
    SUCCEEDED = auto()
    FAILED = auto()


@frozen(kw_only=True)
class TaskRecord:
    """A task as KIE tells it, in one form for all endpoints. ``payloads`` are where a result may be, best first."""

    stage: Stage
    payloads: tuple[object, ...] = field(default=(), repr=False)
    fail_code: str = ""
    fail_message: str = field(default="", repr=False)
    credits: float | None = None
    run_time_s: float | None = None


NOWHERE: Final = "https://callback.invalid/"
"""For a model that must have an address while we have none of our own: RFC 6761 sees to it that it never resolves. The task is
read all the same."""


@frozen(kw_only=True)
class KieDialect:
    """One family of endpoints.

    ``flat``: the input's fields stand in the body itself, renamed by ``names``; else under ``input``. ``has_model``:
    the body says which model. ``stage_of`` and ``payload_keys`` read the answer to a status request.
    """

    create_path: str
    status_path: str
    stage_of: Callable[[Mapping[str, object]], Stage]
    payload_keys: tuple[str, ...]
    flat: bool = False
    has_model: bool = True
    names: Mapping[str, str] = MappingProxyType({})

    def create_body(self, submission: Submission) -> dict[str, object]:
        """The body of the create request. The spelling ``callBackUrl`` is KIE's everywhere (§2, §10)."""
        body: dict[str, object] = {"model": submission.model.id} if self.has_model else {}
        if self.flat:
            body |= {self.names.get(name, name): value for name, value in submission.input.items()}
        else:
            body["input"] = dict(submission.input)
        callback_url = submission.callback_url or (NOWHERE if submission.model.callback_required else None)
        if callback_url is not None:
            body["callBackUrl"] = callback_url
        return body

    def record(self, data: Mapping[str, object]) -> TaskRecord:
        """What the ``data`` of a status answer says."""
        stage = self.stage_of(data)
        if stage is Stage.RUNNING:  # most answers, and nothing else in them counts
            return TaskRecord(stage=stage)
        return TaskRecord(
            stage=stage,
            payloads=tuple(data[key] for key in self.payload_keys if data.get(key)),
            fail_code=in_short(_text(data, "failCode", "errorCode")),
            fail_message=in_short(_text(data, "failMsg", "errorMessage")),
            credits=_charge(data, "creditsConsumed", "consumeCredits"),
            run_time_s=_run_time_s(data),
        )


def _market_stage(data: Mapping[str, object]) -> Stage:
    """By ``state``; only an answer without one is read by the newer ``successFlag``. An unknown state is running (§3)."""
    if data.get("state"):
        return {"success": Stage.SUCCEEDED, "fail": Stage.FAILED}.get(str(data["state"]), Stage.RUNNING)
    return _flag_stage(data)


def _flag_stage(data: Mapping[str, object]) -> Stage:
    """By ``successFlag``: 0 running, 1 success, 2 (not created) and 3 (not generated) failed."""
    return {"1": Stage.SUCCEEDED, "2": Stage.FAILED, "3": Stage.FAILED}.get(str(data.get("successFlag")), Stage.RUNNING)


MARKET: Final = KieDialect(
    create_path="/api/v1/jobs/createTask",
    status_path="/api/v1/jobs/recordInfo",
    stage_of=_market_stage,
    payload_keys=("response", "resultJson"),
)
VEO: Final = KieDialect(
    create_path="/api/v1/veo/generate",
    status_path="/api/v1/veo/record-info",
    stage_of=_flag_stage,
    payload_keys=("response", "resultUrls"),
    flat=True,
    names=MappingProxyType(
        {  # aspect_ratio stays as it is
            "image_urls": "imageUrls",
            "generation_type": "generationType",
            "enable_translation": "enableTranslation",
            "enable_fallback": "enableFallback",
        }
    ),
)
MIDJOURNEY: Final = KieDialect(
    create_path="/api/v1/mj/generate",
    status_path="/api/v1/mj/record-info",
    stage_of=_flag_stage,
    payload_keys=("resultInfoJson", "response"),
    flat=True,
    has_model=False,
)
DEDICATED: Final[Mapping[str, KieDialect]] = MappingProxyType({d.create_path: d for d in (VEO, MIDJOURNEY)})


def dialect_of(model: Model) -> KieDialect | None:
    """The model's dialect, None when its endpoint is none we speak."""
    return MARKET if model.endpoint is None else DEDICATED.get(model.endpoint.create)


def _text(data: Mapping[str, object], *keys: str) -> str:
    """The first that is a text or a number and not empty; codes come as either."""
    values = (data.get(key) for key in keys)
    return next((str(value) for value in values if isinstance(value, str | int) and value != ""), "")


def _number(data: Mapping[str, object], *keys: str) -> float | None:
    """The first that is a number of a size that credits and times can have."""
    numbers = (number_of(data.get(key)) for key in keys)
    return next((number for number in numbers if number is not None and number >= 0), None)


def _charge(data: Mapping[str, object], *keys: str) -> float | None:
    """The first that can be a charge."""
    charges = (charge_of(data.get(key)) for key in keys)
    return next((charge for charge in charges if charge is not None), None)


def _run_time_s(data: Mapping[str, object]) -> float | None:
    """From the two timestamps (Unix milliseconds) where both stand; ``costTime`` was milliseconds once, seconds now (§3)."""
    began, ended = _number(data, "createTime"), _number(data, "completeTime")
    if began is not None and ended is not None and ended >= began:
        return (ended - began) / 1000
    return _number(data, "costTime")
