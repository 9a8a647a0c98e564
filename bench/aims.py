"""What each part of ``make bench`` hands back: an aim, the figure that was measured, and whether it holds."""

import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Final, NoReturn

import structlog
from attrs import frozen
from rich.console import Console
from rich.table import Table

WIDTH: Final = 130


@frozen
class Aim:
    """One line of the summary. ``figure`` is what this run measured, in words; ``held`` is the verdict on it."""

    name: str
    aim: str
    figure: str
    held: bool


Part = Callable[[Sequence[str]], list[Aim]]
"""The ``main`` of a part: takes its arguments, prints its tables, returns its aims."""


def at_most(name: str, figure: float, limit: float, *, unit: str = "", digits: int = 2) -> Aim:
    """An aim that the figure must not exceed."""
    return Aim(name, f"≤ {limit:g}{unit}", f"{figure:.{digits}f}{unit}", figure <= limit)


def at_least(name: str, figure: float, limit: float, *, unit: str = "", digits: int = 2) -> Aim:
    """An aim that the figure must reach."""
    return Aim(name, f"≥ {limit:g}{unit}", f"{figure:.{digits}f}{unit}", figure >= limit)


def console() -> Console:
    """As wide whether it is a terminal or a file."""
    return Console(width=WIDTH, highlight=False)


def summary(aims: Sequence[Aim]) -> Table:
    """One screen: what was promised and what was measured."""
    missed = sum(not one.held for one in aims)
    table = Table("promise", "aim", "measured", "", title=f"{len(aims) - missed} of {len(aims)} held")
    for one in aims:
        table.add_row(one.name, one.aim, one.figure, "held" if one.held else "MISSED", style="" if one.held else "bold")
    return table


def run_part(name: str) -> list[Aim]:
    """The part of this name, in the process it is given."""
    part: Part = import_module(f"bench.bench_{name}").main
    return quietly(part, ())


def quietly(part: Part, arguments: Sequence[str]) -> list[Aim]:
    """Run it without the log lines of the servers that it starts."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger("warning"))
    return part(arguments)


def run_alone(part: Part) -> NoReturn:
    """For ``python -m bench.bench_…``: print the aims; exit status 1 when one is missed."""
    aims = quietly(part, sys.argv[1:])
    console().print(summary(aims))
    sys.exit(not all(one.held for one in aims))
