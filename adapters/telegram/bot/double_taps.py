"""A second tap on a button that opens or makes something is answered like the first and does nothing."""

import asyncio
from collections import OrderedDict
from typing import Final

from aiogram.types import CallbackQuery

WITHIN_S: Final = 2.0
KEPT: Final = 1_000
ONCE: Final = ("g:", "m:", "p:")
"""Buttons of generations, models and presets. On a card a quick second tap is meant: one more step of a number."""
TURNING: Final = (":more", ":less", ":star")
"""Of these, those that a person may well press back and forth."""
UNANSWERED: Final = object()


class RecentTaps:
    """The answers of the last seconds, by who pressed which button of which message."""

    def __init__(self) -> None:
        self._answers: OrderedDict[tuple[int, str, str], tuple[float, object]] = OrderedDict()

    def answer_of(self, press: CallbackQuery) -> object:
        """What the same press was just answered with; ``UNANSWERED`` where it is no second tap."""
        at, answer = self._answers.get(_key(press), (float("-inf"), UNANSWERED))
        return answer if _now() - at < WITHIN_S else UNANSWERED

    def note(self, press: CallbackQuery, answer: object) -> None:
        """Remember an answer for a moment."""
        data = press.data or ""
        if not data.startswith(ONCE) or data.endswith(TURNING):
            return
        self._answers[_key(press)] = (_now(), answer)
        if len(self._answers) > KEPT:
            self._answers.popitem(last=False)


def _key(press: CallbackQuery) -> tuple[int, str, str]:
    message = str(press.message.message_id) if press.message else press.inline_message_id or ""
    return press.from_user.id, message, press.data or ""


def _now() -> float:
    return asyncio.get_running_loop().time()
