"""What is written under a result."""

from html import escape as escape_attribute
from typing import Final

from adapters.telegram.api.markup import CAPTION_LIMIT, cut, escape, units
from adapters.telegram.bot.card.values import show
from adapters.telegram.bot.words import Words
from application.ports.messenger import LinkReason
from application.results.describe_result import chosen_options, link_works_until
from domain.generation import Generation, Result

TITLE_LIMIT: Final = 200
OPTIONS_LIMIT: Final = 250


def caption(generation: Generation, title: str, words: Words, *, limit: int = CAPTION_LIMIT) -> str:
    """HTML of at most ``limit`` units: the model and what it cost (where that is known), the options, and the prompt as
    far as it fits."""
    credits_ = generation.paid_credits
    head = cut(title, TITLE_LIMIT)
    cost = "" if credits_ is None else words.plain("tg-caption-cost", credits=credits_)
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
