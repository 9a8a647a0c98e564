"""What is written under a result and under bad news, and the buttons there.

They are three rows, with the rest behind "⋯", and hold the generation's id and nothing else.
"""

from collections.abc import Mapping, Sequence
from html import escape as escape_attribute
from typing import Final

from aiogram.types import InlineKeyboardButton
from attrs import frozen

from adapters.telegram.api.markup import CAPTION_LIMIT, cut, escape, units
from adapters.telegram.api.screens import Rows, button, in_pairs
from adapters.telegram.bot.buttons import GenerationButton
from adapters.telegram.bot.card.values import show
from adapters.telegram.bot.results.kept import compressed
from adapters.telegram.bot.studio_links import NO_STUDIO, StudioLinks
from adapters.telegram.bot.words import Words
from application.ports.messenger import LinkReason
from application.ports.model_catalog import ModelCatalog
from application.results.describe_result import chosen_options, link_works_until
from application.results.follow_ups import REMEDIES, FollowUp, NextSteps, Step, has_characters, repeats_of
from application.results.repeat_generation import price_of_repeat
from domain.edit_steps import is_step
from domain.failure import FailureKind
from domain.generation import Generation, Result
from domain.model import model_key

TITLE_LIMIT: Final = 200
OPTIONS_LIMIT: Final = 250
LABELS: Final[Mapping[FollowUp, str]] = {
    FollowUp.AGAIN: "tg-button-again",
    FollowUp.SEED: "tg-button-seed",
    FollowUp.PROMPT: "tg-button-prompt",
    FollowUp.OPTIONS: "tg-button-options",
    FollowUp.OTHER: "tg-button-other",
}
AT_ONCE: Final = frozenset({FollowUp.AGAIN, FollowUp.SEED})
STEPS_SHOWN: Final = 2
TO: Final = "to-"
"""Begins the action of a step; the step's name follows."""
ON: Final = "on-"
"""Begins the action that continues the task; the key of the model that does follows."""


def caption(generation: Generation, title: str, words: Words, *, limit: int = CAPTION_LIMIT) -> str:
    """HTML of at most ``limit`` units: the model and what it cost (where that is known), the options, and the prompt as
    far as it fits."""
    credits_ = generation.paid_credits
    head = cut(title, TITLE_LIMIT)
    cost = "" if credits_ is None else words.credits(credits_)
    chosen = cut(_options(generation, words), OPTIONS_LIMIT)
    lines = [f"<b>{escape(head)}</b>" + (f" · {escape(cost)}" if cost else "")]
    lines += [f"<i>{escape(chosen)}</i>"] if chosen else []
    prompt = cut(generation.prompt, limit - units(head) - units(cost) - units(chosen) - 10)
    if prompt:
        lines.append(f"<blockquote expandable>{escape(prompt)}</blockquote>")
    return "\n".join(lines)


def link(generation: Generation, result: Result, words: Words, why: LinkReason | None = None) -> str:
    """HTML: a result that can't be sent, as an address, with the reason and the day until which it works. A link that is
    known to be dead is not offered."""
    until = link_works_until(generation).strftime("%d.%m.%Y")
    reason = words(f"tg-link-{why or 'refused'}", date=until)
    if why is LinkReason.GONE:
        return reason
    address = escape_attribute(result.url or "", quote=True)
    return f'<a href="{address}">{words("tg-result-link")}</a>\n{reason}'


def _options(generation: Generation, words: Words) -> str:
    """``Aspect ratio: 16:9 · Seed: 7``. Plain."""
    named = {words.named("tg-parameter", name): value for name, value in chosen_options(generation).items()}
    return " · ".join(f"{name}: {show(value, words)}" for name, value in named.items())


def repeat_label(follow_up: FollowUp, generation: Generation, words: Words) -> str:
    """What a button under a result or bad news says; those that make it again at once with the price."""
    price = price_of_repeat(generation) if follow_up in AT_ONCE else None
    label = words.plain(LABELS[follow_up])
    return label if price is None else f"{label} · {words.row_price(price)}"


def remedy_buttons(generation: Generation, kind: FailureKind, words: Words) -> Rows:
    """One for each remedy. They work for ever, as those under results."""
    return in_pairs(
        [
            button(repeat_label(remedy, generation, words), GenerationButton(generation=generation.id, action=remedy))
            for remedy in REMEDIES[kind]
        ]
    )


@frozen(kw_only=True)
class ResultButtons:
    """What can be done with a result, by what the registry says of its model and of all others."""

    _catalog: ModelCatalog
    _next_steps: NextSteps
    _studio: StudioLinks = NO_STUDIO

    def few(self, generation: Generation, words: Words) -> Rows:
        """What most people want next."""
        made, repeats = _Buttons(generation, words), repeats_of(self._catalog.find(generation.model_id))
        steps = [made.action("tg-button-undo", "undo"), made.action("tg-button-compare", "compare")]
        return [
            *([steps] if is_step(generation) else []),
            *in_pairs([made.repeat(name) for name in repeats if name in AT_ONCE]),
            *in_pairs(made.steps(self._next_steps(generation))[:STEPS_SHOWN]),
            [made.action("tg-button-character-again", "character-again")] if has_characters(generation) else [],
            [
                *(made.repeat(name) for name in repeats if name not in AT_ONCE),
                made.action("tg-button-options", "options"),
                *self._in_studio(generation, words),
                made.action("tg-button-more", "more"),
            ],
        ]

    def all(self, generation: Generation, words: Words, *, is_favourite: bool) -> Rows:
        """Everything else, two in a row where a phone shows both."""
        made = _Buttons(generation, words)
        buttons = made.steps(self._next_steps(generation))
        if compressed(generation):
            buttons.append(made.action("tg-button-original", "original"))
        if self._next_steps.may_keep_character(generation):
            buttons.append(made.action("tg-button-character", "character"))
        star = made.action("tg-button-unstar" if is_favourite else "tg-button-star", "star")
        return [*in_pairs(buttons), [star, *self._in_studio(generation, words), made.action("tg-back", "less")]]

    def _in_studio(self, generation: Generation, words: Words) -> list[InlineKeyboardButton]:
        """The way to the same result, large; nothing where there is no studio."""
        link = self._studio.to_result(generation, words)
        return [link] if link else []


@frozen
class _Buttons:
    _generation: Generation
    _words: Words

    def action(self, key: str, action: str) -> InlineKeyboardButton:
        return self._button(self._words.plain(key), action)

    def repeat(self, follow_up: FollowUp) -> InlineKeyboardButton:
        return self._button(repeat_label(follow_up, self._generation, self._words), follow_up)

    def steps(self, steps: Sequence[Step]) -> list[InlineKeyboardButton]:
        """What the task's own vendor goes on with has its model's name; the same by a file is determined from it."""
        continued = {step.name for step in steps if step.continues}
        return [self._step(step, is_other=step.name in continued) for step in steps]

    def _step(self, step: Step, *, is_other: bool) -> InlineKeyboardButton:
        if not step.continues:
            name = self._words.named("tg-step", step.name)
            label = self._words.plain("tg-button-step-other", step=name) if is_other else name
            return self._button(label, TO + step.name)
        label = self._words.plain("tg-button-continue", model=step.models[0].title)
        return self._button(label, ON + model_key(step.models[0].id))

    def _button(self, label: str, action: str) -> InlineKeyboardButton:
        return button(label, GenerationButton(generation=self._generation.id, action=action))
