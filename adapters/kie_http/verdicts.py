"""From what came of a request to what the port promises: its errors, failures and reports."""

from adapters.kie_http.codes import (
    Accepted,
    CallKind,
    Ended,
    Later,
    Meaning,
    RefusedCall,
    Unknown,
    failure_kind,
    meaning,
    status_meaning,
)
from adapters.kie_http.dialects import Stage, TaskRecord
from adapters.kie_http.results import UnreadableResult, results_of
from adapters.kie_http.wire import Answer, Cause, NoAnswer
from application.errors import ProviderError, ProviderOutcomeUnknown, ProviderRejected, ProviderUnavailable
from application.ports.media_provider import TaskFailed, TaskReport, TaskRunning, TaskSucceeded
from domain.failure import Charged, Failure, FailureKind
from domain.model import Model


def verdict(call: CallKind, outcome: Answer | NoAnswer) -> Meaning:
    """What ``outcome`` means for the call that got it."""
    match outcome:
        case Answer(code=200):
            return Accepted()
        case Answer(code=code, message=message):
            return meaning(call, code, message)
        case NoAnswer(cause=Cause.NOT_SENT):
            return Later()
        case NoAnswer(cause=Cause.STATUS, status=status):
            return status_meaning(call, status)
        case NoAnswer(cause=Cause.TOO_LARGE, status=200) if call is CallKind.READ:
            return Ended(FailureKind.UNREADABLE_RESULT)  # it would be as large the next time
        case NoAnswer():
            return Unknown() if call is CallKind.CREATE else Later()


def error(found: RefusedCall | Later | Unknown, outcome: Answer | NoAnswer) -> ProviderError:
    """The port's error for it. Texts name the fault only: no URL, no input, no key."""
    reason = f"code {outcome.code}" if isinstance(outcome, Answer) else outcome.reason
    match found:
        case RefusedCall(kind):
            return ProviderRejected(failure(kind, outcome))
        case Later(after_s):
            return ProviderUnavailable(reason, retry_after_s=outcome.retry_after_s or after_s)
        case Unknown():
            return ProviderOutcomeUnknown(reason)


def failure(kind: FailureKind, outcome: Answer | NoAnswer, *, charged: Charged = Charged.NO) -> Failure:
    """A failure in KIE's words, or under the HTTP status when there were none."""
    match outcome:
        case Answer(code=code, message=message):
            return Failure(kind=kind, charged=charged, provider_code=str(code), provider_message=message or None)
        case NoAnswer(status=status):
            return Failure(kind=kind, charged=charged, provider_code=str(status) if status else None)


def report(record: TaskRecord, model: Model) -> TaskReport:
    """How the task of a readable record stands."""
    match record.stage:
        case Stage.RUNNING:
            return TaskRunning()
        case Stage.FAILED:  # not charged (measured, kie/API.md §5)
            kind = failure_kind(record.fail_code, record.fail_message)
            return TaskFailed(failure=_failure_of(record, kind, Charged.NO))
        case Stage.SUCCEEDED:
            return _success(record, model)


def _success(record: TaskRecord, model: Model) -> TaskReport:
    try:
        results = results_of(record.payloads, model.output)
    except UnreadableResult:
        return TaskFailed(failure=_failure_of(record, FailureKind.UNREADABLE_RESULT, _charged(record)))
    if not results:
        return TaskFailed(failure=_failure_of(record, FailureKind.NO_RESULT, _charged(record)))
    return TaskSucceeded(results=results, credits=record.credits, run_time_s=record.run_time_s)


def _failure_of(record: TaskRecord, kind: FailureKind, charged: Charged) -> Failure:
    return Failure(
        kind=kind,
        charged=charged,
        provider_code=record.fail_code or None,
        provider_message=record.fail_message or None,
    )


def _charged(record: TaskRecord) -> Charged:
    """KIE calls the task a success, so it cost what it says; older answers do not say."""
    if record.credits is None:
        return Charged.UNKNOWN
    return Charged.YES if record.credits > 0 else Charged.NO
