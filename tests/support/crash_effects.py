"""The names of the service's effects, read off what it sends: no statement that writes and no request is left out.

A change of a generation's state is named ``queued → submitting``, an entry of the ledger by its kind, any other write by its
verb, table and first column, a request by whom it goes to and what it asks.
"""

import re
from typing import Final

import asyncpg
from attrs import frozen

from adapters.postgres_store import generation_sql, ledger_sql
from tests.support.http_gate import Request
from tests.support.postgres_gate import Parameters

COMMIT: Final = "commit"
RECEIPT: Final = "delivering: receipt"

_STATE: Final = "SELECT state, chat FROM generations WHERE id = $1 AND version = $2"

_WRITE: Final = re.compile(r"\b(INSERT INTO|DELETE FROM|(?<!FOR )UPDATE(?! (?:SET|on)\b)) (\w+)(?:\s+SET (\w+))?")
_END: Final = re.compile(r"\bg:\w+:(?!cancel\b|stop\b)")
_KIE: Final = {
    "createTask": "create",
    "recordInfo": "read",
    "file-stream-upload": "upload",
    "file-base64-upload": "upload",
}


def transition(before: str, after: str) -> str:
    """The effect of saving this change of state."""
    return f"{before} → {after}"


def entered(kind: str) -> str:
    """The effect of adding an entry to the ledger."""
    return f"ledger: {kind}"


@frozen
class StatementNames:
    """Names statements; of a save it looks up what it changes. ``operator`` leads past the gate."""

    _operator: "asyncpg.Pool[asyncpg.Record]"

    async def __call__(self, statement: str, parameters: Parameters) -> tuple[str | None, str | None]:
        """The effect, and the chat that it is about where that can be known: that of a generation's save."""
        if statement == generation_sql.SAVE:
            return await self._saved(parameters)
        if statement == ledger_sql.ADD:
            return entered(_text(parameters, 3)), None
        if statement.startswith("COMMIT"):
            return COMMIT, None
        return written_by(statement), None

    async def _saved(self, parameters: Parameters) -> tuple[str | None, str | None]:
        """No effect where the row has moved on: the save will change nothing."""
        generation_id, version, state = _text(parameters, 2), _number(parameters, 3), _text(parameters, 9)
        row = await self._operator.fetchrow(_STATE, generation_id, version)
        if row is None:
            return None, None
        return RECEIPT if row["state"] == state else transition(row["state"], state), row["chat"]


def written_by(statement: str) -> str | None:
    """The first thing a statement writes, None where it only reads."""
    write = _WRITE.search(statement)
    if write is None:
        return None
    verb, table, column = write.groups()
    return f"{verb.split()[0].lower()} {table}" + (f": {column}" if column else "")


def is_under_an_end(buttons: str) -> bool:
    """Whether these buttons ask for what one does with a result or after bad news, not while waiting."""
    return bool(_END.search(buttons))


def name_telegram(request: Request) -> tuple[str, str | None]:
    """The method, and whether the message is a generation's end; the chat."""
    method = request.path.rpartition("/")[2]
    if request.path.startswith("/file/"):
        return "Telegram: file", None
    tells_the_end = method in {"sendMessage", "editMessageText"} and is_under_an_end(
        request.form.get("reply_markup", "")
    )
    return f"Telegram: {method}" + (" (the end)" if tells_the_end else ""), request.form.get("chat_id")


def name_kie(request: Request) -> tuple[str, str | None]:
    """What KIE is asked for."""
    if request.path.startswith("/results/"):
        return "KIE: result file", None
    last = request.path.rpartition("/")[2]
    return f"KIE: {_KIE.get(last, last)}", None


def _text(parameters: Parameters, number: int) -> str:
    """``$number``."""
    value = parameters[number - 1]
    assert value is not None
    return value.decode()


def _number(parameters: Parameters, number: int) -> int:
    value = parameters[number - 1]
    assert value is not None
    return int.from_bytes(value, "big")
