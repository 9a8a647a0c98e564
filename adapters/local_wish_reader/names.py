"""Finding the models and vendors that a text names, in any script, anywhere in the text."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from attrs import evolve, frozen

from adapters.local_wish_reader.model_families import Family, family_of, medium_in, own_families, version_of
from adapters.local_wish_reader.name_words import (
    ASKING,
    CASE_ENDINGS,
    DONE_TO,
    ENLARGES,
    FORENAMES,
    LEADING,
    LOOKALIKES,
    MADE,
    MEDIA_IN_TITLES,
    OF_WHAT,
    ORDERS,
    SAID_IN_NAMES,
    SPOKEN_VERSIONS,
    SURNAMES,
    TITLE_WORDS,
    UNSAID_IN_TITLES,
    VERSION_WORDS,
)
from adapters.local_wish_reader.spelling import FARTHEST, FUZZY_FROM, UNLIKE, distance_of, sound_of, without_vowels
from adapters.local_wish_reader.tokens import Span, Token, plain, tokens, without
from domain.model import WORKS_ON, Model, ModelType
from domain.model_names import LeadingName, ModelNames
from domain.reading import NamedModel

KEPT_WORDS: Final = 8192
LONGEST_KEPT: Final = 40
"""Words, and words in a row, of which it is kept whether they are a name: people's words are mostly the same. In letters."""
LONGEST_NAME: Final = 3
LONGEST_TAIL: Final = 5
"""Words of a name, and words after it that may say the version and variant."""
LOOKED_AT: Final = 80
"""Tokens at each end of a text that are searched for names."""
LONGEST_TITLE: Final = 60
"""Letters of a text that may be the title of a model, nicknames included."""
SHORTEST_FUZZY_END: Final = 4
"""Letters that the last word of a misspelt name has at least."""
ENDS_A_NAME: Final = re.compile(r"\s*(?:$|[,.:;!?\n—–-])")
_UNSPACED: Final = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]+")
ALSO_IN: Final = frozenset({"в"})
"""Words before a version that are mostly something else: *в 5 утра*."""
JOINT: Final = re.compile(r"[\s\-_.·+]{0,2}")


@frozen(kw_only=True)
class Mention:
    """A name in a text: where it stands, the models it may mean, the others of the family, and what all of them can do."""

    span: Span
    models: tuple[NamedModel, ...]
    relatives: tuple[NamedModel, ...]
    types: frozenset[ModelType]
    family: str = ""
    versions: frozenset[str] = frozenset()
    variants: frozenset[str] = frozenset()


@frozen(kw_only=True)
class _Word:
    family: str
    is_everyday: bool
    is_common: bool
    is_versioned: bool


_Title = tuple[str, frozenset[str], frozenset[str]]


class NameFinder:
    """Finds names; everything that does not depend on the text is prepared once."""

    def __init__(self, models: Sequence[Model], names: ModelNames) -> None:
        variants = {_joined(said): key for key, words in names.variants.items() for said in (key, *words)}
        self._variants: Mapping[tuple[str, ...], str] = variants
        families = (*names.families, *own_families(models, names.families))
        self._families = {one.key: family_of(one, models, variants) for one in families}
        known = {
            _joined(word): _Word(
                family=one.key,
                is_everyday=word in one.everyday,
                is_common=word in one.common,
                is_versioned=word in one.versioned,
            )
            for one in families
            for word in one.words
        }
        joined: dict[tuple[str, ...], _Word] = {
            ("".join(key),): word for key, word in known.items() if len("".join(key)) >= FUZZY_FROM
        }
        self._words = {**joined, **known}
        unspaced = sorted((key[0] for key in known if _UNSPACED.fullmatch(key[0])), key=len, reverse=True)
        self._unspaced = re.compile("|".join(map(re.escape, unspaced)))
        self._fuzzy: dict[tuple[int, str], list[tuple[str, str, _Word]]] = {}
        for key, word in known.items():
            whole = "".join(key)
            if len(whole) >= FUZZY_FROM and len(key[-1]) >= SHORTEST_FUZZY_END:
                if word.is_versioned:
                    continue
                is_plain = not (word.is_everyday or word.is_common)
                self._fuzzy.setdefault((len(key), whole[0]), []).append(
                    (whole, sound_of(whole), word if is_plain else evolve(word, is_common=True))
                )
        self._without_vowels = dict(_without_vowels(known))
        self._kept = lru_cache(KEPT_WORDS)(self._look_up)
        self._titles: dict[_Title, tuple[NamedModel, ...]] = {}
        for model in models:
            if model.is_offered and not model.is_alias and (title := self._title(model.title)) is not None:
                self._titles[title] = (*self._titles.get(title, ()), NamedModel(id=model.id))

    def at_start(self, text: str, /) -> LeadingName | None:
        """The models that the text begins with; see ``LeadingNameFinder``."""
        lowered = plain(text)
        leading: list[Mention] = []
        for mention in self.find(lowered, is_title=True):
            end = leading[-1].span.end if leading else 0
            if not JOINT.fullmatch(lowered[end : mention.span.start]) or not named_together([*leading, mention]):
                break
            leading.append(mention)
        if not leading:
            return None
        return LeadingName(models=named_together(leading), rest=text[leading[-1].span.end :].lstrip(" ,:-\n"))

    def titled(self, text: str) -> tuple[NamedModel, ...]:
        """The models whose whole title the text is, in whatever words; mostly one."""
        title = self._title(text) if len(text) <= LONGEST_TITLE else None
        return self._titles.get(title, ()) if title is not None else ()

    def _title(self, text: str) -> "_Title | None":
        lowered = plain(text.split(" (", maxsplit=1)[0])
        mentions = self.find(lowered, is_title=True)
        if not mentions:
            return None
        first = mentions[0]
        rest = [one for one in _said(without(lowered, [first.span])) if one not in UNSAID_IN_TITLES]
        rest += [one for one in _said(lowered[first.span.start : first.span.end]) if one in SAID_IN_NAMES]
        known = frozenset(self._variants.get((one,), one) for one in rest if not one[0].isdigit())
        others = frozenset(version_of(one) for one in rest if one[0].isdigit())
        return (first.family, first.versions | others, first.variants | known)

    def find(self, text: str, *, on_files: bool = False, is_title: bool = False) -> list[Mention]:
        """The mentions in a plain text, in order; of overlapping ones the longest. ``on_files``: the text comes with files,
        so that a common word at its beginning is the name of a family that only works on files. ``is_title``: common
        words are names, too."""
        words = list(_apart(tokens(text), self._unspaced))
        found: list[Mention] = []
        place = 0
        while place < len(words):
            if LOOKED_AT <= place < len(words) - LOOKED_AT:
                place = len(words) - LOOKED_AT
            match = self._match(text, words, place, on_files=on_files, is_title=is_title)
            if match is None:
                place += 1
                continue
            mention, place = match
            found.append(mention)
        return found

    def _match(
        self, text: str, words: Sequence[Token], place: int, *, on_files: bool, is_title: bool
    ) -> tuple[Mention, int] | None:
        for length in range(min(LONGEST_NAME, len(words) - place), 0, -1):
            run = words[place : place + length]
            if not _is_joined(text, run):
                continue
            known = self._known(tuple(one.text for one in run))
            if known is None or (_is_of_a_person(words, place, length) and (known.is_everyday or known.is_common)):
                continue
            mention, end = self._mention(text, words, place, place + length, known)
            is_ordered = on_files or (end < len(words) and words[end].text in ENLARGES)
            works_on_files = is_ordered and place == 0 and all(WORKS_ON[one] for one in mention.types)
            has_mark = is_title or works_on_files or end > place + length or _is_marked(text, words, place, end, known)
            if has_mark or not (known.is_everyday or known.is_common or known.is_versioned):
                return mention, end
        return None

    def _known(self, key: tuple[str, ...]) -> _Word | None:
        return self._kept(key) if sum(map(len, key)) <= LONGEST_KEPT else self._look_up(key)

    def _look_up(self, key: tuple[str, ...]) -> _Word | None:
        for form in _forms(key):
            if form in self._words:
                return self._words[form]
        whole = "".join(key)
        if len(key) == 1 and whole in self._without_vowels:
            return self._without_vowels[whole]
        ends_short = len(key) > 1 and len(key[-1]) == 1  # the "v" of a version
        if len(whole) < FUZZY_FROM or ends_short or whole in LOOKALIKES or any(one[0].isdigit() for one in key):
            return None
        alike = self._fuzzy.get((len(key), whole[0]), ())
        long_enough = [place for place, one in enumerate(alike) if abs(len(whole) - len(one[0])) <= FARTHEST]
        if not long_enough:
            return None
        heard = sound_of(whole)
        near = [(distance_of(whole, heard, alike[place][0], alike[place][1]), place) for place in long_enough]
        distance, place = min(near, default=(UNLIKE, 0))
        return alike[place][2] if distance < UNLIKE else None

    def _mention(self, text: str, words: Sequence[Token], start: int, end: int, word: _Word) -> tuple[Mention, int]:
        family = self._families[word.family]
        versions: set[str] = set()
        variants: set[str] = set()
        has_medium = False
        while end < len(words) and len(versions) + len(variants) < LONGEST_TAIL:
            size = self._variant_at(text, words, end, family, variants)
            if size == 0 and words[end].text in MEDIA_IN_TITLES and end + 1 < len(words):
                size = self._variant_at(text, words, end + 1, family, variants)
                size += 1 if size else 0
                has_medium = has_medium or size > 0
            if size == 0:
                size = _version_at(text, words, end, family, versions)
            if size == 0:
                break
            end += size
        end += _strange_version_at(text, words, end) if not versions else 0
        medium = medium_in(one.text for one in words[start : end + 1])
        meant = family.meant(versions, variants, medium)
        if versions and _ends_title(text, words, end, family, medium):
            end += 1
        span = Span(words[start].start, words[end - 1].end)
        named = {one.id for one in meant}
        return Mention(
            span=span,
            models=meant,
            relatives=family.relatives(named, versions),
            types=family.types_of(named) if has_medium else family.types,
            family=word.family,
            versions=frozenset(versions),
            variants=frozenset(variants),
        ), end

    def _variant_at(self, text: str, words: Sequence[Token], place: int, family: Family, variants: set[str]) -> int:
        """How many words from here on name a variant that the family has; it is added."""
        for length in (2, 1):
            run = words[place : place + length]
            if len(run) < length or not _is_joined(text, [words[place - 1], *run]):
                continue
            variant = self._variants.get(tuple(one.text for one in run), run[0].text if length == 1 else "")
            is_order = variant in ORDERS and place + length < len(words) and words[place + length].text in DONE_TO
            if not is_order and variant in family.variants and variant not in variants:
                variants.add(variant)
                return length
        return 0


def _ends_title(text: str, words: Sequence[Token], end: int, family: Family, medium: str | None) -> bool:
    """Whether the next word is the end of a title (*Wan 2.7 Image*) and not the thing that is wanted (*image of a fox*)."""
    if end >= len(words) or medium is None or MEDIA_IN_TITLES.get(words[end].text) != medium:
        return False
    if not family.has_medium(medium) or not _is_joined(text, words[end - 1 : end + 1]):
        return False
    return end + 1 == len(words) or words[end + 1].text not in OF_WHAT


def _is_of_a_person(words: Sequence[Token], start: int, length: int) -> bool:
    """Whether the word is a part of a person's name: Van Gogh, Obi-Wan."""
    after, before = start + length, start - 1
    goes_on = after < len(words) and words[after].text.startswith(SURNAMES)
    return goes_on or (before >= 0 and words[before].text in FORENAMES)


def _is_marked(text: str, words: Sequence[Token], start: int, end: int, word: _Word) -> bool:
    """Whether what stands around an ordinary word shows that it is a name."""
    if word.is_versioned:
        return False
    is_led = start > 0 and words[start - 1].text in LEADING
    is_headed = start == 0 and text[words[end - 1].end :].lstrip().startswith(":")
    is_asked_for = start > 0 and words[start - 1].text in ASKING
    makes = start == 0 and end + 1 < len(words) and words[end].text in MADE and words[end + 1].text in OF_WHAT
    if len(words) == end - start or is_led or is_headed or makes or (is_asked_for and end == len(words)):
        return True
    return not word.is_common and (start == 0 or end == len(words) or is_asked_for)


def named_together(mentions: Sequence[Mention]) -> tuple[NamedModel, ...]:
    """The models that all mentions mean, the nearest first: of a maker and its model (*google veo*) the model."""
    distances = [{one.id: one.distance for one in mention.models} for mention in mentions]
    common = set(distances[0]).intersection(*distances) if distances else set()
    farthest = [NamedModel(id=name, distance=max(one[name] for one in distances)) for name in sorted(common)]
    return tuple(sorted(farthest, key=lambda one: one.distance))


def _version_at(text: str, words: Sequence[Token], place: int, family: Family, versions: set[str]) -> int:
    """How many words from here on are a version the family has (``3``, ``v 2.6``); it is added."""
    size = 1
    if words[place].text in VERSION_WORDS and place + 1 < len(words):
        size = 2
    token = words[place + size - 1]
    if token.text in SPOKEN_VERSIONS and ENDS_A_NAME.match(text[token.end :]):
        token = Token(SPOKEN_VERSIONS[token.text], token.start, token.end)
    if versions or not token.text[0].isdigit() or not _is_joined(text, words[place - 1 : place + size]):
        return 0
    version = version_of(token.text)
    if not family.has_version(version):
        return 0
    versions.add(version)
    return size


def _strange_version_at(text: str, words: Sequence[Token], place: int) -> int:
    """How many words from here on are a version that the family does not have, and yet no part of the wish: *suno v5*."""
    run = words[place : place + 2]
    is_version = len(run) > 1 and run[0].text in VERSION_WORDS - ALSO_IN and run[1].text[0].isdigit()
    return 2 if is_version and _is_joined(text, words[place - 1 : place + 2]) else 0


def _without_vowels(known: Mapping[tuple[str, ...], _Word]) -> Iterator[tuple[str, _Word]]:
    """The names of one word without their vowels; no everyday word is so."""
    for key, word in known.items():
        if len(key) == 1 and len(key[0]) >= FUZZY_FROM and not word.is_versioned:
            plain_word = evolve(word, is_everyday=False, is_common=False)
            yield from ((one, plain_word) for one in without_vowels(key[0]))


def _forms(key: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The words, and with the last one as it may stand without its Russian ending."""
    yield key
    bare = CASE_ENDINGS.sub("", key[-1])
    if bare != key[-1] and len(bare) > 1:
        yield (*key[:-1], bare)
        yield (*key[:-1], f"{bare}а")
        yield (*key[:-1], f"{bare}о")


def _said(text: str) -> Iterator[str]:
    """The words of a title in the words of titles."""
    for words, said in TITLE_WORDS:
        text = words.sub(said, text)
    return (one.text for one in tokens(text))


def _apart(words: Iterable[Token], names: re.Pattern[str]) -> Iterator[Token]:
    """The words, with names in scripts without blanks apart from the characters beside them."""
    for word in words:
        if not _UNSPACED.match(word.text) or not names.search(word.text):
            yield word
            continue
        cuts = sorted({0, len(word.text), *(cut for match in names.finditer(word.text) for cut in match.span())})
        for start, end in pairwise(cuts):
            yield Token(word.text[start:end], word.start + start, word.start + end)


def _joined(words: str) -> tuple[str, ...]:
    return tuple(one.text for one in tokens(words.lower().replace("ё", "е")))


def _is_joined(text: str, run: Sequence[Token]) -> bool:
    """Whether nothing but a blank, a hyphen or a point stands between the words."""
    return all(JOINT.fullmatch(text[one.end : two.start]) for one, two in pairwise(run))
