"""The terminal: results on stdout, everything else on stderr."""

import asyncio
import io
import json
import sys
from collections.abc import Mapping
from typing import TextIO

from attrs import frozen

from adapters.cli.errors import WRONG_USE, WrongUse
from adapters.cli.words import TerminalWords


@frozen(kw_only=True)
class Terminal:
    """The three streams and the words of one invocation."""

    stdin: TextIO
    out: TextIO
    err: TextIO
    words: TerminalWords

    @classmethod
    def standard(cls, words: TerminalWords) -> "Terminal":
        """The process's own streams, made to bear any byte that comes in."""
        if isinstance(sys.stdin, io.TextIOWrapper):
            sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")
        return cls(stdin=sys.stdin, out=sys.stdout, err=sys.stderr, words=words)

    def put(self, line: str) -> None:
        """A line of the answer. Control characters of foreign text do not reach a person's terminal."""
        self._write(self.out, line)

    def put_json(self, value: Mapping[str, object] | list[dict[str, object]], *, indent: int | None = None) -> None:
        """The answer for a program: one JSON value. ASCII only, so that no locale or lone surrogate can break it."""
        self.out.write(json.dumps(value, ensure_ascii=True, allow_nan=False, indent=indent) + "\n")
        self.out.flush()

    def tell(self, line: str) -> None:
        """Something to the person beside the answer."""
        self._write(self.err, line)

    def tell_text(self, key: str, /, **values: object) -> None:
        """The same, from the catalogue."""
        self.tell(self.words(key, **values))

    def refuse(self, fault: WrongUse) -> int:
        """Say what is wrong with the command; gives the exit status for it."""
        self.tell_text(fault.key, **fault.values)
        return WRONG_USE

    async def ask(self, question: str) -> str:
        """What the person at ``stdin`` (a terminal) answers. Can be cancelled, unlike a thread that reads."""
        self.err.write(question)
        self.err.flush()
        readable = asyncio.Event()
        loop = asyncio.get_running_loop()
        loop.add_reader(self.stdin, readable.set)
        try:
            await readable.wait()
        finally:
            loop.remove_reader(self.stdin)
        return self.stdin.readline().strip()

    def _write(self, stream: TextIO, line: str) -> None:
        stream.write((without_controls(line) if stream.isatty() else line) + "\n")
        stream.flush()


def without_controls(text: str) -> str:
    """The text without what could steer a terminal; lines and tabs stay."""
    return "".join(character for character in text if character in "\n\t" or character.isprintable())


def in_one_line(text: str) -> str:
    """The text as one field of a line with tabs between fields."""
    return without_controls(" ".join(text.split()))
