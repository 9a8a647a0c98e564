"""Inline keyboards: rows of buttons under a message."""

from typing import Final

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from adapters.telegram.api.markup import cut

LABEL_LIMIT: Final = 60
"""UTF-16 units of a label: Telegram takes more, phones show less."""

Rows = list[list[InlineKeyboardButton]]


def button(label: str, data: CallbackData) -> InlineKeyboardButton:
    """One button, its label cut to what a phone shows."""
    return InlineKeyboardButton(text=cut(label, LABEL_LIMIT), callback_data=data.pack())


def keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    """The rows that hold something; None when none does."""
    filled = [row for row in rows if row]
    return InlineKeyboardMarkup(inline_keyboard=filled) if filled else None
