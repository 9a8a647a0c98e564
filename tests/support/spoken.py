"""Everything the bot said, and whether it is all in one language."""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from adapters.fluent_texts import catalogue_text
from simulators.telegram import TelegramWorld

_CYRILLIC: Final = re.compile(r"[а-яё]", re.IGNORECASE)
_LEAST_LETTERS: Final = 9
"""A shorter piece of English may be part of a model's name."""
_TO_THE_PERSON: Final = ("send", "edit", "answer")
"""How the methods begin by which a bot says something; commands are set in every language."""


def spoken(telegram: TelegramWorld) -> Iterator[str]:
    """Each text, caption, label of a button and pop-up that left for Telegram, also what was edited away since."""
    for call in telegram.log.calls:
        if call.method.startswith(_TO_THE_PERSON):
            yield from (str(call.parameters[name]) for name in ("text", "caption") if name in call.parameters)
            yield from _labels(call.parameters.get("reply_markup"))
            yield from (str(item.get("caption", "")) for item in _album(call.parameters.get("media")))


def foreign(telegram: TelegramWorld, language: str) -> list[str]:
    """What of it is not in that language (``en`` or ``ru``), where people write in it themselves."""
    if language == "en":
        return [text for text in spoken(telegram) if _CYRILLIC.search(text) and text.strip("✅ ") != "Русский"]
    english = _pieces("en") - _pieces("ru")
    return [f"{piece!r} in {text!r}" for text in spoken(telegram) for piece in english if piece in text]


def _labels(markup: Any) -> Iterator[str]:
    rows = (json.loads(markup) if isinstance(markup, str) else markup or {}).get("inline_keyboard", [])
    return (str(button["text"]) for row in rows for button in row)


def _album(media: Any) -> list[dict[str, Any]]:
    items = json.loads(media) if isinstance(media, str) else media
    return items if isinstance(items, list) else []


class _Literals(Visitor):
    """The words of a catalogue, without what fills them."""

    def __init__(self) -> None:
        self.found: set[str] = set()

    def visit_TextElement(self, node: ast.TextElement) -> None:  # noqa: N802  # the visitor's naming
        lines = (re.sub(r"<[^>]*>", "\n", node.value)).splitlines()
        self.found |= {line.strip(" .,:;!?()“”«»") for line in lines}


def _pieces(language: str) -> set[str]:
    """Long enough to be determined from a name."""
    literals = _Literals()
    catalogue = catalogue_text(language)
    literals.visit(FluentParser().parse(catalogue))
    return {
        piece
        for piece in literals.found
        if sum(letter.isalpha() for letter in piece) >= _LEAST_LETTERS and " " in piece
    }
