"""The words in which facts speak of an input: conditions on its values, and paths into it."""

from collections.abc import Mapping
from typing import Any, Final

Given = Mapping[str, Any]

LEFT_OUT: Final = object()
_EMPTY: Final[tuple[object, ...]] = (None, "", [], {})


def is_given(given: Given, name: str) -> bool:
    """Say whether the input has a value of this name that is not empty."""
    return given.get(name) not in _EMPTY


def effective(model: Mapping[str, Any], given: Given, name: str, left_out: Mapping[str, Any] | None = None) -> Any:
    """Return the value that KIE goes by: the one given, the documented default, or what `left_out` knows."""
    if name in given:
        return given[name]
    parameter = model["input"].get(name, {})
    if "default" in parameter:
        return parameter["default"]
    return (left_out or {}).get(name, {}).get("value")


def holds(condition: Any, value: object) -> bool:
    """Say whether a value meets a condition: a value, a list of them, `{min, max}` or `{given}`.

    Values are compared as text, since KIE takes some numbers as text.
    """
    if not isinstance(condition, dict):
        return as_text(value) in {as_text(one) for one in (condition if isinstance(condition, list) else [condition])}
    if "given" in condition:
        return bool(condition["given"]) == bool(value)
    number = as_number(value)
    if number is None:
        return False
    return bool(condition.get("min", number) <= number <= condition.get("max", number))


def all_hold(conditions: Mapping[str, Any], model: Mapping[str, Any], given: Given, left_out: Any = None) -> bool:
    """Say whether the input meets every condition."""
    return all(holds(wanted, effective(model, given, name, left_out)) for name, wanted in conditions.items())


def as_text(value: object) -> str:
    """Return a value as KIE's documents write it."""
    if value is None or isinstance(value, bool):
        return {True: "true", False: "false", None: "null"}[value]
    return str(value)


def as_number(value: object) -> float | None:
    """Return a number, also one written as text; None for anything else."""
    try:
        return float(value)  # type: ignore[arg-type]  # what is no number is the point
    except (TypeError, ValueError):
        return None


def at_path(given: object, path: str) -> list[Any]:
    """Return what stands at `a`, `a[]` or `a[].b` (a list at the end as one value); nothing for what is absent."""
    head, _, rest = path.partition("[]")
    found = given.get(head) if isinstance(given, dict) else None
    if "[]" not in path:
        return [] if found in _EMPTY else [found]
    rest = rest.lstrip(".")
    return [value for each in found or [] for value in (at_path(each, rest) if rest else [each])]


def texts_at(given: object, path: str) -> list[str]:
    """Return every text at a path, those of a list one by one."""
    found = at_path(given, path)
    flat = [one for value in found for one in (value if isinstance(value, list) else [value])]
    return [one for one in flat if isinstance(one, str)]
