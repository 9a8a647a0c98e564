"""A text as words with their places, so that what was understood can be taken out of it."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from attrs import frozen

TOKEN: Final = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_]+")
_LOWERED_OTHERWISE: Final = re.compile("[İΣ]")
"""The first becomes two letters, the second depends on its place in a word; every other letter stands for itself."""
LINK: Final = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)


@frozen
class Span:
    """A part of a text, from ``start`` up to ``end``."""

    start: int
    end: int


@frozen
class Token:
    """A word or a number in lower case, and its place in the text."""

    text: str
    start: int
    end: int


def plain(text: str) -> str:
    """The text in lower case with ``ё`` as ``е``, of the same length, so that places stay valid."""
    lowered = text.lower()
    if _LOWERED_OTHERWISE.search(text):
        lowered = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    return lowered.replace("ё", "е")


def tokens(text: str) -> Sequence[Token]:
    """The words and numbers of a plain text; digits are apart from letters: ``veo3`` is *veo* and *3*."""
    return [Token(match.group(), match.start(), match.end()) for match in TOKEN.finditer(text)]


def without(text: str, spans: Iterable[Span], filler: str = " ") -> str:
    """The text with the spans blanked; with a filler of one letter its length stays the same."""
    letters = list(text)
    for span in spans:
        for place in range(span.start, span.end):
            letters[place] = filler
    return "".join(letters)
