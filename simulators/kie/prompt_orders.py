"""Orders to the simulator hidden in the texts of an input, so that a person can try a failure by hand."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from attrs import frozen

DEFAULT_BIG_MB: Final = 60
DEFAULT_SLOW_S: Final = 20.0
_ORDER: Final = re.compile(r"(?<!\S)!(refuse|fail|slow|empty|badjson|big|gone|redirect)\b([^!]*)")
_NUMBER: Final = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(.*)", re.DOTALL)


@frozen
class ScriptedAnswer:
    """A code of KIE with its message."""

    code: int
    message: str


@frozen(kw_only=True)
class PromptOrders:
    """What the texts of one input ask the simulator to do; see the package docstring."""

    refusal: ScriptedAnswer | None = None
    failure: ScriptedAnswer | None = None
    slow_s: float = 0.0
    empty: bool = False
    bad_json: bool = False
    big_mb: int = 0
    gone: bool = False
    redirect: bool = False


def read_orders(value: object) -> PromptOrders:
    """Find the orders in every text of `value`, nested ones included."""
    found: dict[str, Any] = {}
    for text in _texts(value):
        for match in _ORDER.finditer(text):
            name, rest = match.groups()
            number = _NUMBER.match(rest)
            found |= _order(name, number[1] if number else None, (number[2] if number else rest).strip())
    return PromptOrders(**found)


def _order(name: str, number: str | None, message: str) -> dict[str, Any]:
    match name:
        case "refuse":
            return {"refusal": ScriptedAnswer(int(float(number or 422)), message or "Refused as the prompt asks")}
        case "fail":
            return {"failure": ScriptedAnswer(int(float(number or 501)), message or "Generation failed")}
        case "slow":
            return {"slow_s": float(number or DEFAULT_SLOW_S)}
        case "big":
            return {"big_mb": int(float(number or DEFAULT_BIG_MB))}
        case "badjson":
            return {"bad_json": True}
        case _:
            return {name: True}


def _texts(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case Mapping():
            for nested in value.values():
                yield from _texts(nested)
        case list():
            for nested in value:
                yield from _texts(nested)
