"""Taking a person's words out of a message that may quote them."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

_IN_QUOTES: Final = re.compile(r"""(["'`«“‘„]).{2,}?(["'`»”’“])(?!\w)""", re.DOTALL)
_WORD: Final = re.compile(r"\w+")
_RUN: Final = 3
"""So many words in a row that stand in a person's text as well are a quotation."""
GONE: Final = "…"


def without_words_of(message: str, values: Iterable[object]) -> str:
    """Return the message without what stands in quotation marks and without runs of words that are in ``values``, the
    input of a person: nested as it may be."""
    own = _runs(" \n ".join(_texts(values)))
    bare = _IN_QUOTES.sub(GONE, message)
    words = list(_WORD.finditer(bare))
    kept, end = [], 0
    spans = [
        (words[at].start(), words[at + _RUN - 1].end())
        for at in range(len(words) - _RUN + 1)
        if tuple(word.group().lower() for word in words[at : at + _RUN]) in own
    ]
    for start, stop in spans:
        if start >= end:
            kept.append(bare[end:start] + GONE)
        end = max(end, stop)
    return "".join(kept) + bare[end:]


def _runs(text: str) -> set[tuple[str, ...]]:
    words = [word.lower() for word in _WORD.findall(text)]
    return {tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}


def _texts(value: object) -> Iterable[str]:
    match value:
        case str():
            yield value
        case Mapping():
            for inner in value.values():
                yield from _texts(inner)
        case list() | tuple():
            for inner in value:
                yield from _texts(inner)
