"""Text as Telegram counts and reads it: UTF-16 code units, HTML."""

from html import escape as _escape
from typing import Final

MESSAGE_LIMIT: Final = 4096
"""UTF-16 units of a message's text, after its markup is read."""
CAPTION_LIMIT: Final = 1024
"""The same of a caption."""
ELLIPSIS: Final = "…"


def escape(text: str) -> str:
    """Safe inside Telegram's HTML. Quotes stay: the bot writes no attribute that a person's words go into."""
    return _escape(text, quote=False)


def units(text: str) -> int:
    """Length in UTF-16 code units: an emoji counts 2."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, limit: int) -> str:
    """At most ``limit`` units, with an ellipsis where something is gone. For plain text, before it is escaped."""
    if units(text) <= limit:
        return text
    return _head(text, limit - 1).rstrip() + ELLIPSIS


def split(text: str, limit: int = MESSAGE_LIMIT) -> list[str]:
    """Pieces of at most ``limit`` units, broken at a line, else at a blank, else anywhere. Nothing but blanks is lost."""
    pieces: list[str] = []
    rest = text.strip()
    while rest:
        head = _head(rest, limit)
        if len(head) < len(rest):
            head = head[: _last_break(head)]
        pieces.append(head.rstrip())
        rest = rest[len(head) :].lstrip()
    return pieces


def _head(text: str, limit: int) -> str:
    left = limit
    for index, character in enumerate(text):
        left -= 2 if character > "\uffff" else 1
        if left < 0:
            return text[:index]
    return text


def _last_break(head: str) -> int:
    """Where to break: never so early that the piece is less than half of what fits."""
    for separator in ("\n", " "):
        position = head.rfind(separator)
        if position > len(head) // 2:
            return position
    return len(head)
