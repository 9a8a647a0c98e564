"""The ``Texts`` port on Project Fluent (https://projectfluent.org): plurals and numbers as each language has them."""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Final

import structlog
from fluent.runtime import FluentBundle
from fluent.syntax import FluentParser, ast

from domain.errors import MediaBotError

LANGUAGES: Final = ("en", "ru")
"""The catalogues there are; the first is the fallback."""

CLOSE: Final = {"uk": "ru", "be": "ru", "kk": "ru"}
"""Languages without a catalogue whose speakers mostly read another one better than the fallback."""

LISTED: Final = 20
"""Items of a list that are written out; how many more there are follows."""

LONGEST: Final = 2_000
"""Characters of a value that stand in a text. Fluent writes ``{???}`` for a value of more than 2,500."""
_BROKEN_OFF: Final = re.compile(r"[<&][^<>&;]*$")
"""A tag or a character reference whose end is cut off."""

log = structlog.get_logger()


class TextsError(MediaBotError):
    """A catalogue can't be read. The message names every fault at once."""

    code = "texts_invalid"


class FluentTexts:
    """Every text a person reads.

    A list fills a text as ``a, b, c``, and gives ``$name_count`` besides; a boolean is ``true`` or ``false``, None is
    empty. A value the text wants and does not get is logged, and leaves its name in the text.
    """

    def __init__(self, languages: tuple[str, ...] = LANGUAGES) -> None:
        """Speak ``languages``; the first is the fallback. A catalogue is read when a text of it is wanted."""
        self._languages = languages

    @property
    def languages(self) -> tuple[str, ...]:
        return self._languages

    def language(self, code: str | None, /) -> str:
        primary = (code or "").replace("_", "-").partition("-")[0].lower()
        primary = CLOSE.get(primary, primary)
        return primary if primary in self._languages else self._languages[0]

    def has(self, key: str, language: str, /) -> bool:
        return language in self._languages and bool(_bundle(language).has_message(key))

    def text(self, key: str, language: str, /, **values: object) -> str:
        bundle = _bundle(language if self.has(key, language) else self._languages[0])
        message = bundle.get_message(key)
        if message.value is None:
            raise KeyError(key)
        text, faults = bundle.format_pattern(message.value, _arguments(values))
        if faults:
            log.warning("text.incomplete", key=key, language=language, faults=[str(fault) for fault in faults])
        return str(text)


def load_texts() -> FluentTexts:
    """Return the texts with every catalogue read, so that a fault shows when the service starts.

    Raises:
        TextsError: a catalogue has a fault in its syntax, or a key twice.
    """
    faults = [f"{language}: {fault}" for language in LANGUAGES for fault in _faults(parsed_catalogue(language))]
    if faults:
        raise TextsError("\n".join(faults))
    for language in LANGUAGES:
        _bundle(language)
    return FluentTexts()


@cache
def parsed_catalogue(language: str) -> ast.Resource:
    """Parse every ``.ftl`` file of a language; a quarter of a second of work."""
    return FluentParser(with_spans=False).parse(catalogue_text(language))


@cache
def _bundle(language: str) -> FluentBundle:
    # Marks of direction around values are for mixed scripts; they would spoil links, code and terminals.
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(parsed_catalogue(language))
    return bundle


def catalogue_text(language: str) -> str:
    """Return every ``.ftl`` file of a language as one text, in the order of their names."""
    folder = files(__package__) / language
    catalogues = sorted((file for file in folder.iterdir() if file.name.endswith(".ftl")), key=lambda file: file.name)
    return "\n\n".join(file.read_text(encoding="utf-8") for file in catalogues)


def _faults(resource: ast.Resource) -> Iterable[str]:
    seen: set[str] = set()
    for entry in resource.body:
        if isinstance(entry, ast.Junk):
            reasons = "; ".join(annotation.message or "" for annotation in entry.annotations)
            yield f"{reasons}: {(entry.content or '').strip().splitlines()[0]}"
        elif isinstance(entry, ast.Message):
            if entry.id.name in seen:
                yield f"given twice: {entry.id.name}"
            seen.add(entry.id.name)


def _arguments(values: Mapping[str, object]) -> dict[str, object]:
    arguments: dict[str, object] = {}
    for name, value in values.items():
        if isinstance(value, list | tuple | frozenset | set):
            arguments[f"{name}_count"] = len(value)
            arguments[name] = _argument(_listed([str(_argument(item)) for item in value]))
        else:
            arguments[name] = _argument(value)
    return arguments


def _argument(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, str) and len(value) > LONGEST:
        return _BROKEN_OFF.sub("", value[:LONGEST]) + "…"
    return "" if value is None else value


def _listed(items: list[str]) -> str:
    text = ", ".join(items[:LISTED])
    return text if len(items) <= LISTED else f"{text} … (+{len(items) - LISTED})"
