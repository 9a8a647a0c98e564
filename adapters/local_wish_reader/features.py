"""What the classifier sees of a text: pieces of words, words, how it begins and ends, and flags, as weighted places."""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from math import sqrt
from typing import Final
from zlib import crc32

from attrs import frozen

from adapters.local_wish_reader.lexicon import folded, lexicon
from domain.media import MediaKind
from domain.vocabulary import stem, words_of

PLACES: Final = 1 << 17
"""Places that features are spread over by their hash; the model's size follows from it."""
MOST_WORDS: Final = 60
"""Words of a long text that are looked at: what is asked for stands near its ends."""
_HEAD: Final = re.compile(r"([^:\n]{3,90})[:\n]\s*\S")
"""An order before what it is about: *a song with these words:* and the words."""
WORDS_AFTER_HEAD: Final = 8
SHORTEST_PIECE: Final = 3
LONGEST_PIECE: Final = 5

MEDIA_IDEAS: Final = frozenset(
    {"picture", "photo", "design", "video", "cartoon", "music", "sound", "speak", "dialogue", "transcribe"}
)
_CHARACTER_SCRIPT: Final = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\u0e00-\u0e7f]")
_MARKS: Final = (
    ("?", "question"),
    ("!", "shout"),
    (":", "colon"),
    ("\n", "lines"),
    ('"', "quote"),
    ("«", "quote"),
    (",", "comma"),
)
_SUM: Final = re.compile(
    r"\d\s?%|\d\s*[+*/÷×=]\s*\d|\d\s+(?:times|plus|minus|mal|por|fois|per|умнож\w+|раздел\w+|плюс|минус)\s+\d"
)
_EMOJI: Final = re.compile(r"[\U0001F300-\U0001FAFF\u2600-\u27BF]")

Features = Sequence[tuple[int, float]]


@frozen(kw_only=True)
class Seen:
    """What a text is besides its words: the files with it, the names of values it states, and whether there is a link."""

    text: str
    files: tuple[MediaKind, ...] = ()
    stated: tuple[str, ...] = ()
    has_link: bool = False


def features(seen: Seen) -> Features:
    """Places with weights. Each group weighs the same whatever the length of the text."""
    words = _looked_at(seen.text)
    groups = (
        (list(_pieces(words)), 1.0),
        (list(_words(words)), 1.0),
        (list(_ends(words)), 0.8),
        (list(_ideas(words)), 1.0),
        (list(_media(words)), 0.7),
        (list(_flags(seen, len(words))), 0.6),
    )
    found: dict[int, float] = {}
    for names, weight in groups:
        share = weight / sqrt(len(names)) if names else 0.0
        for name in names:
            place = crc32(name.encode()) % PLACES
            found[place] = found.get(place, 0.0) + share
    place = crc32(f"={_files(seen.files)}".encode()) % PLACES
    found[place] = found.get(place, 0.0) + 1.0
    return sorted(found.items())


def _looked_at(text: str) -> Sequence[str]:
    """The words that count: of a long text those near its ends, after an order the first ones of what it is about."""
    words = list(_separate(text))
    if head := _HEAD.match(text.lstrip()):
        words = words[: len(list(_separate(head.group(1)))) + WORDS_AFTER_HEAD]
    return words if len(words) <= MOST_WORDS else words[: MOST_WORDS * 2 // 3] + words[-MOST_WORDS // 3 :]


def _separate(text: str) -> Iterator[str]:
    """The words; in scripts without blanks each character is one."""
    for word in words_of(folded(text)):
        yield from word if _CHARACTER_SCRIPT.search(word) else (word,)


def _files(kinds: Collection[MediaKind]) -> str:
    return "+".join(sorted(set(kinds))) or "none"


def _pieces(words: Sequence[str]) -> Iterator[str]:
    for word in dict.fromkeys(words):
        padded = f"<{word}>"
        for size in range(SHORTEST_PIECE, LONGEST_PIECE + 1):
            for start in range(len(padded) - size + 1):
                yield f"#{padded[start : start + size]}"


def _words(words: Sequence[str]) -> Iterator[str]:
    stems = [stem(word) for word in words]
    yield from (f"w{one}" for one in dict.fromkeys(stems))
    yield from (f"b{one} {two}" for one, two in dict.fromkeys(pairwise(stems)))


def _ends(words: Sequence[str]) -> Iterator[str]:
    stems = [stem(word) for word in words]
    if stems:
        yield f"^{stems[0]}"
        yield f"^{' '.join(stems[:2])}"
        yield f"^{' '.join(stems[:3])}"
        yield f"${stems[-1]}"
        yield f"${' '.join(stems[-2:])}"


def _ideas(words: Sequence[str]) -> Iterator[str]:
    """The ideas of the lexicon, alone, by twos and the first one."""
    ideas = list(dict.fromkeys(idea for idea in lexicon().ideas(words)))
    yield from (f"i{idea}" for idea in ideas)
    yield from (f"i{one} {two}" for one, two in pairwise(ideas))
    if ideas:
        yield f"^i{ideas[0]}"


def _media(words: Sequence[str]) -> Iterator[str]:
    """The kind of thing that is spoken of, the first one above all: "a video of a man at the piano" is no music."""
    media = list(dict.fromkeys(idea for idea in lexicon().ideas(words) if idea in MEDIA_IDEAS))
    yield f"m first {media[0] if media else 'none'}"
    yield f"m all {' '.join(sorted(media))}"


def _flags(seen: Seen, count: int) -> Iterator[str]:
    yield f"!length {min(count.bit_length(), 5)}"
    yield from (f"!{name}" for mark, name in dict.fromkeys(_MARKS) if mark in seen.text)
    yield from (f"!states {name}" for name in seen.stated if not name.startswith("flag"))
    if seen.has_link:
        yield "!link"
    if _SUM.search(seen.text):
        yield "!sum"
    if _EMOJI.search(seen.text):
        yield "!emoji"
    if len(seen.files) > 1:
        yield "!files"
