"""``mediabot read --batch``: how wishes are understood and what would be offered, as JSON lines."""

import asyncio
import json
from collections.abc import Iterable, Mapping
from typing import Final, cast

from attrs import frozen

from adapters.cli.as_json import Json
from adapters.cli.errors import WrongUse
from adapters.cli.terminal import Terminal
from application.wishes.read_and_rank import RankedWish, ReadAndRank
from domain.media import MediaKind
from domain.reading import Wish

KINDS: Final[Mapping[str, MediaKind]] = {
    "image": MediaKind.IMAGE,
    "photo": MediaKind.IMAGE,
    "document": MediaKind.IMAGE,
    "video": MediaKind.VIDEO,
    "audio": MediaKind.AUDIO,
    "voice": MediaKind.AUDIO,
}
"""Attachments by name; a ``document`` is a picture sent as a file."""
WORTH_SAYING: Final = 0.02
"""Confidence below which a task is not listed."""
RESULT_ENDING: Final = "_result"


class WrongLine(Exception):
    """A line that is no wish: ``key`` names the text that says why."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values


@frozen(kw_only=True)
class ReadOptions:
    """The command line, as typed."""

    batch: bool = False


@frozen(kw_only=True)
class Read:
    """One answer for each line, in order; a line that is no wish gets an ``error`` and the rest go on."""

    _read: ReadAndRank
    _terminal: Terminal

    def __call__(self, options: ReadOptions) -> int:
        """Exit status: 0 once every line has its answer, 2 for wrong use."""
        if not options.batch:
            return self._terminal.refuse(WrongUse("cli-read-batch"))
        asyncio.run(self._answer(self._terminal.stdin))
        return 0

    async def _answer(self, lines: Iterable[str]) -> None:
        for line in lines:
            if not line.isspace():
                self._terminal.put_json(await self._line(line))

    async def _line(self, line: str) -> Json:
        try:
            wish = wish_of(line)
        except WrongLine as fault:
            return {"error": self._terminal.words(fault.key, **fault.values)}
        return answer_json(await self._read(wish))


def wish_of(line: str) -> Wish:
    """The wish in a line of JSON: ``{"text", "attachments": [kinds], "reply_to": kind or null}``.

    Raises:
        WrongLine: the line is no JSON object, or a value in it is not what it takes.
    """
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        raise WrongLine("cli-read-not-json") from None
    if not isinstance(data, dict):
        raise WrongLine("cli-read-not-object")
    text, kinds = data.get("text", ""), data.get("attachments", [])
    if not isinstance(text, str):
        raise WrongLine("cli-read-text")
    if not isinstance(kinds, list):
        raise WrongLine("cli-read-attachments")
    reply = data.get("reply_to")
    return Wish(
        text=text,
        attachments=tuple(_kind(one, "attachments") for one in kinds),
        reply_to=None if reply is None else _kind(reply, "reply_to"),
    )


def answer_json(found: RankedWish) -> Json:
    """What the wish was understood as, in the words of DESIGN §5."""
    reading = found.reading
    return {
        "intent": str(found.intent),
        "tasks": [str(one.type) for one in reading.tasks if one.confidence >= WORTH_SAYING],
        "models": [str(one.model.id) for one in found.models],
        "parameters": cast("Json", dict(reading.parameters)),
        "prompt": reading.prompt,
        "confidence": round(reading.confidence, 3),
    }


def _kind(value: object, name: str) -> MediaKind:
    kind = KINDS.get(value.removesuffix(RESULT_ENDING)) if isinstance(value, str) else None
    if kind is None:
        raise WrongLine("cli-read-kind", name=name, kinds=", ".join(KINDS))
    return kind
