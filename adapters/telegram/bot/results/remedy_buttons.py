"""The buttons under bad news."""

from collections.abc import Mapping
from typing import Final

from adapters.telegram.api.screens import Rows, button
from adapters.telegram.bot.buttons import GenerationButton
from adapters.telegram.bot.words import Words
from application.results.follow_ups import FollowUp
from application.results.remedies import REMEDIES
from application.results.repeat_generation import price_again
from domain.failure import FailureKind
from domain.generation import Generation

LABELS: Final[Mapping[FollowUp, str]] = {
    FollowUp.AGAIN: "tg-button-again",
    FollowUp.SEED: "tg-button-seed",
    FollowUp.PROMPT: "tg-button-prompt",
    FollowUp.OPTIONS: "tg-button-options",
    FollowUp.OTHER: "tg-button-other",
}


AT_ONCE: Final = frozenset({FollowUp.AGAIN, FollowUp.SEED})


def repeat_label(follow_up: FollowUp, generation: Generation, words: Words) -> str:
    """What a button under a result or bad news says; those that make it again at once with the price."""
    price = price_again(generation) if follow_up in AT_ONCE else None
    label = words.plain(LABELS[follow_up])
    return label if price is None else f"{label} · {words.row_credits(price)}"


def remedy_buttons(generation: Generation, kind: FailureKind, words: Words) -> Rows:
    """One for each remedy. They work for ever, as those under results."""
    return [
        [
            button(repeat_label(remedy, generation, words), GenerationButton(generation=generation.id, action=remedy))
            for remedy in REMEDIES[kind]
        ]
    ]
