"""Reads ``/generate MODEL words key=value key="two words"``."""

import re
from collections.abc import Mapping
from typing import Final

from attrs import frozen

_QUOTES: Final = {'"': '"', "“": "”", "«": "»", "„": "“", "'": "'"}
"""Phones turn straight quotes into curly ones."""
_QUOTED: Final = "|".join(f"{opening}[^{closing}]*{closing}" for opening, closing in _QUOTES.items())
_PAIR: Final = re.compile(rf"(?:^|(?<=\s))([A-Za-z_]\w*)=({_QUOTED}|\S*)[ \t]?")


@frozen(kw_only=True)
class CommandLine:
    """``values``: text by name; a name given more than once has a list. ``words``: what is left, in its own spacing."""

    model: str
    words: str
    values: Mapping[str, object]


def read_command_line(arguments: str) -> CommandLine:
    """Never fails: a quote without its partner is a character like any other."""
    model, *tail = arguments.split(maxsplit=1) or [""]
    rest = tail[0] if tail else ""
    values: dict[str, object] = {}
    for name, value in _PAIR.findall(rest):
        _add(values, name, _unquoted(value))
    return CommandLine(model=model, words=_unquoted(_PAIR.sub("", rest).strip()), values=values)


def _add(values: dict[str, object], name: str, value: str) -> None:
    known = values.get(name)
    if known is None:
        values[name] = value
    elif isinstance(known, list):
        known.append(value)
    else:
        values[name] = [known, value]


def _unquoted(text: str) -> str:
    closing = _QUOTES.get(text[:1])
    whole = len(text) > 1 and text[-1] == closing and text.count(closing) == (2 if text[0] == closing else 1)
    return text[1:-1] if whole else text
