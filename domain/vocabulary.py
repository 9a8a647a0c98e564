"""What people call the things models do: data, read from YAML, that searching is driven by."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from attrs import field, frozen

from domain.media import MediaKind
from domain.model import ModelId, ModelType

WORD: Final = re.compile(r"[^\W_]+")
RUSSIAN_ENDING: Final = re.compile(
    r"(?<=[а-я]{3})(?:ировать|овать|ить|ать|еть|ами|ями|ого|его|ому|ему|ыми|ими|ешь|ишь"
    r"|ов|ев|ей|ой|ий|ый|ая|яя|ую|юю|ам|ям|ах|ях|ом|ем|ые|ие|ть|ти|и|ы|а|я|о|е|у|ю|ь|й)$"
)
ENGLISH_ENDING: Final = re.compile(r"(?<=[a-z]{3})(?:ing|ed|es|s|e|y)$")


@frozen(kw_only=True)
class TaskPhrases:
    """Something people ask for: in any of these phrases, done by these models first and then by all of these types.

    A ``name`` makes it a step to offer on results of its own, beside the types.
    """

    phrases: tuple[str, ...]
    name: str = ""
    types: tuple[ModelType, ...] = ()
    models: tuple[ModelId, ...] = ()


@frozen(kw_only=True)
class Vocabulary:
    """Tasks with their phrases, words that mean the same, words that mean nothing, and what to show first.

    ``featured`` lists models worth trying, the best first. ``takers`` says, for a kind of media, which types do most with
    it. Phrases are bags of words: neither order nor inflection counts.
    """

    tasks: tuple[TaskPhrases, ...] = ()
    same: tuple[tuple[str, ...], ...] = ()
    ignored: frozenset[str] = frozenset()
    featured: tuple[ModelId, ...] = ()
    takers: Mapping[MediaKind, tuple[ModelType, ...]] = field(factory=dict)


def words_of(text: str) -> Iterator[str]:
    """The words of a text in lower case, digits apart from letters: ``Imagen4-fast`` is imagen, 4, fast."""
    for word in WORD.findall(text.casefold().replace("ё", "е")):
        yield from re.findall(r"\d+|[^\d]+", word)


def stem(word: str) -> str:
    """A word without its ending, as roughly as matching a few hundred words needs: картинку and картинки are one."""
    return ENGLISH_ENDING.sub("", RUSSIAN_ENDING.sub("", word))
