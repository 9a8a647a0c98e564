"""KIE.ai as a media provider."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

import aiohttp
import stamina
from attrs import frozen
from yarl import URL

from adapters.kie_http.clock_check import ClockCheck
from adapters.kie_http.codes import Accepted, CallKind, Ended, Later, Missing, RefusedCall, Unknown
from adapters.kie_http.dialects import KieDialect, dialect_of
from adapters.kie_http.numbers import number_of
from adapters.kie_http.uploads import fresh_name, send_file, url_of
from adapters.kie_http.verdicts import error, failure, report, verdict
from adapters.kie_http.wire import Answer, NoAnswer, Wire
from application.errors import ProviderOutcomeUnknown, ProviderRejected, ProviderUnavailable
from application.ports.clock import Clock
from application.ports.clock_observer import ClockObserver
from application.ports.media_provider import Submission, TaskFailed, TaskReport, TaskRunning
from domain.failure import Charged, Failure, FailureKind
from domain.generation import TaskId
from domain.media import MediaFile
from domain.model import Model
from domain.reference_set import CharacterId

CREDIT_PATH: Final = "/api/v1/chat/credit"
CHARACTER_PATH: Final = "/api/v1/omni/character/create"
DOWNLOAD_URL_PATH: Final = "/api/v1/common/download-url"

LONGEST_TASK_ID: Final = 128
NOT_VISIBLE_YET: Final = timedelta(seconds=90)
"""For so long after its creation a task may not be found (kie/API.md §3)."""


@frozen(kw_only=True)
class KieLimits:
    """How long and how much, each for one request. Seconds and bytes.

    A read or an upload is tried ``attempts`` times, with waits from ``first_wait_s`` on that double up to
    ``longest_wait_s``, so that a call ends within ``attempts`` × (its timeout + ``longest_wait_s``). A create is sent once.
    """

    connect_s: float = 5.0
    create_s: float = 60.0
    read_s: float = 15.0
    upload_s: float = 300.0
    attempts: int = 3
    first_wait_s: float = 0.2
    longest_wait_s: float = 2.0
    answer_bytes: int = 8_000_000


class KieHttpProvider:
    """``MediaProvider`` and ``CharacterMaker`` on the KIE API (kie/API.md). The key goes to the two bases' hosts only, and is never shown.

    ``session`` is shared and stays open. ``api_base`` and ``upload_base`` are the two hosts of §1, with scheme.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        *,
        api_key: str,
        api_base: str,
        upload_base: str,
        clock: Clock,
        limits: KieLimits = KieLimits(),  # frozen
        clocks: ClockObserver | None = None,
        proxy_for: Callable[[str], str | None] = lambda _url: None,
    ) -> None:
        clock_check = ClockCheck(clock, clocks)

        def wire(base: str) -> Wire:
            return Wire(
                session=session,
                base=URL(base),
                api_key=api_key,
                connect_timeout_s=limits.connect_s,
                max_answer_bytes=limits.answer_bytes,
                clocks=clock_check,
                proxy=proxy_for(base),
            )

        self._api = wire(api_base)
        self._uploads = wire(upload_base)
        self._clock = clock
        self._limits = limits
        self._repeat = stamina.AsyncRetryingCaller(
            attempts=limits.attempts,
            timeout=None,  # every attempt has its own, and they are counted
            wait_initial=limits.first_wait_s,
            wait_max=limits.longest_wait_s,
            wait_jitter=limits.first_wait_s,
        ).on(_is_passing)

    async def submit(self, submission: Submission, /) -> TaskId:
        dialect = _dialect(submission.model)
        body = dialect.create_body(submission)
        outcome = await self._api.post(dialect.create_path, body, timeout_s=self._limits.create_s)
        match verdict(CallKind.CREATE, outcome), outcome:
            case Accepted(), Answer(data={"taskId": str() | int() as named}) if task_id := task_id_of(named):
                return task_id
            case (RefusedCall() | Later() | Unknown()) as found, _:
                raise error(found, outcome)
        raise ProviderOutcomeUnknown("accepted without a task id")

    async def look_up(self, model: Model, task_id: TaskId, /, *, submitted_at: datetime) -> TaskReport:
        dialect = _dialect(model)
        path = dialect.status_path
        found, outcome = await self._ask(
            CallKind.READ, lambda: self._api.get(path, {"taskId": task_id}, timeout_s=self._limits.read_s)
        )
        match found, outcome:
            case Accepted(), Answer(data=dict() as data):
                return report(dialect.record(data), model)
            case Ended(kind), _:
                return TaskFailed(failure=failure(kind, outcome))
        if self._clock.now() - submitted_at < NOT_VISIBLE_YET:
            return TaskRunning()
        return TaskFailed(failure=failure(FailureKind.GENERATION_FAILED, outcome, charged=Charged.UNKNOWN))

    async def upload(self, file: MediaFile, /) -> str:
        name = fresh_name(file)
        _, answer = await self._ask(
            CallKind.UPLOAD, lambda: send_file(self._uploads, file, name, timeout_s=self._limits.upload_s)
        )
        match answer:
            case Answer(data=data) if url := url_of(data):
                return url
        raise ProviderUnavailable("the upload's answer has no URL")

    async def make_character(self, name: str, pictures: Sequence[str], /) -> CharacterId:
        body = {"character_name": name, "descriptions": name, "image_urls": list(pictures)}
        _, answer = await self._ask(
            CallKind.CHARACTER, lambda: self._api.post(CHARACTER_PATH, body, timeout_s=self._limits.create_s)
        )
        match answer:
            case Answer(data={"characterId": str() | int() as named}) if name_of := task_id_of(named):
                return CharacterId(name_of)
        raise ProviderUnavailable("the character's answer has no id")

    async def credits(self) -> float:
        _, answer = await self._ask(CallKind.ACCOUNT, lambda: self._api.get(CREDIT_PATH, timeout_s=self._limits.read_s))
        match answer:
            case Answer(data=left) if (number := number_of(left)) is not None:
                return number
        raise ProviderUnavailable("the credits' answer has no number")

    async def download_link(self, url: str, /) -> str:
        _, answer = await self._ask(
            CallKind.ACCOUNT, lambda: self._api.post(DOWNLOAD_URL_PATH, {"url": url}, timeout_s=self._limits.read_s)
        )
        match answer:
            case Answer(data=str(link)) if link.startswith(("https://", "http://")):
                return link
        raise ProviderUnavailable("the download link's answer has no URL")

    async def _ask(
        self, call: CallKind, request: Callable[[], Awaitable[Answer | NoAnswer]]
    ) -> tuple[Accepted | Missing | Ended, Answer | NoAnswer]:
        """For what costs nothing: repeated for passing faults; what remains of those is raised.

        The first try is made outside the retrying caller, whose machinery costs a third of a read: it gets that
        try's outcome to begin with, and only when there is something to repeat.
        """
        tried = [await request()]

        async def attempt() -> tuple[Accepted | Missing | Ended, Answer | NoAnswer]:
            outcome = tried.pop() if tried else await request()
            match verdict(call, outcome):
                case (RefusedCall() | Later() | Unknown()) as found:
                    raise error(found, outcome)
                case settled:
                    return settled, outcome

        repeatable = isinstance(verdict(call, tried[0]), Later)
        return await (self._repeat(attempt) if repeatable else attempt())


def task_id_of(named: str | int) -> TaskId | None:
    """The id of a task, also where it is a number or stands between blanks; None where there is none."""
    text = "" if isinstance(named, bool) else str(named).strip()
    return TaskId(text) if 0 < len(text) <= LONGEST_TASK_ID and text.isprintable() else None


def _is_passing(fault: Exception) -> bool:
    """Worth another try within seconds. Anyone who names a time for the next try (429, maintenance) is taken at his word."""
    return isinstance(fault, ProviderUnavailable) and fault.retry_after_s is None


def _dialect(model: Model) -> KieDialect:
    dialect = dialect_of(model)
    if dialect is None:
        raise ProviderRejected(Failure(kind=FailureKind.MODEL_UNAVAILABLE))
    return dialect
