"""Between a ``Generation`` and its row."""

import json
from collections.abc import Iterable
from types import MappingProxyType
from typing import Any, Final

import asyncpg
import structlog

from adapters.postgres_store.values import decode, encode, storable
from domain.failure import Charged, Failure, FailureKind
from domain.generation import Destination, Generation, GenerationId, GenerationState, Receipt, Result, TaskId, UserId
from domain.ledger import settlement_of
from domain.media import MediaKind
from domain.model import ModelId
from domain.provider_account import AccountName
from domain.reservation import Reservation
from domain.violation import Violation, ViolationCode

log = structlog.get_logger()

_VIOLATION: Final = "violation"

_STATES_BEFORE: Final = {"succeeded": GenerationState.DELIVERING, "failed": GenerationState.DELIVERING}
"""What a release wrote that noted an end and its delivery apart. Nothing of it had been sent yet."""


def wish_values(generation: Generation) -> tuple[object, ...]:
    """What is written once: ``id`` to ``trace``, in the order of ``ADD``."""
    reservation = generation.reservation
    return (
        generation.id,
        generation.user,
        generation.destination.chat,
        generation.destination.thread,
        generation.destination.reply_to,
        generation.language,
        generation.model_id,
        encode(generation.input),
        storable(generation.prompt),
        generation.created_at,
        generation.request_key,
        generation.secret,
        generation.forced,
        generation.reserved_credits,
        reservation and reservation.units,
        reservation and reservation.expected_units,
        reservation and reservation.units_per_credit,
        generation.trace,
    )


def life_values(generation: Generation) -> tuple[object, ...]:
    """What its events change, in the order of ``generation_store``'s statements; not results and receipts."""
    failure = generation.failure
    return (
        generation.state.value,
        generation.account,
        _storable_or_none(generation.task_id),
        failure and failure.kind.value,
        failure and failure.charged.value,
        failure and _storable_or_none(failure.provider_code),
        failure and _storable_or_none(_message(failure)),
        generation.charged_credits,
        generation.submitted_at,
        generation.ended_at,
        generation.closed_at,
        generation.usual_s,
    )


def changed_input_json(generation: Generation) -> str | None:
    """The input where it is to be written again, with what was found of its files."""
    return encode(generation.input) if generation.input_changed else None


def results_json(generation: Generation) -> str:
    """Rows for ``generation_results``. They are written with the end of the task, which comes before any receipt."""
    if generation.receipts:
        return "[]"
    return json.dumps(
        [
            {
                "position": position,
                "kind": result.kind,
                "url": _storable_or_none(result.url),
                "text": _storable_or_none(result.text),
                "traits": _traits(result) or None,
            }
            for position, result in enumerate(generation.results)
        ]
    )


def receipts_json(generation: Generation) -> str:
    """Rows for ``generation_receipts``."""
    return json.dumps(
        [
            {
                "position": position,
                "indexes": receipt.indexes,
                "message": receipt.message,
                "file_ids": receipt.file_ids,
                "forms": receipt.forms,
            }
            for position, receipt in enumerate(generation.receipts)
        ]
    )


def generation_of(row: asyncpg.Record) -> Generation:
    """The generation of a row with the columns of ``generation_sql.ROW``."""
    return Generation(
        id=GenerationId(row["id"]),
        user=UserId(row["user_id"]),
        destination=Destination(chat=row["chat"], thread=row["thread"], reply_to=row["reply_to"]),
        language=row["language"],
        model_id=ModelId(row["model_id"]),
        input=decode(row["input"]),
        created_at=row["created_at"],
        request_key=row["request_key"],
        secret=row["secret"],
        forced=row["forced"],
        reserved_credits=row["reserved_credits"],
        reservation=_reservation(row),
        state=_STATES_BEFORE.get(row["state"]) or GenerationState(row["state"]),
        version=row["version"],
        account=AccountName(row["account"]),
        task_id=row["task_id"] and TaskId(row["task_id"]),
        reported_task_id=row["reported_task_id"] and TaskId(row["reported_task_id"]),
        results=_results(row["results"]),
        failure=_failure(row),
        charged_credits=row["charged_credits"],
        receipts=_receipts(row["receipts"]),
        progress_message=row["progress_message"],
        quiet=row["quiet"],
        submitted_at=row["submitted_at"],
        ended_at=row["ended_at"],
        closed_at=row["closed_at"],
        usual_s=row["usual_s"],
        trace=row["trace"],
    )


def readable(rows: Iterable[asyncpg.Record]) -> list[Generation]:
    """The generations of these rows. A row that this version can't read, as a newer one wrote it, stays as it is and is
    reported: no other waits for it."""
    found: list[Generation] = []
    for row in rows:
        try:
            found.append(generation_of(row))
        except Exception as error:  # whatever another version wrote
            log.error("generation.unreadable", generation_id=row["id"], reason=type(error).__name__)  # noqa: TRY400 - it quotes the row
    return found


def settlement_json(generation: Generation) -> str:
    """Rows for ``ledger_entries``."""
    return json.dumps(
        [
            {
                "kind": entry.kind,
                "units": entry.units,
                "key": entry.key,
                "at": entry.at.isoformat(),
                "reference": entry.reference,
                "by_whom": entry.by,
            }
            for entry in settlement_of(generation)
        ]
    )


def _reservation(row: asyncpg.Record) -> Reservation | None:
    if row["reservation_units"] is None:
        return None
    return Reservation(
        units=row["reservation_units"],
        expected_units=row["expected_units"],
        units_per_credit=row["units_per_credit"],
    )


def _message(failure: Failure) -> str | None:
    """The provider's words, or our own finding as JSON, which an earlier release shows to no one."""
    if failure.violation is None:
        return failure.provider_message
    found = {"path": failure.violation.path, "code": failure.violation.code, "values": dict(failure.violation.values)}
    return json.dumps({_VIOLATION: found})


def _violation(message: str | None) -> Violation | None:
    if message is None or not message.startswith(f'{{"{_VIOLATION}"'):
        return None
    try:
        found = json.loads(message)[_VIOLATION]
        code = ViolationCode(found["code"])
        return Violation(path=found["path"], code=code, values=MappingProxyType(found["values"]))
    except (ValueError, KeyError, TypeError):  # the provider's words may begin so, or a newer release writes more
        return None


def _failure(row: asyncpg.Record) -> Failure | None:
    if row["failure_kind"] is None:
        return None
    violation = _violation(row["failure_message"])
    return Failure(
        kind=FailureKind(row["failure_kind"]),
        charged=Charged(row["failure_charged"]),
        provider_code=row["failure_code"],
        provider_message=None if violation else row["failure_message"],
        violation=violation,
    )


def _results(text: str | None) -> tuple[Result, ...]:
    return tuple(
        Result(kind=MediaKind(kind), url=url, text=words, **traits or {}) for kind, url, words, traits in _rows(text)
    )


def _traits(result: Result) -> dict[str, object]:
    """What is known of a result beside its kind and its address."""
    texts = {name: _storable_or_none(getattr(result, name)) for name in ("id", "title", "cover_url")}
    known: dict[str, object] = {name: value for name, value in texts.items() if value is not None}
    return known | ({} if result.seconds is None else {"seconds": result.seconds})


def _receipts(text: str | None) -> tuple[Receipt, ...]:
    return tuple(
        Receipt(indexes=tuple(indexes), message=message, file_ids=tuple(file_ids), forms=tuple(forms))
        for indexes, message, file_ids, forms in _rows(text)
    )


def _rows(text: str | None) -> Any:
    return json.loads(text) if text else []


def _storable_or_none(text: str | None) -> str | None:
    return None if text is None else storable(text)
