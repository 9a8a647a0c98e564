"""Reads what follows the model's name in ``/generate MODEL words key=value key="two words"``."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Final

from attrs import frozen

from domain.validation import closest

_QUOTES: Final = {'"': '"', "“": "”", "«": "»", "„": "“", "'": "'"}
"""Phones turn straight quotes into curly ones."""
_QUOTED: Final = "|".join(f"{opening}[^{closing}]*{closing}" for opening, closing in _QUOTES.items())
_PAIR: Final = re.compile(rf"(?:^|(?<=\s))([A-Za-z_]\w*)=({_QUOTED}|\S*)[ \t]?")
_SHORTEST_MISSPELT: Final = 3
"""A shorter name that is no parameter is part of a sentence, as in ``E=mc2``."""


@frozen(kw_only=True)
class CommandLine:
    """``values``: text by name; a name given more than once has a list. ``words``: what is left, in its own spacing."""

    words: str
    values: Mapping[str, object]


def read_command_line(text: str, *, parameters: Collection[str], prose: str | None) -> CommandLine:
    """Read words and values. Never fails: a quote without its partner is a character like any other.

    Args:
        text: what follows the name of the model.
        parameters: the names that the model knows. One that is like none of them is no value but a part of the words.
        prose: the parameter that takes the words. What follows ``prompt=`` without quotes goes on like any words.
    """
    values: dict[str, object] = {}
    words = []
    for name, value, between in _pieces(text, parameters):
        words.append(between)
        if name and name == prose:
            words.append(f"{_unquoted(value)} ")
        elif name:
            _add(values, name, _unquoted(value))
    return CommandLine(words=_unquoted("".join(words).strip()), values=values)


def _pieces(text: str, parameters: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """Each value with its name and the words before it; at the end the words after the last, without a name."""
    end = 0
    for pair in _PAIR.finditer(text):
        name, value = pair.groups()
        if name in parameters or (len(name) >= _SHORTEST_MISSPELT and closest(name, parameters, limit=1)):
            yield name, value, text[end : pair.start()]
            end = pair.end()
    yield "", "", text[end:]


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
