"""The head of a card: which model it is, and what it does in a sentence."""

from collections.abc import Iterator, Sequence

from adapters.telegram.api.markup import cut, escape
from adapters.telegram.bot.words import Words
from domain.capabilities import capabilities
from domain.model import Model

TITLE_LIMIT = 80


def heading(model: Model, words: Words) -> str:
    """HTML: title and maker, a sentence, and where the registry knows more, how long, how sharp and of how much."""
    title = f"<b>{escape(cut(model.title, TITLE_LIMIT))}</b> · {escape(model.vendor)}"
    about = [words.plain(f"tg-does-{model.type}"), " · ".join(_abilities(model, words))]
    return "\n".join([title, *(f"<i>{escape(line)}</i>" for line in about if line)])


def _abilities(model: Model, words: Words) -> Iterator[str]:
    known = capabilities(model)
    if known.lengths_s:
        yield words.plain("tg-can-last", seconds=_seconds(known.lengths_s))
    if known.resolution:
        yield words.plain("tg-can-resolution", resolution=known.resolution)
    if known.pictures:
        yield words.plain("tg-can-pictures", count=known.pictures)


def _seconds(lengths: Sequence[int]) -> str:
    """``3–15`` where each second between can be had, else ``5, 10``."""
    if len(lengths) > 2 and lengths[-1] - lengths[0] == len(lengths) - 1:
        return f"{lengths[0]}–{lengths[-1]}"
    return ", ".join(str(length) for length in lengths)
