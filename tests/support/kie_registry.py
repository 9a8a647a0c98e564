"""The registry files as plain data, and valid inputs made from that data alone."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

Parameter = Mapping[str, Any]
FileOf = Callable[[str], str]

_FOLDER = Path(__file__).parents[2] / "config" / "registry"
_TASK_ID_NAMES = ("task_id", "taskId")
# A text that fits each pattern of the registry.
_FITTING = {"^#[0-9A-Fa-f]{6}$": "#A1b2C3", r"^\d{1,3}\.\d{2}%$": "25.00%"}


@cache
def raw_registry() -> Mapping[str, Mapping[str, Any]]:
    """All models by id, as they stand in the files."""
    models: dict[str, Mapping[str, Any]] = {}
    for file in sorted(_FOLDER.glob("*.yaml")):
        models |= yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return models


def minimal_input(model: Mapping[str, Any], file_of: FileOf, task_id: str) -> dict[str, Any]:
    """The least that the model takes, every value at its lower end.

    Args:
        file_of: returns the URL of a file of the kind `image`, `video`, `audio` or `document`.
        task_id: an earlier task, for models that go on from one.
    """
    make = _Maker(file_of, task_id, full=False)
    variant = model.get("variants", [{}])[0]
    wanted = {name for name, parameter in model["input"].items() if parameter.get("required") or "send" in parameter}
    wanted |= set(variant.get("required", ())) | {group[0] for group in model.get("at_least_one", ())}
    made = {name: make(name, _narrowed(model, variant, name)) for name in model["input"] if name in wanted}
    return {name: model["input"][name].get("send", value) for name, value in made.items()}


def full_input(model: Mapping[str, Any], file_of: FileOf, task_id: str) -> dict[str, Any]:
    """Everything that the model takes at once, every value at its upper end."""
    make = _Maker(file_of, task_id, full=True)
    variant = model.get("variants", [{}])[-1]
    names = [name for name in model["input"] if name in variant.get("fields", model["input"])]
    return {name: make(name, _narrowed(model, variant, name)) for name in names}


def _narrowed(model: Mapping[str, Any], variant: Mapping[str, Any], name: str) -> Parameter:
    return {**model["input"][name], **variant.get("params", {}).get(name, {})}


class _Maker:
    def __init__(self, file_of: FileOf, task_id: str, *, full: bool) -> None:
        self._file_of = file_of
        self._task_id = task_id
        self._full = full

    def __call__(self, name: str, parameter: Parameter) -> Any:
        if name in _TASK_ID_NAMES:
            return self._task_id
        if name == "character_id_list":
            return [self._task_id]
        if "values" in parameter:
            return parameter["values"][-1 if self._full else 0]
        return self._made(name, parameter)

    def _made(self, name: str, parameter: Parameter) -> Any:
        match parameter["type"]:
            case "string":
                return self._text(parameter)
            case "boolean":
                return self._full
            case "integer":
                return int(self._number(parameter))
            case "number":
                return self._number(parameter)
            case "numeric_text":
                return str(self._number(parameter))
            case "array":
                return self._items(name, parameter)
            case _:
                return {
                    field: self(field, nested)
                    for field, nested in parameter["fields"].items()
                    if self._full or nested.get("required")
                }

    def _text(self, parameter: Parameter) -> str:
        if "media" in parameter:
            return self._file_of(parameter["media"])
        if "format" in parameter:
            return self._file_of("document")
        if "pattern" in parameter:
            return _FITTING[parameter["pattern"]]
        length: int = parameter.get("max", 40) if self._full else max(1, parameter.get("min", 1))
        return "я" * length

    def _number(self, parameter: Parameter) -> float:
        low: float = parameter.get("min", 1)
        high: float = parameter.get("max", low)
        return high if self._full else min(low, high)

    def _items(self, name: str, parameter: Parameter) -> list[Any]:
        items = parameter["items"]
        if isinstance(items, str):
            inherited = {key: parameter[key] for key in ("media", "format") if key in parameter}
            items = {"type": items, **inherited}
        count = parameter.get("max", 2) if self._full else max(1, parameter.get("min", 1))
        return [self(f"{name}[]", items) for _ in range(count)]
