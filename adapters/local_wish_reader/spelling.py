"""How far a misspelt word is from a name: by its letters, by its sound, and without its vowels."""

import re
from itertools import groupby
from typing import Final

from rapidfuzz.distance import OSA

FUZZY_FROM: Final = 5
"""Letters from which on a name may be misspelt: by one letter, by two from ``FUZZY_TWICE`` on."""
FUZZY_TWICE: Final = 9
SOUNDS_FROM: Final = 7
"""Letters from which on a name may be spelt as it sounds."""
LETTERS_OF_A_SOUND: Final = 3
FARTHEST: Final = 3
"""Letters that a misspelt name is longer or shorter at most."""
UNLIKE: Final = 9
"""The distance of what is no misspelling of a name."""
SHORTEST_WITHOUT_VOWELS: Final = 4
"""Letters of a name that is written without its vowels: *klng*."""
VOWELS: Final = (re.compile(r"[aeiouyаеиоуыэюяіїєй]"), re.compile(r"[aeiouаеиоуыэюяіїє]"))
ALIKE: Final = (
    *(("дж", "ж"), ("э", "е"), ("й", ""), ("ь", ""), ("ъ", ""), ("ё", "е"), ("ы", "и"), ("о", "а"), ("тс", "ц")),
    *(("ck", "k"), ("ph", "f"), ("ee", "i"), ("ea", "i"), ("oo", "u")),
)
"""Letters that are written for the same sound."""


def distance_of(said: str, heard: str, name: str, sound: str) -> int:
    """How many letters are misspelt, ``UNLIKE`` where too many are. Long names may be spelt as they sound."""
    allowed = 2 if len(said) >= FUZZY_TWICE else 1
    distance = OSA.distance(said, name, score_cutoff=allowed)
    if distance <= allowed:
        return distance
    if len(said) < SOUNDS_FROM or abs(len(said) - len(name)) > LETTERS_OF_A_SOUND:
        return UNLIKE
    distance = OSA.distance(heard, sound, score_cutoff=1)
    return allowed + distance if distance <= 1 else UNLIKE


def sound_of(word: str) -> str:
    """A name as it sounds: what people spell in many ways is one letter, and doubled letters are one."""
    for written, heard in ALIKE:
        word = word.replace(written, heard)
    return "".join(letter for letter, _ in groupby(word)) or word


def without_vowels(word: str) -> set[str]:
    """The word as people in haste write it; *y* is a vowel or none."""
    shorter = {vowels.sub("", word) for vowels in VOWELS}
    return {one for one in shorter if len(one) >= SHORTEST_WITHOUT_VOWELS}
