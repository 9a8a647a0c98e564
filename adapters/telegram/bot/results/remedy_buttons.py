"""The buttons under bad news."""

from collections.abc import Mapping
from typing import Final

from adapters.telegram.api.keyboards import Rows, button
from adapters.telegram.bot.buttons import GenerationButton
from adapters.telegram.bot.words import Words
from application.results.follow_ups import FollowUp
from application.results.remedies import REMEDIES
from domain.failure import FailureKind
from domain.generation import Generation

LABELS: Final[Mapping[FollowUp, str]] = {
    FollowUp.AGAIN: "tg-button-again",
    FollowUp.SEED: "tg-button-seed",
    FollowUp.PROMPT: "tg-button-prompt",
    FollowUp.OPTIONS: "tg-button-options",
    FollowUp.OTHER: "tg-button-other",
}


def remedy_buttons(generation: Generation, kind: FailureKind, words: Words) -> Rows:
    """One for each remedy. They work for ever, as those under results."""
    return [
        [
            button(words.plain(LABELS[remedy]), GenerationButton(generation=generation.id, action=remedy))
            for remedy in REMEDIES[kind]
        ]
    ]
