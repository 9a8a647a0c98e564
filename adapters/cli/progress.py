"""The line that says how it stands."""

from typing import Protocol, TextIO

from rich.console import Console
from rich.status import Status
from rich.text import Text


class ProgressLine(Protocol):
    """One line; a new text replaces the old one."""

    def show(self, text: str, /) -> None: ...

    def clear(self) -> None:
        """Take it away, before other lines are written. The next ``show`` brings it back."""
        ...


def progress_line(stream: TextIO) -> ProgressLine:
    """A line with a spinner on a terminal, plain lines elsewhere."""
    return SpinningLine(stream) if stream.isatty() else PlainLines(stream)


class SpinningLine:
    """Rewrites itself in place."""

    def __init__(self, stream: TextIO) -> None:
        self._status = Status("", console=Console(file=stream))

    def show(self, text: str, /) -> None:
        self._status.update(Text(text))
        self._status.start()

    def clear(self) -> None:
        self._status.stop()


class PlainLines:
    """For files and pipes: a line for each change."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._last = ""

    def show(self, text: str, /) -> None:
        if text != self._last:
            self._last = text
            self._stream.write(text + "\n")
            self._stream.flush()

    def clear(self) -> None:
        """Nothing to take away: what is written stays."""


class NoProgress:
    """For many generations at once, where lines would only chase each other."""

    def show(self, text: str, /) -> None:
        """Nothing."""

    def clear(self) -> None:
        """Nothing."""
