"""Inline keyboards: rows of buttons under a message."""

from typing import Final

from aiogram.enums import ButtonStyle
from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from adapters.telegram.api.markup import cut

LABEL_LIMIT: Final = 60
"""UTF-16 units of a label: Telegram takes more, phones show less."""

RUNS: Final = ButtonStyle.SUCCESS
"""What begins at once, and costs."""

Rows = list[list[InlineKeyboardButton]]


def button(label: str, data: CallbackData, *, style: ButtonStyle | None = None) -> InlineKeyboardButton:
    """One button, its label cut to what a phone shows. ``style`` is its colour, in apps that have it (Bot API 9.4)."""
    return InlineKeyboardButton(text=cut(label, LABEL_LIMIT), callback_data=data.pack(), style=style)


def keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    """The rows that hold something; None when none does."""
    filled = [row for row in rows if row]
    return InlineKeyboardMarkup(inline_keyboard=filled) if filled else None
