"""What KIE's codes mean, by the call that got them (kie/API.md §5): tables, each row with its reason.

A code's meaning depends on the call: 422 says on create that the input is wrong, on read that the task is unknown.
"""

import re
from collections.abc import Mapping
from enum import Enum, auto
from typing import Final

from attrs import frozen

from domain.failure import FailureKind


class CallKind(Enum):
    """The sorts of calls."""

    CREATE = auto()
    READ = auto()
    UPLOAD = auto()
    ACCOUNT = auto()
    CHARACTER = auto()


@frozen
class Accepted:
    """KIE did what was asked."""


@frozen
class RefusedCall:
    """Nothing started, and the same request will be refused again."""

    kind: FailureKind


@frozen
class Later:
    """Nothing started; a later try is safe, after ``after_s`` seconds where there is a reason for a figure."""

    after_s: float | None = None


@frozen
class Unknown:
    """It may have started."""


@frozen
class Missing:
    """The task can't be found: not yet just after its creation, never again later."""


@frozen
class Ended:
    """The answer about a task is its end, without a result."""

    kind: FailureKind


Meaning = Accepted | RefusedCall | Later | Unknown | Missing | Ended

F = FailureKind

_ALWAYS: Final[Mapping[int, Meaning]] = {
    401: RefusedCall(F.UNAUTHORISED),  # key missing or wrong
    403: RefusedCall(F.UNAUTHORISED),  # seen by clients for key, IP allow-list or firewall trouble
    402: RefusedCall(F.OUT_OF_CREDITS),  # until someone tops up
    433: RefusedCall(F.USAGE_CAP),  # the key's own cap, until the operator raises it
    429: Later(10.0),  # dropped, not queued; the creation window is 10 s long (§6)
    430: Later(10.0),  # unverified: "called too often"
    455: Later(120.0),  # maintenance, "minutes later"
    550: Later(30.0),  # connection denied, the queue is full
}

TABLES: Final[Mapping[CallKind, Mapping[int, Meaning]]] = {
    CallKind.CREATE: {
        **_ALWAYS,
        400: RefusedCall(F.INPUT_REJECTED),  # bad or refused parameter; the message may say content policy
        404: RefusedCall(F.MODEL_UNAVAILABLE),  # the path itself is gone: a dedicated endpoint was withdrawn
        408: Unknown(),  # upstream was silent for over 10 minutes: something had begun
        409: RefusedCall(F.INPUT_REJECTED),  # conflict: what is asked for was made already
        413: RefusedCall(F.INPUT_REJECTED),  # unverified: too large
        422: RefusedCall(F.INPUT_REJECTED),  # validation
        451: RefusedCall(F.FILE_UNREACHABLE),  # KIE could not fetch a URL of the input
        500: Unknown(),  # see `meaning`: an input fault reported as 500 is recognised by its message first
        501: RefusedCall(F.GENERATION_FAILED),  # failed for good at once; failed tasks are not charged
        505: RefusedCall(F.MODEL_UNAVAILABLE),  # the feature or model is switched off
        531: RefusedCall(F.GENERATION_FAILED),  # unverified: failed and refunded
    },
    CallKind.READ: {
        **_ALWAYS,
        404: Missing(),  # task not found
        408: Ended(F.PROVIDER_TIMED_OUT),  # no result upstream for over 10 minutes; the task failed
        422: Missing(),  # "recordInfo is null", "Record does not exist"
        451: Ended(F.FILE_UNREACHABLE),
        500: Later(),  # a server fault; reading is free
        501: Ended(F.GENERATION_FAILED),  # final
        531: Ended(F.GENERATION_FAILED),
    },
    CallKind.UPLOAD: {
        **_ALWAYS,
        400: RefusedCall(F.INPUT_REJECTED),
        408: Later(),
        413: RefusedCall(F.INPUT_REJECTED),  # too large for them, and will stay so
        415: RefusedCall(F.INPUT_REJECTED),
        422: RefusedCall(F.INPUT_REJECTED),
        500: Later(),  # uploads are free: repeating one costs nothing
    },
    CallKind.ACCOUNT: {
        **_ALWAYS,
        400: RefusedCall(F.INPUT_REJECTED),
        404: RefusedCall(F.INPUT_REJECTED),
        408: Later(),
        422: RefusedCall(F.INPUT_REJECTED),  # download-url: "url is wrong", a file that is not KIE's
        500: Later(),
    },
    CallKind.CHARACTER: {
        **_ALWAYS,
        0: Accepted(),  # what the page documents; 200 was seen
        408: Later(),
        451: RefusedCall(F.FILE_UNREACHABLE),
        500: Later(),  # free: repeating one costs nothing
    },
}

FAIL_CODES: Final[Mapping[str, FailureKind]] = {
    "400": F.INPUT_REJECTED,
    "401": F.UNAUTHORISED,
    "402": F.OUT_OF_CREDITS,
    "403": F.UNAUTHORISED,
    "408": F.PROVIDER_TIMED_OUT,
    "413": F.INPUT_REJECTED,
    "422": F.INPUT_REJECTED,
    "429": F.PROVIDER_UNAVAILABLE,
    "430": F.PROVIDER_UNAVAILABLE,
    "433": F.USAGE_CAP,
    "451": F.FILE_UNREACHABLE,
    "455": F.PROVIDER_UNAVAILABLE,
    "505": F.MODEL_UNAVAILABLE,
    "550": F.PROVIDER_UNAVAILABLE,
}
"""``failCode`` of a task that ended badly → kind; every other code (500, 501, 531, texts) is a failed generation."""

_CONTENT = re.compile(
    r"content polic|sensitive|nsfw|moderat|safety|flagged|prohibit|inappropriate|unsafe|copyright"
    r"|polic(y|ies) violat|violat\w* .{0,40}polic|敏感|违规",
    re.IGNORECASE,
)
_NOT_OFFERED = re.compile(
    r"not published|page does not exist|model .{0,60}(not (found|supported|exist)|offline)", re.IGNORECASE
)
_FILE = re.compile(
    r"\b(fetch|download|access|retrieve|load)\w* .{0,40}(url|image|video|audio|file)|url is wrong", re.IGNORECASE
)
_TIMED_OUT = re.compile(r"tim(ed|e) ?out", re.IGNORECASE)
_INPUT = re.compile(
    r"required|invalid|illegal|missing|must|should|cannot be (empty|null)|not? (be )?(empty|allowed|support)|unsupported"
    r"|exceed|too (long|short|large|small|many)|out of range|\bformat\b|please enter",
    re.IGNORECASE,
)
_SERVER = re.compile(r"internal|server|upstream|exception|response|tim(ed|e) ?out|try again|retry", re.IGNORECASE)

_MOVED = frozenset({301, 307, 308})


def meaning(call: CallKind, code: int, message: str) -> Meaning:
    """What KIE's verdict ``code`` (never 200) says about a call.

    A 500 on create is two things (§2): a server fault, after which a task may exist, and the answer to a wrong input
    ("This field is required"), when none does. Only a message that speaks of the input makes it the second; otherwise
    the outcome is unknown, since calling it a failure would lose a task that was paid for.
    """
    match TABLES[call].get(code) or _of_class(call, code):
        case RefusedCall(F.INPUT_REJECTED) if call is CallKind.CREATE:
            return RefusedCall(_input_fault(message))
        case Unknown() if code == 500 and _speaks_of_input(message):
            return RefusedCall(_input_fault(message))
        case found:
            return found


def status_meaning(call: CallKind, status: int) -> Meaning:
    """What an HTTP status alone says, without KIE's envelope: a gateway spoke, so nothing is learned about a task."""
    if status in {401, 403, 429}:
        return TABLES[call][status]
    if call is CallKind.READ or status in _MOVED:  # moved: asked to send it elsewhere, so not acted on here
        return Later()
    if status in {400, 413, 415, 422}:
        return RefusedCall(F.INPUT_REJECTED)
    if 400 <= status < 500 and status != 408:  # 408 comes when part of the request was read
        return Later()
    return Unknown() if call is CallKind.CREATE else Later()


def failure_kind(code: str, message: str) -> FailureKind:
    """Why a task failed, from its ``failCode`` and ``failMsg``. Most come as 500 or 501, so the words are read too."""
    if _CONTENT.search(message):
        return F.CONTENT_REFUSED
    if code in FAIL_CODES:
        return FAIL_CODES[code]
    if code == "SENSITIVE_WORD_ERROR":
        return F.CONTENT_REFUSED
    if _TIMED_OUT.search(message):
        return F.PROVIDER_TIMED_OUT
    return F.GENERATION_FAILED


def _of_class(call: CallKind, code: int) -> Meaning:
    """A code no table knows: 4xx refuses the request, anything else leaves open what happened."""
    refused = 400 <= code < 500
    match call:
        case CallKind.CREATE:
            return RefusedCall(F.INPUT_REJECTED) if refused else Unknown()
        case CallKind.READ:
            return Later()
        case _:
            return RefusedCall(F.INPUT_REJECTED) if refused else Later()


def _speaks_of_input(message: str) -> bool:
    """Whether a 500's words are about what was sent, and not about KIE's own trouble with it."""
    return bool((_INPUT.search(message) and not _SERVER.search(message)) or _CONTENT.search(message))


def _input_fault(message: str) -> FailureKind:
    """Distinguished by KIE's words: the content, the model itself, a file, or some other part of the input."""
    for pattern, kind in (
        (_CONTENT, F.CONTENT_REFUSED),
        (_NOT_OFFERED, F.MODEL_UNAVAILABLE),
        (_FILE, F.FILE_UNREACHABLE),
    ):
        if pattern.search(message):
            return kind
    return F.INPUT_REJECTED
