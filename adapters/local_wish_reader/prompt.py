"""The words left when links, names, values and denied things are taken out of a wish; and the prompt among them."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from attrs import frozen

from adapters.local_wish_reader.command_words import (
    ABOUT,
    BARE_TASK,
    CJK_NOUN,
    CJK_ORDER,
    FILM_NOUNS,
    KEEPS_NOUN,
    LEADS,
    PICTURE_NOUNS,
    PRONOUNS,
    QUOTED,
    SPEECH_ORDER,
    SPEECH_WORD,
    TENTATIVE,
    TRAILING,
    VERBS,
)
from adapters.local_wish_reader.denial_words import DENIED
from adapters.local_wish_reader.features import Seen
from adapters.local_wish_reader.grammar import Stated, Values, read_values
from adapters.local_wish_reader.name_words import LEADING
from adapters.local_wish_reader.names import Mention, NameFinder
from adapters.local_wish_reader.tokens import LINK, Span, Token, plain, tokens, without
from adapters.local_wish_reader.use_hints import SPOKEN
from adapters.local_wish_reader.value_patterns import VALUE_LEAD
from domain.file_types import by_name
from domain.media import MediaKind
from domain.reading import NamedModel
from domain.use import Use

SHOWN: Final = frozenset({MediaKind.IMAGE, MediaKind.VIDEO, MediaKind.AUDIO})
WITHOUT_PROMPT: Final = frozenset(
    {
        Use.IMAGE_UPSCALE,
        Use.VIDEO_UPSCALE,
        Use.AUDIO_CLEAN,
        Use.STEMS,
        Use.TRANSCRIBE,
        Use.LIP_SYNC,
        Use.LAYERS,
        Use.CHARACTER,
    }
)
"""Uses whose words say only what to do; nothing of them goes into a model."""
MADE: Final = frozenset({Use.PICTURE, Use.FILM, Use.MUSIC, Use.SOUND_EFFECT})
COLON: Final = re.compile(r"[:：]\s*")
LONGEST_HEAD: Final = 90
"""Letters before a colon that may be an order."""
FIRST: Final = re.compile(r"^[\s,.;:，。：、–—→>|-]+")
LAST: Final = re.compile(r"[\s,;:，：、–—→>|-]+$")


@frozen(kw_only=True)
class Sight:
    """A wish taken apart. ``plain`` is the text in lower case; all spans are places in it and in the text alike.

    ``titled`` are the models whose whole title the text is, links aside.
    """

    plain: str
    seen: Seen
    values: Values
    mentions: Sequence[Mention]
    titled: Sequence[NamedModel]
    links: Sequence[Span]


def see(text: str, files: Sequence[MediaKind], names: NameFinder, *, with_titles: bool = True) -> Sight:
    """Take a text apart; links to pictures, films and sounds are files. To look for titles takes a third of the time, and
    what the classifier sees does not depend on them."""
    lowered = plain(text)
    links = [Span(*match.span()) for match in LINK.finditer(lowered)]
    here = (*files, *(kind for link in links if (kind := link_kind(lowered[link.start : link.end])) is not None))
    rest = without(lowered, links)
    titled = names.titled(rest) if with_titles else ()
    values = _no_versions(read_values(rest, has_pictures=MediaKind.IMAGE in here), rest, names)
    rest = without(rest, [one for stated in values.stated if stated.is_order for one in _of_value(stated)])
    mentions = names.find(rest, on_files=bool(here))
    rest = without(rest, [*(one.span for one in mentions), *_denied(rest)])
    seen = Seen(
        text=rest,
        files=here,
        stated=tuple(one.name for one in values.stated),
        has_link=bool(links),
    )
    return Sight(plain=lowered, seen=seen, values=values, mentions=mentions, titled=titled, links=links)


def link_kind(link: str) -> MediaKind | None:
    """Whether a link leads to a picture, a film or sound by its ending; None for a page and other files."""
    path = link.split("?", maxsplit=1)[0].split("#", maxsplit=1)[0].rstrip(".,;)!")
    kind = MediaKind.of_mime(by_name(path))
    return kind if kind in SHOWN else None


def _no_versions(values: Values, text: str, names: NameFinder) -> Values:
    """Without the number of a model's version that the thing behind it makes look like a count: *gpt image 2 postcard*."""
    if not any(one.thing for one in values.stated):
        return values
    spans = [one.span for one in names.find(text)]
    return Values(
        stated=[
            one
            for one in values.stated
            if not (one.thing and any(span.start < one.span.start < span.end for span in spans))
        ]
    )


def _of_value(stated: Stated) -> Iterator[Span]:
    """The words that say nothing but the value."""
    whole, thing = stated.span, stated.thing
    yield Span(whole.start, thing.start if thing else whole.end)
    if thing:
        yield Span(thing.end, whole.end)


def _denied(text: str) -> Iterator[Span]:
    for match in DENIED.finditer(text):
        yield Span(*match.span())


def is_bare(sight: Sight) -> bool:
    """Whether the text states values and says nothing else but what leads to them: *make it 10 seconds long, please*."""
    rest = tokens(sight.seen.text)
    return (
        bool(sight.values.stated) and not sight.links and not sight.mentions and all(one.text in LEADS for one in rest)
    )


def prompt_of(text: str, sight: Sight, use: Use | None) -> str:
    """What goes into a model for this use; empty where the words are an order or a name alone."""
    if use in WITHOUT_PROMPT:
        return ""
    if use in SPOKEN:
        return _spoken(_cut(text, sight, keep_values=True))
    words = _cut(text, sight, keep_values=False)
    if not tokens(plain(words)):
        return ""
    is_counted = any(one.name == "count" for one in sight.values.stated)
    return _made(words, use, is_counted=is_counted) if use in MADE else _trimmed(words)


def _cut(text: str, sight: Sight, *, keep_values: bool) -> str:
    """Without links, names and, unless they may be spoken, values; a line break stays one."""
    spans = [*sight.links, *(_with_leading(sight.plain, one.span) for one in sight.mentions)]
    if not keep_values:
        orders = [one for one in sight.values.stated if one.is_order]
        spans += [_with_lead(sight.plain, part) for one in orders for part in _of_value(one)]
        spans += [Span(*match.span()) for match in DENIED.finditer(sight.plain)]
    rest = without(text, [one for one in spans if one.end > one.start], "\x00")
    rest = re.sub(r"\s*\x00+\s*", " ", rest)
    rest = re.sub(r"[^\S\n]+", " ", rest)
    return re.sub(r"\s+([,.;:!?])(?!\w)", r"\1", re.sub(r"([,;])(?:\s*[,;])+", r"\1", rest)).strip()


def _with_leading(text: str, span: Span) -> Span:
    """A name with the word that leads to it: *через клинг*, *with flux*."""
    before = tokens(text[: span.start])
    is_led = bool(before) and before[-1].text in LEADING and not text[before[-1].end : span.start].strip()
    return Span(before[-1].start, span.end) if is_led else span


def _with_lead(text: str, span: Span) -> Span:
    """A value with the little words that lead to it: *длиной 10 секунд*, *to 16:9*."""
    lead = VALUE_LEAD.search(text[: span.start])
    return Span(lead.start(), span.end) if lead and span.end > span.start else span


def _trimmed(words: str) -> str:
    return LAST.sub("", FIRST.sub("", words)).strip()


def _spoken(words: str) -> str:
    """What is to be spoken: quoted, after a colon, or after the order."""
    lowered = plain(words)
    colon = COLON.search(lowered)
    if (
        colon
        and colon.start() <= LONGEST_HEAD
        and "\n" not in lowered[: colon.start()]
        and SPEECH_WORD.search(lowered[: colon.start()])
    ):
        return _trimmed(words[colon.end() :])
    if (quoted := QUOTED.search(words)) and SPEECH_WORD.search(lowered):
        return quoted.group(1).strip()
    first, _, rest = words.partition("\n")
    if rest.strip() and SPEECH_WORD.search(plain(first)) and not re.match(r"^\s*\S{1,12}:", first):
        return rest.strip()
    order = SPEECH_ORDER.match(lowered)
    if order and order.end():
        return _trimmed(words[order.end() :])
    head, comma, tail = words.partition(",")
    if comma and SPEECH_WORD.search(plain(head)) and len(head) <= LONGEST_HEAD:
        return _trimmed(tail)
    return "" if _is_order(lowered) else _trimmed(words)


def _is_order(lowered: str) -> bool:
    """Whether the words are about speaking and nothing else: *озвучка текста*, *text to speech*."""
    return len(tokens(lowered)) <= 4 and SPEECH_WORD.search(lowered) is not None


def _made(words: str, use: Use | None, *, is_counted: bool) -> str:
    """The description of what is to be made, whole."""
    if BARE_TASK.match(plain(words)):
        return ""
    nouns = PICTURE_NOUNS if use is Use.PICTURE else FILM_NOUNS if use is Use.FILM else frozenset()
    words = CJK_NOUN.sub("", CJK_ORDER.sub("", words.strip())) if re.search(r"[\u4e00-\u9fff]", words) else words
    after = _after_colon(words, nouns)
    if after is not None:
        return after
    here = tokens(plain(words))
    start = _start(here, nouns, is_counted=is_counted)
    end = _end(here, start, nouns)
    if start >= end:
        return ""
    tail = len(words) if end == len(here) else here[end - 1].end
    head = 0 if start == 0 else here[start].start
    return _trimmed(words[head:tail])


def _after_colon(words: str, nouns: frozenset[str]) -> str | None:
    colon = COLON.search(words)
    if colon is None or colon.start() > LONGEST_HEAD:
        return None
    head = tokens(plain(words[: colon.start()]))
    is_order = all(one.text in VERBS | TENTATIVE | ABOUT | nouns for one in head)
    return _trimmed(words[colon.end() :]) if head and is_order else None


def _start(here: Sequence[Token], nouns: frozenset[str], *, is_counted: bool) -> int:
    """The place of the first word of the description: behind the last word that can only belong to the order. What was counted
    (``is_counted``: *four versions*) is gone already."""
    start, noun_at = 0, None
    for place, one in enumerate(here):
        if one.text in nouns and noun_at is None:
            noun_at, start = place, place + 1
        elif one.text in ABOUT and (noun_at is not None or is_counted):
            start = place + 1
        elif one.text in TENTATIVE or (one.text in PRONOUNS and start == 0):
            continue
        elif one.text in VERBS:
            start = place + 1
        else:
            break
    keeps = noun_at is not None and start < len(here) and here[start].text in KEEPS_NOUN
    return noun_at if keeps and noun_at is not None else start


def _end(here: Sequence[Token], start: int, nouns: frozenset[str]) -> int:
    """Behind the last word of the description: orders at the end go as well."""
    end = len(here)
    while end > start and (here[end - 1].text in TRAILING or (end - start == 1 and here[end - 1].text in nouns)):
        end -= 1
    return end
