"""Tables for people."""

from collections.abc import Iterable, Sequence
from typing import Final, TextIO

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from adapters.cli.terminal import without_controls

WIDTH_IN_A_PIPE: Final = 200


def put_table(stream: TextIO, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a table as wide as the terminal; wide enough for every cell where there is no terminal to fit."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for number, heading in enumerate(headings):
        table.add_column(heading, no_wrap=number == 0, overflow="fold")
    for row in rows:
        table.add_row(*(Text(without_controls(cell)) for cell in row))
    Console(file=stream, width=None if stream.isatty() else WIDTH_IN_A_PIPE).print(table)
