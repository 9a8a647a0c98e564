"""The one button under bad news that mends it."""

from collections.abc import Mapping
from typing import Final

from aiogram.types import InlineKeyboardButton

from adapters.telegram.api.keyboards import button
from adapters.telegram.bot.buttons import GenerationButton
from adapters.telegram.bot.words import Words
from domain.failure import FailureKind
from domain.generation import Generation

AGAIN: Final = ("tg-button-again", "again")
PROMPT: Final = ("tg-button-prompt", "prompt")
OPTIONS: Final = ("tg-button-options", "options")
OTHER: Final = ("tg-button-other", "other")

MENDS: Final[Mapping[FailureKind, tuple[str, str]]] = {
    FailureKind.INVALID_INPUT: OPTIONS,
    FailureKind.INPUT_REJECTED: OPTIONS,
    FailureKind.CONTENT_REFUSED: PROMPT,
    FailureKind.MODEL_UNAVAILABLE: OTHER,
    FailureKind.OUT_OF_CREDITS: AGAIN,
    FailureKind.UNAUTHORISED: AGAIN,
    FailureKind.USAGE_CAP: AGAIN,
    FailureKind.FILE_UNREACHABLE: OPTIONS,
    FailureKind.ATTACHMENT_LOST: OPTIONS,
    FailureKind.PROVIDER_UNAVAILABLE: AGAIN,
    FailureKind.GENERATION_FAILED: AGAIN,
    FailureKind.PROVIDER_TIMED_OUT: OPTIONS,
    FailureKind.NO_RESULT: AGAIN,
    FailureKind.UNREADABLE_RESULT: AGAIN,
    FailureKind.WAIT_EXPIRED: OTHER,
    FailureKind.OUTCOME_UNKNOWN: AGAIN,
}
"""The text of the button and its action, as the words of the failure advise. Topping up is the operator's."""


def mending_button(generation: Generation, kind: FailureKind, words: Words) -> InlineKeyboardButton:
    """Works for ever, as those under results."""
    key, action = MENDS[kind]
    return button(words.plain(key), GenerationButton(generation=generation.id, action=action))
