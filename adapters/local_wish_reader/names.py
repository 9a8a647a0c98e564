"""Finding the models and vendors that a text names, in any script, anywhere in the text."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from attrs import frozen
from rapidfuzz.distance import OSA

from adapters.local_wish_reader.tokens import Span, Token, tokens
from domain.model import Model, ModelType
from domain.model_names import ModelFamily, ModelNames
from domain.reading import NamedModel
from domain.task_types import task_types

FUZZY_FROM: Final = 5
"""Letters from which on a name may be misspelt: by one letter, by two from ``FUZZY_TWICE`` on."""
FUZZY_TWICE: Final = 9
LONGEST_NAME: Final = 3
LONGEST_TAIL: Final = 5
"""Words of a name, and words after it that may say the version and variant."""
LOOKED_AT: Final = 80
"""Tokens at each end of a text that are searched for names."""

TASK_WORDS: Final = frozenset({"image", "to", "video", "text", "speech", "reference", "api", "upscale", "ai", "the"})
"""Words of titles that say what a model does, not which one it is."""
LEADING: Final = frozenset(
    [
        "with",
        "using",
        "use",
        "via",
        "by",
        "through",
        "in",
        "on",
        "model",
        "нейросеть",
        "модель",
        "модели",
        "моделью",
        "нейросети",
        "через",
        "в",
        "на",
        "с",
        "используй",
        "используя",
        "помощью",
        "mit",
        "con",
        "com",
        "usando",
        "ile",
        "pakai",
        "dengan",
        "por",
        "avec",
        "用",
        "modelo",
        "modell",
    ]
)
"""Words after which a common word is a name."""
LOOKALIKES: Final = frozenset({"minimal", "redraft", "clings", "flask", "goggle", "gemina", "midjourneys"})
"""Everyday words that differ from a name by a letter."""
ENDINGS: Final = re.compile(r"(?:ами|ом|ем|ой|ей|ам|ах|ою|а|у|е|ы|и|ю|я)$")
JOINT: Final = re.compile(r"[\s\-_.·+]{0,2}")


@frozen(kw_only=True)
class Mention:
    """A name in a text: where it stands, the models it may mean and everything that the family can do."""

    span: Span
    models: tuple[NamedModel, ...]
    types: frozenset[ModelType]


@frozen(kw_only=True)
class _Member:
    model: Model
    versions: tuple[str, ...]
    variants: frozenset[str]


@frozen(kw_only=True)
class _Family:
    members: tuple[_Member, ...]
    types: frozenset[ModelType]
    variants: frozenset[str]


@frozen(kw_only=True)
class _Word:
    family: str
    is_everyday: bool
    is_common: bool


class NameFinder:
    """Finds names; everything that does not depend on the text is prepared once."""

    def __init__(self, models: Sequence[Model], names: ModelNames) -> None:
        variants = {_joined(said): key for key, words in names.variants.items() for said in (key, *words)}
        self._variants: Mapping[tuple[str, ...], str] = variants
        self._families = {one.key: _family(one, models, variants) for one in names.families}
        self._words = {
            _joined(word): _Word(family=one.key, is_everyday=word in one.everyday, is_common=word in one.common)
            for one in names.families
            for word in one.words
        }
        self._fuzzy: dict[tuple[int, str], list[tuple[str, ...]]] = {}
        for key, word in self._words.items():
            if len("".join(key)) >= FUZZY_FROM and not word.is_everyday and not word.is_common:
                self._fuzzy.setdefault((len(key), key[0][0]), []).append(key)

    def find(self, text: str) -> list[Mention]:
        """The mentions in a plain text, in order; of overlapping ones the longest."""
        words = tokens(text)
        found: list[Mention] = []
        place = 0
        while place < len(words):
            if LOOKED_AT <= place < len(words) - LOOKED_AT:
                place = len(words) - LOOKED_AT
            match = self._match(text, words, place)
            if match is None:
                place += 1
                continue
            mention, place = match
            found.append(mention)
        return found

    def _match(self, text: str, words: Sequence[Token], place: int) -> tuple[Mention, int] | None:
        for length in range(min(LONGEST_NAME, len(words) - place), 0, -1):
            run = words[place : place + length]
            if not _is_joined(text, run):
                continue
            known = self._known(tuple(one.text for one in run))
            if known is None:
                continue
            mention, end = self._mention(text, words, place, place + length, known)
            has_mark = end > place + length or self._is_marked(words, place, end, known)
            if has_mark or not (known.is_everyday or known.is_common):
                return mention, end
        return None

    def _is_marked(self, words: Sequence[Token], start: int, end: int, word: _Word) -> bool:
        if len(words) == end - start:
            return True
        if start and words[start - 1].text in LEADING:
            return True
        return not word.is_common and (start == 0 or end == len(words))

    def _known(self, key: tuple[str, ...]) -> _Word | None:
        for form in _forms(key):
            if form in self._words:
                return self._words[form]
        whole = "".join(key)
        if len(whole) < FUZZY_FROM or whole in LOOKALIKES or any(one[0].isdigit() for one in key):
            return None
        allowed = 2 if len(whole) >= FUZZY_TWICE else 1
        for other in self._fuzzy.get((len(key), key[0][0]), ()):
            if OSA.distance(whole, "".join(other), score_cutoff=allowed) <= allowed:
                return self._words[other]
        return None

    def _mention(self, text: str, words: Sequence[Token], start: int, end: int, word: _Word) -> tuple[Mention, int]:
        family = self._families[word.family]
        versions: set[str] = set()
        variants: set[str] = set()
        while end < len(words) and len(versions) + len(variants) < LONGEST_TAIL:
            size = self._variant_at(text, words, end, family, variants)
            if size == 0:
                size = _version_at(text, words, end, family, versions)
            if size == 0:
                break
            end += size
        span = Span(words[start].start, words[end - 1].end)
        return Mention(span=span, models=_meant(family, versions, variants), types=family.types), end

    def _variant_at(self, text: str, words: Sequence[Token], place: int, family: _Family, variants: set[str]) -> int:
        """How many words from here on name a variant that the family has; it is added."""
        for length in (2, 1):
            run = words[place : place + length]
            if len(run) < length or not _is_joined(text, [words[place - 1], *run]):
                continue
            variant = self._variants.get(tuple(one.text for one in run), run[0].text if length == 1 else "")
            if variant in family.variants and variant not in variants:
                variants.add(variant)
                return length
        return 0


def _version_at(text: str, words: Sequence[Token], place: int, family: _Family, versions: set[str]) -> int:
    """How many words from here on are a version the family has (``3``, ``v 2.6``); it is added."""
    size = 1
    if words[place].text in {"v", "в"} and place + 1 < len(words):
        size = 2
    token = words[place + size - 1]
    if versions or not token.text[0].isdigit() or not _is_joined(text, words[place - 1 : place + size]):
        return 0
    version = _version(token.text)
    known = {one for member in family.members for one in member.versions}
    if not any(_matches(version, one) for one in known):
        return 0
    versions.add(version)
    return size


def _meant(family: _Family, versions: set[str], variants: set[str]) -> tuple[NamedModel, ...]:
    """The members that the words fit, the nearest first: of the version, with all of the variants or else some."""
    members = [one for one in family.members if not versions or _has_version(one, versions, exact=True)]
    members = members or [one for one in family.members if _has_version(one, versions, exact=False)]
    chosen = [one for one in members if variants <= one.variants]
    chosen = chosen or [one for one in members if variants & one.variants] or members
    is_open = not versions and not variants
    named = [NamedModel(id=one.model.id, distance=0 if is_open else len(one.variants - variants)) for one in chosen]
    return tuple(sorted(named, key=lambda one: one.distance))


def _has_version(member: _Member, versions: set[str], *, exact: bool) -> bool:
    return any(one in versions if exact else _matches(wanted, one) for wanted in versions for one in member.versions)


def _matches(wanted: str, version: str) -> bool:
    return version == wanted or version.startswith(f"{wanted}.")


def _family(family: ModelFamily, models: Iterable[Model], variants: Mapping[tuple[str, ...], str]) -> _Family:
    members = tuple(
        member for model in models if not model.is_alias and (member := _member(family, model, variants)) is not None
    )
    types = frozenset().union(*(task_types(one.model) for one in members))
    known = frozenset().union(*(one.variants for one in members))
    return _Family(members=members, types=types, variants=known)


def _member(family: ModelFamily, model: Model, variants: Mapping[tuple[str, ...], str]) -> _Member | None:
    if family.only_types and model.type not in family.only_types:
        return None
    title = model.title.lower()
    start = next((one for one in sorted(family.titles, key=len, reverse=True) if title.startswith(one.lower())), None)
    if start is None and model.vendor not in family.vendors:
        return None
    words = [one.text for one in tokens(title[len(start or "") :].split("(")[0])]
    said = frozenset(variants.get((one,), one) for one in words if not one[0].isdigit() and one not in TASK_WORDS)
    return _Member(
        model=model,
        versions=tuple(_version(one) for one in words if one[0].isdigit()),
        variants=said - {"v"},
    )


def _version(text: str) -> str:
    """``3.0`` and ``3`` are one version, and so are ``02`` and ``2``."""
    return text.replace(",", ".").removesuffix(".0").lstrip("0") or "0"


def _forms(key: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The words, and with the last one as it may stand without its Russian ending."""
    yield key
    bare = ENDINGS.sub("", key[-1])
    if bare != key[-1] and len(bare) > 1:
        yield (*key[:-1], bare)
        yield (*key[:-1], f"{bare}а")
        yield (*key[:-1], f"{bare}о")


def _joined(words: str) -> tuple[str, ...]:
    return tuple(one.text for one in tokens(words.lower().replace("ё", "е")))


def _is_joined(text: str, run: Sequence[Token]) -> bool:
    """Whether nothing but a blank, a hyphen or a point stands between the words."""
    return all(JOINT.fullmatch(text[one.end : two.start]) for one, two in pairwise(run))
