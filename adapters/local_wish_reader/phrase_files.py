"""The phrases the classifier learns from: one file per use or topic, one phrase a line, under the files they come with."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from importlib.resources import files
from itertools import product
from math import sqrt
from typing import Final

from attrs import frozen

from adapters.local_wish_reader.classifier import Label
from domain.media import MediaKind
from domain.reading import Topic
from domain.use import Use

CHOICE: Final = re.compile(r"\{([^{}]*)\}")
SECTION: Final = re.compile(r"\[([a-z, ]*)(\??)\]")
FOLDER: Final = "phrases"
BY_OTHERS: Final = "# by others"
"""Heads those phrases of a section that other authors wrote."""
WITHOUT_FILE: Final = 0.15
"""What a phrase of a ``[kind?]`` section weighs without its file: people mostly send it."""


@frozen(kw_only=True)
class Phrase:
    """A text, the files it comes with, and what it asks for. ``weight`` is below 1 where it is only sometimes meant so.

    ``is_by_others``: by authors who knew neither the reader nor its phrases.
    """

    text: str
    files: tuple[MediaKind, ...]
    label: Label
    weight: float = 1.0
    is_by_others: bool = False


def load_phrases() -> Sequence[Phrase]:
    """All phrases, in the order of their files. The format: ``docs/understanding.md``."""
    return [phrase for label in (*Use, *Topic) for phrase in _of(label)]


def digest() -> str:
    """Which phrases, and which features of them, the weights have to be learned from."""
    content = hashlib.sha256()
    for label in (*Use, *Topic):
        content.update(_file(label).encode())
    here = files("adapters.local_wish_reader")
    for name in ("features.py", "lexicon.txt"):
        content.update((here / name).read_bytes())
    return content.hexdigest()[:16]


def file_name(label: Label) -> str:
    """Uses and topics may have the same word, so topics say what they are."""
    return f"{label}.txt" if isinstance(label, Use) else f"topic_{label}.txt"


def _file(label: Label) -> str:
    return (files("adapters.local_wish_reader") / FOLDER / file_name(label)).read_text(encoding="utf-8")


def _of(label: Label) -> Iterator[Phrase]:
    sections: list[tuple[tuple[MediaKind, ...], float]] = [((), 1.0)]
    is_by_others = False
    for line in _file(label).splitlines():
        if line == BY_OTHERS:
            is_by_others = True
        elif section := SECTION.fullmatch(line.strip()):
            kinds = tuple(MediaKind(one.strip()) for one in section.group(1).split(",") if one.strip())
            is_by_others = False
            sections = [(kinds, 1.0), ((), WITHOUT_FILE)] if section.group(2) else [(kinds, 1.0)]
        elif line.strip() and not line.startswith("#"):
            texts = _expanded(line.strip().replace("\\n", "\n"))
            for kinds, weight in sections:
                for text in texts:
                    share = weight / sqrt(len(texts))
                    yield Phrase(text=text, files=kinds, label=label, weight=share, is_by_others=is_by_others)


def _expanded(line: str) -> list[str]:
    """Every text that a line with choices (``{a|b} c``) stands for."""
    parts = CHOICE.split(line)
    choices = [part.split("|") if place % 2 else [part] for place, part in enumerate(parts)]
    return ["".join(chosen) for chosen in product(*choices)]
