"""Reading one mapping key by key: a table of keys, each with a reader that takes the value or says what it expected."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from rapidfuzz import process

from adapters.yaml_catalog.errors import Faults
from domain.model import ModelType

Reader = Callable[[Any], Any]
_Enum = TypeVar("_Enum", bound=StrEnum)
_HUGE = 1e20
"""No number of a registry is larger: seeds have 64 bits. NaN and the infinities are beyond it as well."""
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?")


class Unexpected(Exception):
    """A value is not what the key takes; the message completes "expected …"."""


def read_keys(data: object, readers: Mapping[str, Reader], path: Sequence[str], faults: Faults) -> dict[str, Any]:
    """The values of a mapping that could be read. Unknown keys and unreadable values become faults."""
    values: dict[str, Any] = {}
    if not isinstance(data, dict):
        faults.add(path, f"expected a mapping, found {shown(data)}")
        return values
    for key, value in data.items():
        reader = readers.get(key)
        if reader is None:
            faults.add(path, f"unknown key {shown(key)}{did_you_mean(key, readers)}")
            continue
        try:
            values[key] = reader(value)
        except Unexpected as error:
            faults.add((*path, key), f"expected {error}, found {shown(value)}")
    return values


def demand_keys(
    values: Mapping[str, object], data: object, names: Iterable[str], path: Sequence[str], faults: Faults
) -> bool:
    """Whether all the names were read; those that are missing altogether become faults."""
    if isinstance(data, dict):
        for name in names:
            if name not in data:
                faults.add(path, f"expected the key {name!r}")
    return all(name in values for name in names)


def read_names(value: object, key: str, path: Sequence[str], faults: Faults) -> tuple[str, ...]:
    """The one or more names that ``value`` lists; none where it can't be read, and a fault at ``key``."""
    read: tuple[str, ...] = read_keys({key: value}, {key: names}, path, faults).get(key, ())
    return read


def did_you_mean(name: object, known: Iterable[str]) -> str:
    """The closest known name as the end of a sentence; empty where none is near."""
    found = process.extractOne(str(name), list(known), score_cutoff=60)
    return f", did you mean {found[0]!r}?" if found else ""


def shown(value: object) -> str:
    """A value for a message as YAML would have it, cut short."""
    if value is None:
        return "nothing"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return str(value).lower()
    try:
        text = repr(value)
    except RecursionError:
        return "a value that is nested without end"
    return text if len(text) <= 60 else f"{text[:57]}..."


def anything(value: object) -> object:
    return value


def text(value: object) -> str:
    if not isinstance(value, str):
        raise Unexpected("text (numbers, dates, yes and no need quotes)")
    if not value.strip():
        raise Unexpected("text that is not empty")
    return value


def texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise Unexpected("a list of texts")
    strange = [item for item in value if not isinstance(item, str) or not item.strip()]
    if strange:
        raise Unexpected(f"a list of texts without {', '.join(map(shown, strange))} (text needs quotes here)")
    return tuple(value)


def names(value: object) -> tuple[str, ...]:
    read = texts(value)
    if not read:
        raise Unexpected("one or more names")
    if twice := sorted({one for one in read if read.count(one) > 1}):
        raise Unexpected(f"each name once ({', '.join(map(repr, twice))} stands there again)")
    return read


def day(value: object) -> str:
    """A day or a month, ``2026-11-29`` or ``2026-11``."""
    if not isinstance(value, str) or _first_day(value) is None:
        raise Unexpected("a day or a month in quotes ('2026-11-29', '2026-11')")
    return value


def day_until(last: date) -> Reader:
    """A reader of a day, or of a month, that has begun by ``last``."""

    def read(value: object) -> str:
        begins = _first_day(day(value))
        if begins is not None and begins > last:
            raise Unexpected(f"a day that is not in the future (by this machine's clock, {last} at the latest)")
        return str(value)

    return read


def _first_day(written: str) -> date | None:
    """The day, or the first day of the month; None for anything else."""
    if not _DAY.fullmatch(written):
        return None
    try:
        return date.fromisoformat(written if len(written) > len("2026-11") else f"{written}-01")
    except ValueError:
        return None


def boolean(value: object) -> bool:
    if not isinstance(value, bool):
        raise Unexpected("true or false")
    return value


def number(value: object) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not -_HUGE <= value <= _HUGE:
        raise Unexpected("a number")
    return value


def positive(value: object) -> int | float:
    read = number(value)
    if read <= 0:
        raise Unexpected("a number above 0")
    return read


def scalars(value: object) -> tuple[str | int | float, ...]:
    if not isinstance(value, list) or not value:
        raise Unexpected("a list of one or more values")
    if not all(isinstance(item, str | int | float) for item in value):
        raise Unexpected("values that are text or numbers")
    if len({(type(item), item) for item in value}) != len(value):
        raise Unexpected("values that differ")
    return tuple(value)


def mapping(value: object) -> dict[str, Any]:
    if not isinstance(value, dict) or not value or not all(isinstance(key, str) for key in value):
        raise Unexpected("a mapping of names")
    return value


def sequence(value: object) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise Unexpected("a list that is not empty")
    return value


def pattern(value: object) -> str:
    try:
        re.compile(text(value))
    except re.error as error:
        raise Unexpected(f"a regular expression ({error})") from error
    return str(value)


def path_of_url(value: object) -> str:
    if not text(value).startswith("/"):
        raise Unexpected("a path that begins with /")
    return str(value)


def one_of(kind: type[_Enum], allowed: Iterable[_Enum] | None = None) -> Callable[[object], _Enum]:
    """A reader of an enum's members (all of them, or those allowed)."""
    members = {member.value: member for member in allowed or kind}

    def read(value: object) -> _Enum:
        member = members.get(value) if isinstance(value, str) else None
        if member is None:
            raise Unexpected(f"one of {', '.join(members)}{did_you_mean(value, members)}")
        return member

    return read


def word(*allowed: str) -> Callable[[object], str]:
    """A reader of one of a few words."""

    def read(value: object) -> str:
        if value not in allowed:
            raise Unexpected(" or ".join(allowed))
        return str(value)

    return read


def model_types(value: object) -> tuple[ModelType, ...]:
    """A reader of a list of model types."""
    read = one_of(ModelType)
    return tuple(read(item) for item in sequence(value))
