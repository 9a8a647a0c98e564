"""A terminal made of strings."""

import io
import json
from functools import cache
from typing import Any

from adapters.cli.terminal import Terminal
from adapters.cli.words import TerminalWords
from adapters.fluent_texts import FluentTexts, load_texts


@cache
def texts() -> FluentTexts:
    """The real catalogues, read once."""
    return load_texts()


class Stream(io.StringIO):
    """A stream that says whether it is a terminal."""

    def __init__(self, text: str = "", *, tty: bool = False) -> None:
        super().__init__(text)
        self._tty = tty

    def isatty(self) -> bool:
        return self._tty


def terminal(stdin: str = "", *, tty: bool = False, language: str = "en") -> Terminal:
    """All three streams are terminals, or none is."""
    return Terminal(
        stdin=Stream(stdin, tty=tty),
        out=Stream(tty=tty),
        err=Stream(tty=tty),
        words=TerminalWords(texts(), language),
    )


def written(stream: Any) -> str:
    """What was written to a stream of such a terminal."""
    return str(stream.getvalue())


def json_lines(stream: Any) -> list[Any]:
    """What was written, one JSON value a line."""
    return [json.loads(line) for line in written(stream).splitlines()]
