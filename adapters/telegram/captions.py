"""What is written under a result, and the buttons there."""

from datetime import timedelta
from html import escape as escape_attribute
from typing import Final

from aiogram.types import InlineKeyboardMarkup

from adapters.telegram.buttons import GenerationButton, button, keyboard
from adapters.telegram.markup import CAPTION_LIMIT, cut, escape, units
from adapters.telegram.words import Words
from domain.generation import Generation, Result
from domain.media import MediaKind

PROVIDER_KEEPS: Final = timedelta(days=14)
"""How long the provider keeps a result's file: its documentation, read 2026-10."""
TITLE_LIMIT: Final = 200


def caption(generation: Generation, title: str, words: Words, *, limit: int = CAPTION_LIMIT) -> str:
    """HTML of at most ``limit`` units: the model, what it cost where that is known, and the prompt as far as it fits."""
    credits_ = generation.charged_credits
    head = cut(title, TITLE_LIMIT)
    cost = "" if credits_ is None else words.plain("tg-caption-cost", credits=credits_)
    lines = [f"<b>{escape(head)}</b>" + (f" · {escape(cost)}" if cost else "")]
    prompt = cut(prompt_of(generation), limit - units(head) - units(cost) - 10)
    if prompt:
        lines.append(f"<blockquote expandable>{escape(prompt)}</blockquote>")
    return "\n".join(lines)


def link(generation: Generation, result: Result, words: Words) -> str:
    """HTML: a result that can't be sent, as an address with the day until which it works."""
    address = escape_attribute(result.url or "", quote=True)
    until = (generation.ended_at or generation.created_at) + PROVIDER_KEEPS
    return f'<a href="{address}">{words("tg-result-link")}</a>\n{words("tg-result-until", date=until.strftime("%d.%m.%Y"))}'


def result_buttons(generation: Generation, words: Words) -> InlineKeyboardMarkup | None:
    """Once more; and, for media, what can be made of it."""
    row = [button(words.plain("tg-button-again"), GenerationButton(generation=generation.id, action="again"))]
    if any(result.kind is not MediaKind.TEXT for result in generation.results):
        row.append(button(words.plain("tg-button-next"), GenerationButton(generation=generation.id, action="next")))
    return keyboard([row])


def prompt_of(generation: Generation) -> str:
    """The person's own words in an input: the parameter that is called so, else the longest text that is no address."""
    prompt = generation.input.get("prompt")
    if isinstance(prompt, str):
        return prompt.strip()
    texts = [value for value in generation.input.values() if isinstance(value, str) and "://" not in value]
    longest = max(texts, key=len, default="")
    return longest.strip() if " " in longest.strip() else ""
