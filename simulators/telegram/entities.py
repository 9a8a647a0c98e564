"""Formatted text: HTML parse mode read as Telegram reads it, and the entities it finds by itself.

Offsets and lengths are in UTF-16 code units (core.telegram.org/bots/api#messageentity). Only HTML is known; a call
with another ``parse_mode`` is refused.
"""

import re
from html import unescape

from attrs import frozen

from simulators.telegram.errors import bad_request

Entity = dict[str, object]

_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
}
_TOKEN = re.compile(r"<(?P<close>/?)(?P<name>[^\s>]*)(?P<attributes>[^>]*)>|<|&(?:#x[0-9a-fA-F]+|#\d+|lt|gt|amp|quot);")
_ATTRIBUTE = re.compile(r"([\w-]+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[\w.-]+))?")
_FOUND = re.compile(
    r"(?P<bot_command>(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/]))"
    r"|(?P<url>https?://[^\s<>\"]+[^\s<>\".,:;!?)\]])"
    r"|(?P<email>(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.]*\w)"
    r"|(?P<mention>(?<!\w)@[A-Za-z0-9_]{3,32}\b)"
    r"|(?P<hashtag>(?<!\w)#\w*[^\W\d]\w*)"
)
_OPAQUE = {"code", "pre", "text_link"}


@frozen
class FormattedText:
    """Text as people see it, and what is special about parts of it."""

    text: str = ""
    entities: tuple[Entity, ...] = ()


def utf16_length(text: str) -> int:
    """Length in the units Telegram counts in."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse(text: str, parse_mode: str, given: object = None) -> FormattedText:
    """What a person will see of ``text``: markup taken out, ends trimmed, links and commands found.

    ``given`` are explicit entities, used only without a parse mode. Raises ApiError 400 "can't parse entities: …".
    """
    if parse_mode and parse_mode.lower() != "html":
        raise bad_request("unsupported parse_mode")
    if parse_mode:
        plain, marked = _parse_html(text)
    else:
        plain, marked = text, [dict(entity) for entity in given] if isinstance(given, list) else []
    return _with_found(*_trimmed(plain, marked))


def plain(text: str) -> FormattedText:
    """What a person typed, with the commands, mentions and links in it."""
    return _with_found(*_trimmed(text, []))


def part(text: str, entity: Entity) -> str:
    """The words an entity covers."""
    offset, length = _span(entity)
    return text.encode("utf-16-le")[offset * 2 : (offset + length) * 2].decode("utf-16-le", "replace")


def _span(entity: Entity) -> tuple[int, int]:
    offset, length = entity.get("offset"), entity.get("length")
    return (offset, length) if isinstance(offset, int) and isinstance(length, int) else (0, 0)


def _parse_html(source: str) -> tuple[str, list[Entity]]:
    pieces: list[str] = []
    entities: list[Entity] = []
    open_tags: list[tuple[str, int, Entity]] = []
    at = position = 0
    for token in _TOKEN.finditer(source):
        piece = source[position : token.start()]
        pieces.append(piece)
        at += utf16_length(piece)
        position = token.end()
        if token.group(0).startswith("&"):
            character = unescape(token.group(0))
            pieces.append(character)
            at += utf16_length(character)
        elif token.group("close"):
            _close(open_tags, entities, token.group("name"), at, _byte_offset(source, token))
        else:
            open_tags.append(_opened(token, at, source, open_tags))
    pieces.append(source[position:])
    if open_tags:
        raise _unparsable(f'Can\'t find end tag corresponding to start tag "{open_tags[-1][0]}"')
    entities.sort(key=lambda entity: (_span(entity)[0], -_span(entity)[1]))
    return "".join(pieces), entities


def _opened(
    token: re.Match[str], at: int, source: str, outer: list[tuple[str, int, Entity]]
) -> tuple[str, int, Entity]:
    offset = _byte_offset(source, token)
    if token.group("name") is None:
        raise _unparsable(f"Unclosed start tag at byte offset {offset}")
    name = token.group("name").lower()
    if name not in _TAGS:
        raise _unparsable(f'Unsupported start tag "{name}" at byte offset {offset}')
    attributes = {key: value.strip("\"'") for key, value in _ATTRIBUTE.findall(token.group("attributes"))}
    if name == "span" and attributes.get("class") != "tg-spoiler":
        raise _unparsable(f'Tag "span" must have class "tg-spoiler" at byte offset {offset}')
    entity: Entity = {"type": _TAGS[name]}
    if name == "a":
        entity["url"] = unescape(attributes.get("href", ""))
    elif name == "tg-emoji":
        entity["custom_emoji_id"] = attributes.get("emoji-id", "")
    elif name == "blockquote" and "expandable" in attributes:
        entity["type"] = "expandable_blockquote"
    elif name == "code" and outer and outer[-1][0] == "pre" and attributes.get("class", "").startswith("language-"):
        outer[-1][2]["language"] = attributes["class"].removeprefix("language-")
    return name, at, entity


def _close(open_tags: list[tuple[str, int, Entity]], entities: list[Entity], found: str, at: int, offset: int) -> None:
    if not open_tags:
        raise _unparsable(f"Unexpected end tag at byte offset {offset}")
    name, start, entity = open_tags.pop()
    if found and found.lower() != name:
        raise _unparsable(
            f'Unmatched end tag at byte offset {offset}, expected "</{name}>", found "</{found.lower()}>"'
        )
    inside_pre = name == "code" and bool(open_tags) and open_tags[-1][0] == "pre"
    is_link_without_target = entity["type"] == "text_link" and not entity["url"]
    if at > start and not inside_pre and not is_link_without_target:
        entities.append({**entity, "offset": start, "length": at - start})


def _byte_offset(source: str, token: re.Match[str]) -> int:
    return len(source[: token.start()].encode("utf-8", "surrogatepass"))


def _unparsable(text: str) -> Exception:
    return bad_request(f"can't parse entities: {text}")


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    stripped = text.strip()
    if len(stripped) == len(text):
        return text, entities
    removed = utf16_length(text[: len(text) - len(text.lstrip())])
    end = utf16_length(stripped)
    kept: list[Entity] = []
    for entity in entities:
        offset, length = _span(entity)
        first, last = max(offset - removed, 0), min(offset - removed + length, end)
        if last > first:
            kept.append({**entity, "offset": first, "length": last - first})
    return stripped, kept


def _with_found(text: str, entities: list[Entity]) -> FormattedText:
    taken = [(offset, offset + length) for offset, length in map(_span, (e for e in entities if e["type"] in _OPAQUE))]
    found: list[Entity] = []
    for match in _FOUND.finditer(text):
        start = utf16_length(text[: match.start()])
        length = utf16_length(match.group(0))
        if not any(start < last and first < start + length for first, last in taken):
            found.append({"type": match.lastgroup, "offset": start, "length": length})
    if found:
        entities = sorted([*entities, *found], key=lambda entity: (_span(entity)[0], -_span(entity)[1]))
    return FormattedText(text, tuple(entities))
