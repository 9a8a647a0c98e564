"""From a wish to what is there: the words left when links, names, values and denied things are taken out, and those."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from attrs import frozen

from adapters.local_wish_reader.features import Seen
from adapters.local_wish_reader.grammar import Stated, Values, read_values
from adapters.local_wish_reader.names import Mention, NameFinder
from adapters.local_wish_reader.tokens import LINK, Span, plain, without
from domain.media import MediaKind
from domain.reading import NamedModel

ENDINGS: Final = {
    MediaKind.IMAGE: ("jpg", "jpeg", "png", "webp", "gif", "bmp", "heic"),
    MediaKind.VIDEO: ("mp4", "mov", "webm", "mkv", "avi", "m4v"),
    MediaKind.AUDIO: ("mp3", "wav", "ogg", "m4a", "flac", "aac", "opus"),
}
"""File name endings by which a link is a file."""

_MEDIUM: Final = (
    r"(?:видео\w*|ролик\w*|клип\w*|картинк\w*|изображени\w*|фото\w*|рисун\w*|музык\w*|песн\w*|трек\w*|голос\w*|озвучк\w*|текст\w*|відео|зображенн\w*"
    r"|videos?|clips?|movies?|images?|pictures?|pics?|photos?|drawings?|songs?|music|tracks?|voices?|speech|text|animations?"
    r"|bild\w*|fotos?|lied\w*|musik|imagen(?:es)?|canci[oó]n|m[uú]sica|imagem|resim|şarkı|müzik|gambar|lagu|视频|图片|照片|音乐|歌曲?|فيديو|صورة|أغنية|tasveer|gaana)"
)
DENIED: Final = re.compile(
    rf"(?<!\w)(?:не|ні)\s+(?:надо\s+|нужно\s+|нужна\s+|хочу\s+|делай\s+|треба\s+)?{_MEDIUM}(?=\s*,?\s*(?:а|но|лучше|сделай|просто|хочу|мне|нужн\w*|\w+)(?!\w))"
    r"|(?<!\w)(?:без|without|sin|ohne|sem|tanpa)\s+(?:an?\s+)?(?:видео|картинк\w*|фото|video|vídeo|image|pictures?|animation|анимац\w*)(?!\w)"
    rf"|(?<!\w)(?:not|no|don'?t\s+want|instead\s+of)\s+(?:an?\s+|the\s+)?{_MEDIUM}(?!\w)"
    rf"|(?<!\w)(?:kein(?:e|en)?|nicht)\s+{_MEDIUM}(?!\w)|(?<!\w)no\s+(?:quiero\s+)?(?:una?\s+)?{_MEDIUM}(?!\w)"
    rf"|(?<!\w)não\s+(?:quero\s+)?(?:uma?\s+)?{_MEDIUM}(?!\w)|(?<!\w)pas\s+(?:une?|de)\s+{_MEDIUM}(?!\w)"
    rf"|{_MEDIUM}\s+(?:değil|nahi)(?!\w)|(?<!\w)bukan\s+{_MEDIUM}(?!\w)|(?:不是|不要)\s?{_MEDIUM}|(?:ليس|ليست|مش|لا\s+أريد)\s+{_MEDIUM}"
)
"""A kind of thing that the text says is not wanted."""


@frozen(kw_only=True)
class Sight:
    """A wish taken apart. ``plain`` is the text in lower case; all spans are places in it and in the text alike.

    ``titled`` are the models whose whole title the text is, links aside."""

    plain: str
    seen: Seen
    values: Values
    mentions: Sequence[Mention]
    titled: Sequence[NamedModel]
    links: Sequence[Span]


def see(text: str, files: Sequence[MediaKind], names: NameFinder) -> Sight:
    """Take a text apart; links to pictures, films and sounds are files."""
    lowered = plain(text)
    links = [Span(*match.span()) for match in LINK.finditer(lowered)]
    here = (*files, *(kind for link in links if (kind := link_kind(lowered[link.start : link.end])) is not None))
    rest = without(lowered, links)
    titled = names.titled(rest)
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
    """The kind of file a link leads to by its ending; None for a page."""
    ending = link.split("?", maxsplit=1)[0].split("#", maxsplit=1)[0].rstrip(".,;)!").rpartition(".")[2]
    return next((kind for kind, endings in ENDINGS.items() if ending in endings), None)


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
