"""Words by which a request is known as one that is not made: kept by the operator."""

import re
from collections.abc import Iterable

from attrs import field, frozen

from domain.errors import DomainError

LONGEST = 200


class InvalidPhrase(DomainError, ValueError):
    """A phrase without words would refuse everything, and one that is too long is a text."""

    code = "invalid_phrase"


def _tidy(text: str) -> str:
    return " ".join(text.casefold().replace("ё", "е").split())


@frozen
class UnsafePhrase:
    """Words that follow one another, letter case and marks between them ignored; ``*`` at the end of a word stands for any
    ending (``ребён*``)."""

    text: str = field(converter=_tidy)

    def __attrs_post_init__(self) -> None:
        if not re.search(r"\w", self.text) or len(self.text) > LONGEST:
            raise InvalidPhrase(self.text[:20])

    def is_in(self, words: str) -> bool:
        """Return whether ``words``, as ``plain`` gives them, hold it."""
        parts = [re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else "") for word in self.text.split()]
        return re.search(rf"\b{' '.join(parts)}(?!\w)", words) is not None


def plain(text: str) -> str:
    """Return the words of a text, single blanks between them."""
    return " ".join(re.findall(r"\w+", text.casefold().replace("ё", "е")))


def holds_any(text: str, phrases: Iterable[UnsafePhrase]) -> bool:
    """Return whether a text holds one of the phrases."""
    words = plain(text)
    return any(phrase.is_in(words) for phrase in phrases)
