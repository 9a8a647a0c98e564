"""Results in every shape KIE has for them (kie/API.md §3, §10), as the domain's results."""

import json
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import urlsplit

from adapters.kie_http.wire import sendable
from domain.generation import Result
from domain.media import MediaKind

KINDS: Final[Mapping[str, MediaKind]] = MappingProxyType(
    {
        **dict.fromkeys((".png", ".jpg", ".jpeg", ".webp", ".gif", ".avif", ".bmp"), MediaKind.IMAGE),
        **dict.fromkeys((".mp4", ".mov", ".webm", ".mkv", ".m4v"), MediaKind.VIDEO),
        **dict.fromkeys((".mp3", ".wav", ".m4a", ".aac", ".ogg", ".opus", ".flac"), MediaKind.AUDIO),
        **dict.fromkeys(
            (".zip", ".mid", ".midi", ".json", ".srt", ".vtt", ".txt", ".pdf", ".svg", ".psd", ".glb"), MediaKind.FILE
        ),
    }
)
"""Kind by the extension of a URL's path; without a known one a result is what its model puts out."""

RESULT_KEYS: Final = (
    "resultUrls",
    "result_urls",
    "resultUrl",
    "resultImageUrl",
    "resultVideoUrl",
    "videoUrl",
    "audio_url",
    "audioUrl",
)
"""Where results stand, by their own name. The first that holds a URL is taken alone: what stands beside it are covers,
copies with a watermark, originals that live for minutes, and the like."""

BY_PRODUCTS: Final = frozenset(
    {"resultWaterMarkUrls", "originUrls", "originImageUrl", "stream_audio_url", "streamAudioUrl"}
)
"""Not results while there is anything else."""

MAX_DEPTH: Final = 12
MOST_SECONDS: Final = 86_400
"""No song is a day long; KIE has sent milliseconds for seconds elsewhere."""
ENCODINGS: Final = 3
"""So often JSON may stand as text in JSON."""
MOST_RESULTS: Final = 100
"""More than any model makes of one task; each is a message in a chat."""


class UnreadableResult(Exception):
    """A success says that there is a result, in a form that can't be read."""


def results_of(payloads: tuple[object, ...], output: MediaKind) -> tuple[Result, ...]:
    """What a successful task made, in KIE's order and each once; empty when there is nothing.

    Each payload is an object, or JSON text of one; the first with a result counts. ``output`` is the model's kind.

    Raises:
        UnreadableResult: no payload has a result, and at least one is no JSON.
    """
    broken = False
    for payload in payloads:
        try:
            found = _results(_parsed(payload), output)
        except (ValueError, RecursionError):
            broken = True
            continue
        if found:
            return found[:MOST_RESULTS]
    if broken:
        raise UnreadableResult("no JSON")
    return ()


def _parsed(payload: object) -> object:
    """JSON text is parsed, also where it was encoded twice; a bare URL is one result."""
    for _ in range(ENCODINGS):
        if not isinstance(payload, str) or _is_url(payload):
            return payload
        payload = json.loads(payload)
    return payload


def _results(payload: object, output: MediaKind) -> tuple[Result, ...]:
    texts = _texts(payload)
    if texts and output is MediaKind.TEXT:
        return _text_results(texts)
    urls = _urls(payload)
    if urls:
        stated = dict(_traits(payload))
        return tuple(Result(kind=_kind(url, output), url=url, **stated.get(url, {})) for url in urls)
    return _text_results(texts or _raw_object(payload))


def _text_results(texts: tuple[str, ...]) -> tuple[Result, ...]:
    return tuple(Result(kind=MediaKind.TEXT, text=sendable(text)) for text in texts)


def _urls(payload: object) -> tuple[str, ...]:
    found = list(_walk(payload, ()))
    for key in RESULT_KEYS:
        named = dict.fromkeys(url for path, url in found if key in path)
        if named:
            return tuple(named)
    products = dict.fromkeys(url for path, url in found if BY_PRODUCTS.isdisjoint(path))
    return tuple(products or dict.fromkeys(url for _, url in found))


def _walk(node: object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every URL in ``node``, in order, with the keys that lead to it. A list written as text (older Veo pages) is read."""
    if len(path) > MAX_DEPTH:
        return
    match node:
        case str() if _is_url(node):
            yield path, node.strip()
        case str() if node.lstrip().startswith(("[", "{", '"')):
            yield from _walk(_json_or_none(node), (*path, ""))
        case dict():
            for name, value in node.items():
                yield from _walk(value, (*path, name))
        case list():
            for item in node:
                yield from _walk(item, (*path, ""))


def _traits(node: object, depth: int = 0) -> Iterator[tuple[str, dict[str, Any]]]:
    """By the URL of a song or a separated track: its id, title, seconds and cover (``data[]``, ``originData[]``)."""
    if depth > MAX_DEPTH:
        return
    match node:
        case {"audio_url": str(url), **stated} | {"audioUrl": str(url), **stated}:
            read = {
                "id": _text_of(stated, "id"),
                "title": _text_of(stated, "title"),
                "cover_url": _text_of(stated, "image_url", "imageUrl"),
                "seconds": _seconds_of(stated.get("duration")),
            }
            yield url, {name: value for name, value in read.items() if value is not None}
        case dict():
            for value in node.values():
                yield from _traits(value, depth + 1)
        case list():
            for item in node:
                yield from _traits(item, depth + 1)


def _text_of(stated: Mapping[Any, object], *names: str) -> str | None:
    values = (stated.get(name) for name in names)
    return next((sendable(value) for value in values if isinstance(value, str) and value.strip()), None)


def _seconds_of(value: object) -> float | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number and 0 < value < MOST_SECONDS else None  # type: ignore[operator, arg-type]  # is_number has looked


def _texts(payload: object) -> tuple[str, ...]:
    """A transcript, or each of several lyrics."""
    match payload:
        case {"resultObject": {"lyricsData": list(verses)}}:
            return tuple(text for verse in verses for text in _texts(verse))
        case {"resultObject": {"text": str(text)}} | {"resultObject": str(text)} | {"text": str(text)} if text.strip():
            return (text,)
    return ()


def _raw_object(payload: object) -> tuple[str, ...]:
    """What has no text of its own (a detection, a character's id) is shown as it is."""
    match payload:
        case {"resultObject": found} if found:
            return (json.dumps(found, ensure_ascii=False, indent=2),)
    return ()


def _kind(url: str, output: MediaKind) -> MediaKind:
    known = KINDS.get(PurePosixPath(urlsplit(url).path).suffix.lower())
    if known is not None:
        return known
    return MediaKind.FILE if output is MediaKind.TEXT else output


def _is_url(text: str) -> bool:
    """An http(s) URL with a host. Whether the host may be visited is for the one who fetches to say."""
    text = text.strip()
    if not text[:8].lower().startswith(("http://", "https://")) or any(letter.isspace() for letter in text):
        return False
    try:
        return bool(urlsplit(text).hostname)
    except ValueError:
        return False


def _json_or_none(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
