"""Long lists, a screen at a time."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, TypeVar

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton
from attrs import frozen

from adapters.telegram.api.screens import button

ROWS: Final = 8
"""Of a list on one screen: what a phone shows without scrolling the text away."""

T = TypeVar("T")

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def cursor(at: datetime) -> str:
    """Where a list in the order of time goes on: short, for buttons and offsets. ``moment`` reads it."""
    return str((at - _EPOCH) // timedelta(microseconds=1))


def moment(text: str) -> datetime:
    """Of ``cursor``. Raises ValueError for anything else."""
    try:
        return _EPOCH + timedelta(microseconds=int(text))
    except OverflowError as error:
        raise ValueError(text) from error


@frozen
class Pager:
    """Which screen of how many; counted from 0."""

    number: int
    count: int

    def buttons(self, turned_to: Callable[[int], CallbackData]) -> list[InlineKeyboardButton]:
        """Back, where we are, forth; round and round. Nothing where there is only one screen."""
        if self.count == 1:
            return []
        return [
            button("◀", turned_to((self.number - 1) % self.count)),
            button(f"{self.number + 1} / {self.count}", turned_to(self.number)),
            button("▶", turned_to((self.number + 1) % self.count)),
        ]


def screenful(items: Sequence[T], number: int) -> tuple[Sequence[T], Pager]:
    """The items of one screen; a number beyond the ends, as of an old button, gives the nearest."""
    count = max(1, -(-len(items) // ROWS))
    number = min(max(number, 0), count - 1)
    return items[number * ROWS : (number + 1) * ROWS], Pager(number, count)
