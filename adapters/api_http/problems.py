"""Errors as ``application/problem+json`` (RFC 9457)."""

from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Final

import structlog
from aiohttp import web
from attrs import frozen
from pydantic import ValidationError

from adapters.api_http.schemas import ViolationOut
from application.errors import (
    ApplicationError,
    CostsMore,
    GenerationNotFound,
    InsufficientCredits,
    InvalidInput,
    LimitReached,
    MediaGone,
    MediaUnavailable,
    ModelGone,
    ModelPaused,
    NotAuthenticated,
    NotCancellable,
    NotServed,
    PresetNameTaken,
    PresetNotFound,
    RequestKeyReused,
    StoreUnavailable,
    UploadRefused,
)
from application.explanations import explain
from application.ports.texts import Texts
from domain.errors import InvalidPresetName, MediaBotError
from domain.preset import PRESET_NAME_LIMIT
from domain.violation import Violation

log = structlog.get_logger()

STATUSES: Final[Mapping[type[MediaBotError], int]] = {
    NotAuthenticated: 401,
    InsufficientCredits: 402,
    CostsMore: 402,
    NotServed: 403,
    GenerationNotFound: 404,
    ModelGone: 404,
    PresetNotFound: 404,
    MediaGone: 404,
    NotCancellable: 409,
    PresetNameTaken: 409,
    ModelPaused: 409,
    UploadRefused: 415,
    InvalidInput: 422,
    RequestKeyReused: 422,
    InvalidPresetName: 422,
    LimitReached: 429,
    StoreUnavailable: 503,
    MediaUnavailable: 503,
}
"""Any other error of our own is a 400: the request can't be answered as it is."""


@frozen
class RequestProblem(Exception):
    """A request that is wrong before any use case is asked. ``title`` is in English, for developers."""

    status: int
    code: str
    title: str
    violations: Sequence[Mapping[str, str]] = ()


def problem_of(error: Exception, texts: Texts, language: str) -> web.Response:
    """Return the answer to a request that failed. An error that is not our own is logged and is a 500."""
    match error:
        case RequestProblem():
            return problem(error.status, error.code, error.title, error.violations)
        case ValidationError():
            return problem(422, "invalid_request", "The body does not have the right form.", _form_faults(error))
        case InvalidInput():
            violations = [violation_json(one, texts, language) for one in error.violations]
            return problem(422, error.code, texts.text("api-invalid-input", language), violations)
        case MediaBotError():
            return problem(_status(error), error.code, _title(error, texts, language))
        case _:
            log.error("api.failed", exc_info=error)
            return problem(500, "internal", "Something went wrong here.")


def problem_words(error: MediaBotError, texts: Texts, language: str) -> str:
    """Return one sentence, and what is wrong with each parameter."""
    if isinstance(error, InvalidInput):
        faults = [violation_json(one, texts, language) for one in error.violations]
        return " ".join(
            f"{fault['path']}: {fault['message']}" if fault["path"] else fault["message"] for fault in faults
        )
    return _title(error, texts, language)


def problem(status: int, code: str, title: str, violations: Sequence[Mapping[str, str]] = ()) -> web.Response:
    """Return a problem document."""
    body: dict[str, object] = {
        "type": f"urn:mediabot:problem:{code}",
        "title": title or HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "violations": list(violations),
    }
    headers = {"Retry-After": "5"} if status in {429, 503} else {}
    return web.json_response(body, status=status, content_type="application/problem+json", headers=headers)


def violation_json(violation: Violation, texts: Texts, language: str) -> dict[str, str]:
    """Return ``{"path", "code", "message"}``."""
    text = texts.text(f"violation-{violation.code}", language, **violation.values)
    return {"path": violation.path, "code": str(violation.code), "message": text}


def _status(error: MediaBotError) -> int:
    if isinstance(error, UploadRefused) and error.reason == "too_large":
        return 413
    return next((status for kind, status in STATUSES.items() if isinstance(error, kind)), 400)


def _title(error: MediaBotError, texts: Texts, language: str) -> str:
    match error:
        case CostsMore():
            return texts.text("api-costs-more", language, most=error.most or 0, agreed=error.agreed)
        case NotAuthenticated():
            return texts.text("api-not-authenticated", language)
        case ModelGone():
            return texts.text("api-model-gone", language)
        case RequestKeyReused():
            return texts.text("api-request-key-reused", language, id=error.generation)
        case InvalidPresetName():
            return texts.text("api-preset-name", language, most=PRESET_NAME_LIMIT)
        case UploadRefused():
            return texts.text(f"api-upload-refused-{error.reason}", language)
        case ApplicationError():
            explained = explain(error)
            if texts.has(explained.key, language):
                return texts.text(explained.key, language, **explained.values)
    return error.code.replace("_", " ")


def _form_faults(error: ValidationError) -> list[dict[str, str]]:
    return [
        {"path": ".".join(map(str, fault["loc"])), "code": str(fault["type"]), "message": str(fault["msg"])}
        for fault in error.errors(include_url=False, include_context=False, include_input=False)
    ]


def notices_out(notices: Iterable[Violation], texts: Texts, language: str) -> list[ViolationOut]:
    """Return values that the provider will drop, with words for people."""
    said = [violation_json(one, texts, language) for one in notices]
    return [
        ViolationOut(**one | {"message": texts.text("notice-dropped", language, text=one["message"])}) for one in said
    ]
