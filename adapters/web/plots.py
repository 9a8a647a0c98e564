"""Plots of a few columns, as numbers that a template draws: no script, and a text for each column."""

from collections.abc import Sequence
from typing import Final

from attrs import frozen

WIDTH: Final = 720
HEIGHT: Final = 160
GAP: Final = 0.25
"""Part of a column that stays empty."""
LABELS_AT_MOST: Final = 7


@frozen(kw_only=True)
class Figure:
    """What one column shows: ``outer`` is its height, ``inner`` the height of the part within it, in the plot's unit."""

    label: str
    text: str
    outer: float
    inner: float = 0.0


@frozen(kw_only=True)
class Column:
    """The same in the units of the drawing, from the top left; ``label`` is empty where there is no room for it."""

    x: float
    width: float
    outer_y: float
    inner_y: float
    middle: float
    label: str
    text: str

    @property
    def outer_height(self) -> float:
        return HEIGHT - self.outer_y

    @property
    def inner_height(self) -> float:
        return HEIGHT - self.inner_y


@frozen(kw_only=True)
class Plot:
    """``kind`` says how the parts are coloured. ``most`` is the height of the highest column, in words."""

    kind: str
    title: str
    legend: Sequence[str]
    most: str
    columns: Sequence[Column]
    is_empty: bool


def plot(kind: str, title: str, figures: Sequence[Figure], *, most: str, legend: Sequence[str] = ()) -> Plot:
    """Lay the figures out."""
    highest = max([figure.outer for figure in figures], default=0.0)
    step = WIDTH / max(1, len(figures))
    every = -(-len(figures) // LABELS_AT_MOST)
    return Plot(
        kind=kind,
        title=title,
        legend=legend,
        most=most,
        is_empty=highest <= 0,
        columns=[
            Column(
                x=round(number * step + step * GAP / 2, 1),
                width=round(step * (1 - GAP), 1),
                outer_y=_top(figure.outer, highest),
                inner_y=_top(figure.inner, highest),
                middle=round((number + 0.5) * step, 1),
                label=figure.label if (len(figures) - 1 - number) % every == 0 else "",
                text=figure.text,
            )
            for number, figure in enumerate(figures)
        ],
    )


def _top(value: float, highest: float) -> float:
    return round(HEIGHT - (HEIGHT * value / highest if highest > 0 else 0), 1)
