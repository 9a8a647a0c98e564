"""Words for the same idea in many languages, so that what is learned in one language serves another."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Final

from attrs import frozen

FILE: Final = "lexicon.txt"
SHORTEST_BEGINNING: Final = 2
LONGEST_RUN: Final = 4
"""Characters of a script without blanks that are looked up together."""


_BARE: Final = {
    code: bare
    for code in range(0xC0, 0x250)
    if (bare := unicodedata.normalize("NFKD", chr(code))[0]) != chr(code) and bare.isascii()
} | {ord("ı"): "i", ord("ł"): "l", ord("ø"): "o", ord("đ"): "d"}
_MARKS: Final = dict.fromkeys(
    code for code in (0x640, *range(0x300, 0x1000)) if code == 0x640 or unicodedata.category(chr(code))[0] == "M"
)
"""Signs of vowels and accents that stand for themselves: people leave them out in Arabic, and they would cut words of India
into pieces."""


def folded(words: str) -> str:
    """The words with plain Latin letters and without signs of their own: people leave accents out."""
    return words.translate(_BARE).translate(_MARKS)


@frozen(kw_only=True)
class Lexicon:
    """``words`` map a word to its ideas, ``beginnings`` and ``ends`` a part of one; the longest part counts."""

    words: Mapping[str, tuple[str, ...]]
    beginnings: Mapping[str, tuple[str, ...]]
    ends: Mapping[str, tuple[str, ...]]

    def ideas(self, words: Sequence[str]) -> Iterator[str]:
        """The ideas of the words, in their order."""
        for place, word in enumerate(words):
            if len(word) == 1:
                yield from self._of_characters(words[place : place + LONGEST_RUN])
            else:
                yield from self._of_word(word)

    def _of_word(self, word: str) -> tuple[str, ...]:
        if word in self.words:
            return self.words[word]
        for size in range(len(word), SHORTEST_BEGINNING - 1, -1):
            if word[:size] in self.beginnings:
                return self.beginnings[word[:size]]
        return next(
            (self.ends[word[cut:]] for cut in range(SHORTEST_BEGINNING, len(word)) if word[cut:] in self.ends), ()
        )

    def _of_characters(self, characters: Sequence[str]) -> tuple[str, ...]:
        """The ideas of the longest run that begins here."""
        for size in range(len(characters), 0, -1):
            if (run := "".join(characters[:size])) in self.words:
                return self.words[run]
        return ()


@cache
def lexicon() -> Lexicon:
    """The packaged lexicon."""
    words: dict[str, list[str]] = {}
    beginnings: dict[str, list[str]] = {}
    ends: dict[str, list[str]] = {}
    text = (files("adapters.local_wish_reader") / FILE).read_text(encoding="utf-8")
    for line in text.splitlines():
        idea, separator, rest = line.partition(":")
        if not separator or line.startswith("#"):
            continue
        for word in folded(rest.casefold().replace("ё", "е")).split():
            target = beginnings if word.endswith("*") else ends if word.startswith("*") else words
            target.setdefault(word.strip("*"), []).append(idea)
    return Lexicon(
        words={word: tuple(dict.fromkeys(ideas)) for word, ideas in words.items()},
        beginnings={word: tuple(dict.fromkeys(ideas)) for word, ideas in beginnings.items()},
        ends={word: tuple(dict.fromkeys(ideas)) for word, ideas in ends.items()},
    )
