"""Finding the models and vendors that a text names, in any script, anywhere in the text."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby, pairwise
from typing import Final

from attrs import evolve, frozen
from rapidfuzz.distance import OSA

from adapters.local_wish_reader.tokens import Span, Token, plain, tokens, without
from domain.model import WORKS_ON, Model, ModelId, ModelType
from domain.model_names import LeadingName, ModelFamily, ModelNames
from domain.reading import NamedModel
from domain.use import task_types

KEPT_WORDS: Final = 8192
LONGEST_KEPT: Final = 40
"""Words, and words in a row, of which it is kept whether they are a name: people's words are mostly the same. In letters."""
FUZZY_FROM: Final = 5
"""Letters from which on a name may be misspelt: by one letter, by two from ``FUZZY_TWICE`` on."""
FUZZY_TWICE: Final = 9
SOUNDS_FROM: Final = 7
"""Letters from which on a name may be spelt as it sounds."""
LETTERS_OF_A_SOUND: Final = 3
FARTHEST: Final = 3
"""Letters that a misspelt name is longer or shorter at most."""
UNLIKE: Final = 9
RELATIVE: Final = 100
"""Distance of the models of a family that the words do not fit; one more where the version differs, too."""
HIGHEST_VERSION: Final = 20
"""Of models that are not on offer, whose versions are not known."""
SHORTEST_FUZZY_END: Final = 4
"""Letters that the last word of a misspelt name has at least."""
SHORTEST_WITHOUT_VOWELS: Final = 4
"""Letters of a name that is written without its vowels: *klng*."""
VOWELS: Final = (re.compile(r"[aeiouyаеиоуыэюяіїєй]"), re.compile(r"[aeiouаеиоуыэюяіїє]"))
LONGEST_NAME: Final = 3
LONGEST_TAIL: Final = 5
"""Words of a name, and words after it that may say the version and variant."""
LOOKED_AT: Final = 80
"""Tokens at each end of a text that are searched for names."""

LONGEST_TITLE: Final = 60
"""Letters of a text that may be the title of a model, nicknames included."""
VERSION_WORDS: Final = frozenset({"v", "в", "ver", "version", "версия", "версии"})
"""Words before the number of a version."""
SPOKEN_VERSIONS: Final = {
    word: number
    for number, said in {
        "2": "два двойка второй вторая two zwei dos deux",
        "3": "три тройка третий третья three drei tres trois",
        "4": "четыре four vier cuatro quatre",
        "5": "пять five fünf cinco cinq",
    }.items()
    for word in said.split()
}
"""Numbers in words that are a version where nothing follows that they could count."""
ENDS_A_NAME: Final = re.compile(r"\s*(?:$|[,.:;!?\n—–-])")
ALIKE: Final = (
    *(("дж", "ж"), ("э", "е"), ("й", ""), ("ь", ""), ("ъ", ""), ("ё", "е"), ("ы", "и"), ("о", "а"), ("тс", "ц")),
    *(("ck", "k"), ("ph", "f"), ("ee", "i"), ("ea", "i"), ("oo", "u")),
)
"""Letters that are written for the same sound."""
TITLE_WORDS: Final = (
    (re.compile(r"(?<!\w)(?:i2v|img2vid|image2video|фото\s+в\s+видео|картинк\w\s+в\s+видео|имидж\s+ту\s+видео)(?!\w)"), "image to video"),
    (re.compile(r"(?<!\w)(?:i2i|img2img|фото\s+в\s+фото|картинк\w\s+в\s+картинку|имидж\s+ту\s+имидж)(?!\w)"), "image to image"),
    (re.compile(r"(?<!\w)(?:v2v|vid2vid|видео\s+в\s+видео|видео\s+ту\s+видео)(?!\w)"), "video to video"),
    (re.compile(r"(?<!\w)(?:r2v|референс\w*\s+(?:в|ту)\s+видео)(?!\w)"), "reference to video"),
    (re.compile(r"(?<!\w)(?:липсинк|лип\s?синк|lipsync)(?!\w)"), "lip sync"),
    (re.compile(r"(?<!\w)(?:экстенд|продлени\w)(?!\w)"), "extend"),
    (re.compile(r"(?<!\w)(?:апскейл\w?|апскейлер)(?!\w)"), "upscale"),
    (re.compile(r"(?<!\w)(?:имидж|имейдж|имедж)(?!\w)"), "image"),
    (re.compile(r"(?<!\w)видео(?!\w)"), "video"),
)  # fmt: skip
"""How people say what titles say of the task."""
SAID_IN_NAMES: Final = frozenset({"image", "video", "upscale"})
"""Words that tell titles apart although a nickname may hold them."""
UNSAID_IN_TITLES: Final = frozenset({"v", "the", "model", "модель", "нейросеть", "ai", "аи", "ии"})

TASK_WORDS: Final = frozenset({"image", "to", "video", "text", "speech", "reference", "api", "upscale", "ai", "the"})
"""Words of titles that say what a model does, not which one it is."""
MEDIA_IN_TITLES: Final = {
    said: medium
    for medium, words in {"image": "image имидж имейдж картинка картинку", "video": "video видео"}.items()
    for said in words.split()
}
"""Words that a variant may follow: Wan 2.7 Image Pro. They say what the rest of the text may not say of the task."""
OF_WHAT: Final = frozenset(
    ["of", "with", "about", "from", "where", "that", "про", "с", "со", "о", "об", "из", "где", "как", "чтобы"]
)
"""Words between a thing and what it shows."""
MADE: Final = frozenset(
    ["video", "vid", "clip", "image", "pic", "picture", "видео", "видос", "ролик", "клип", "картинка", "картинку"]
)
"""What a model makes, between its name and what it shows: *happy horse vid of a toddler*."""
ORDERS: Final = frozenset(["animate", "edit", "extend", "upscale"])
DONE_TO: Final = frozenset(["this", "that", "these", "the", "it", "my", "her", "him", "them", "me", "a"])
"""Variants that are orders before such words: *wan animate this photo*."""
SURNAMES: Final = ("гог", "gogh", "дейк", "дам", "хельсинг", "клиберн", "кеноби", "kenobi")
FORENAMES: Final = frozenset(["оби", "obi", "жан", "клод"])
ASKING: Final = frozenset(
    [
        "is",
        "have",
        "has",
        "any",
        "got",
        "does",
        "есть",
        "ли",
        "є",
        "чи",
        "вас",
        "тут",
        "работает",
        "tienen",
        "hay",
        "está",
        "tem",
        "têm",
        "gibt",
        "habt",
        "avez",
        "avete",
        "ada",
        "macie",
        "هل",
        "يوجد",
        "hai",
        "有",
    ]
)
"""Words of a question after which an everyday word is a name."""
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
LOOKALIKES: Final = frozenset(
    [
        "minimal",
        "redraft",
        "clings",
        "flask",
        "goggle",
        "gemina",
        "midjourneys",
        "flugs",
        "fluke",
        "fluss",
        "geleni",
        "gelmeni",
        "gemein",
        "gemelli",
        "geçeni",
        "hablo",
        "haile",
        "hails",
        "hallo",
        "hatillo",
        "hazlo",
        "хуйло",
        "хуйлу",
        "infinitas",
        "infinitely",
        "cling",
        "keeling",
        "keling",
        "killing",
        "klang",
        "kline",
        "kling's",
        "klinge",
        "klingt",
        "klink",
        "клинт",
        "клины",
        "клинка",
        "клинки",
        "клинок",
        "клана",
        "кланы",
        "клены",
        "клипа",
        "клиента",
        "minima",
        "minimales",
        "minimalis",
        "minimaux",
        "operai",
        "severance",
        "сеанс",
        "сеанса",
        "седан",
        "седана",
        "сидении",
        "сидений",
        "сиденье",
        "сиденья",
        "симмонс",
        "sidearm",
        "седьмым",
        "сидим",
        "verfasst",
        "районные",
        "ранней",
        "судно",
        "сумно",
        "шедевром",
        "hegen",
        "heyden",
        "хейден",
    ]
)
"""Everyday words that differ from a name by a letter or two, among the commonest words of eleven languages."""
ENDINGS: Final = re.compile(r"(?:ами|ов|ом|ем|ой|ей|ам|ах|ою|а|у|е|ы|и|ю|я)$")
_UNSPACED: Final = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]+")
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
class _Member:
    model: Model
    versions: tuple[str, ...]
    variants: frozenset[str]
    medium: str | None


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
    is_versioned: bool


_Title = tuple[str, frozenset[str], frozenset[str]]


class NameFinder:
    """Finds names; everything that does not depend on the text is prepared once."""

    def __init__(self, models: Sequence[Model], names: ModelNames) -> None:
        variants = {_joined(said): key for key, words in names.variants.items() for said in (key, *words)}
        self._variants: Mapping[tuple[str, ...], str] = variants
        families = (*names.families, *_own_families(models, names.families))
        self._families = {one.key: _family(one, models, variants) for one in families}
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
                    (whole, _sound(whole), word if is_plain else evolve(word, is_common=True))
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
        others = frozenset(_version(one) for one in rest if one[0].isdigit())
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
            works_on_files = on_files and place == 0 and all(WORKS_ON[one] for one in mention.types)
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
        if len(whole) < FUZZY_FROM or whole in LOOKALIKES or any(one[0].isdigit() for one in key):
            return None
        alike = self._fuzzy.get((len(key), whole[0]), ())
        long_enough = [place for place, one in enumerate(alike) if abs(len(whole) - len(one[0])) <= FARTHEST]
        if not long_enough:
            return None
        heard = _sound(whole)
        near = [(_distance(whole, heard, alike[place][0], alike[place][1]), place) for place in long_enough]
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
        medium = _medium(one.text for one in words[start : end + 1])
        meant = _meant(family, versions, variants, medium)
        if versions and _ends_title(text, words, end, family, medium):
            end += 1
        span = Span(words[start].start, words[end - 1].end)
        named = {one.id for one in meant}
        return Mention(
            span=span,
            models=meant,
            relatives=tuple(
                NamedModel(id=one.model.id, distance=RELATIVE + (not _has_version(one, versions, exact=False)))
                for one in family.members
                if one.model.id not in named
            ),
            types=_types(family, named) if has_medium else family.types,
            family=word.family,
            versions=frozenset(versions),
            variants=frozenset(variants),
        ), end

    def _variant_at(self, text: str, words: Sequence[Token], place: int, family: _Family, variants: set[str]) -> int:
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


def _ends_title(text: str, words: Sequence[Token], end: int, family: _Family, medium: str | None) -> bool:
    """Whether the next word is the end of a title (*Wan 2.7 Image*) and not the thing that is wanted (*image of a fox*)."""
    if end >= len(words) or medium is None or MEDIA_IN_TITLES.get(words[end].text) != medium:
        return False
    if medium not in {one.medium for one in family.members} or not _is_joined(text, words[end - 1 : end + 1]):
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


def _version_at(text: str, words: Sequence[Token], place: int, family: _Family, versions: set[str]) -> int:
    """How many words from here on are a version the family has (``3``, ``v 2.6``); it is added."""
    size = 1
    if words[place].text in VERSION_WORDS and place + 1 < len(words):
        size = 2
    token = words[place + size - 1]
    if token.text in SPOKEN_VERSIONS and ENDS_A_NAME.match(text[token.end :]):
        token = Token(SPOKEN_VERSIONS[token.text], token.start, token.end)
    if versions or not token.text[0].isdigit() or not _is_joined(text, words[place - 1 : place + size]):
        return 0
    version = _version(token.text)
    known = {one for member in family.members for one in member.versions}
    if family.members and not any(_matches(version, one) for one in known):
        return 0
    if not family.members and float(version) > HIGHEST_VERSION:
        return 0
    versions.add(version)
    return size


def _meant(family: _Family, versions: set[str], variants: set[str], medium: str | None) -> tuple[NamedModel, ...]:
    """The members that the words fit, the nearest first: of the version, with all of the variants or else some; those of
    another medium by their title are farther."""
    members = [one for one in family.members if not versions or _has_version(one, versions, exact=True)]
    members = members or [one for one in family.members if _has_version(one, versions, exact=False)]
    chosen = [one for one in members if variants <= one.variants]
    chosen = chosen or [one for one in members if variants & one.variants] or members
    is_open = not versions and not variants
    medium = medium if medium in {one.medium for one in chosen} else None
    named = [
        NamedModel(
            id=one.model.id,
            distance=(0 if is_open else len(one.variants - variants)) + (one.medium != medium),
        )
        for one in chosen
    ]
    return tuple(sorted(named, key=lambda one: one.distance))


def _medium(words: Iterable[str]) -> str | None:
    return next((MEDIA_IN_TITLES[one] for one in words if one in MEDIA_IN_TITLES), None)


def _types(family: _Family, named: Collection[ModelId]) -> frozenset[ModelType]:
    return frozenset().union(*(task_types(one.model) for one in family.members if one.model.id in named))


def _has_version(member: _Member, versions: set[str], *, exact: bool) -> bool:
    return any(one in versions if exact else _matches(wanted, one) for wanted in versions for one in member.versions)


def _matches(wanted: str, version: str) -> bool:
    return version == wanted or version.startswith(f"{wanted}.")


def _own_families(models: Iterable[Model], families: Sequence[ModelFamily]) -> Iterator[ModelFamily]:
    """A family for each title that none of ``families`` holds: a new model is heard by its title before it has nicknames."""
    titles = tuple(title.lower() for one in families for title in one.titles)
    for title in dict.fromkeys(one.title.split(" (")[0] for one in models if one.is_offered and not one.is_alias):
        word = title.lower()
        if not word.startswith(titles):
            yield ModelFamily(
                key=word, words=(word,), titles=(title,), everyday=frozenset(() if " " in word else (word,))
            )


def _family(family: ModelFamily, models: Iterable[Model], variants: Mapping[tuple[str, ...], str]) -> _Family:
    members = tuple(
        member for model in models if not model.is_alias and (member := _member(family, model, variants)) is not None
    )
    types = frozenset(family.only_types).union(*(task_types(one.model) for one in members))
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
        medium=None if "to" in words else _medium(words),
    )


def _distance(said: str, heard: str, name: str, sound: str) -> int:
    """How many letters are misspelt, ``UNLIKE`` where too many are. Long names may be spelt as they sound."""
    allowed = 2 if len(said) >= FUZZY_TWICE else 1
    distance = OSA.distance(said, name, score_cutoff=allowed)
    if distance <= allowed:
        return distance
    if len(said) < SOUNDS_FROM or abs(len(said) - len(name)) > LETTERS_OF_A_SOUND:
        return UNLIKE
    distance = OSA.distance(heard, sound, score_cutoff=1)
    return allowed + distance if distance <= 1 else UNLIKE


def _sound(word: str) -> str:
    """A name as it sounds: what people spell in many ways is one letter, and doubled letters are one."""
    for written, heard in ALIKE:
        word = word.replace(written, heard)
    return "".join(letter for letter, _ in groupby(word)) or word


def _version(text: str) -> str:
    """``3.0`` and ``3`` are one version, and so are ``02`` and ``2``."""
    return text.replace(",", ".").removesuffix(".0").lstrip("0") or "0"


def _without_vowels(known: Mapping[tuple[str, ...], _Word]) -> Iterator[tuple[str, _Word]]:
    """The names of one word as people in haste write them; no everyday word is so."""
    for key, word in known.items():
        if len(key) == 1 and len(key[0]) >= FUZZY_FROM and not word.is_versioned:
            shorter = {vowels.sub("", key[0]) for vowels in VOWELS}
            plain_word = evolve(word, is_everyday=False, is_common=False)
            yield from ((one, plain_word) for one in shorter if len(one) >= SHORTEST_WITHOUT_VOWELS)


def _forms(key: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The words, and with the last one as it may stand without its Russian ending."""
    yield key
    bare = ENDINGS.sub("", key[-1])
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
