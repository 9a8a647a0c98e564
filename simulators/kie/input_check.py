"""A strict check of the shape of a model's input, written from the simulator's own facts alone.

It shares nothing with the validation of the service, so that both cannot be wrong together. It stops
at the first fault, as KIE does. KIE ignores unknown fields; this check can refuse them, so that a test
notices a misspelt one.
"""

import math
import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, Final
from urllib.parse import urlsplit

from attrs import frozen

from .answers import KieRefusal

Parameter = Mapping[str, Any]
MediaCheck = Callable[[str, Parameter], None]

_TASK_ID_NAMES: Final = frozenset({"task_id", "taskId"})
_SONG_ID_NAME: Final = "audio_id"
_OF_ITEMS: Final = ("media", "accepted", "max_file_mb", "format")
_NUMERIC_TEXT: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?")


@frozen(kw_only=True)
class InputCheck:
    """Refuses what KIE would refuse.

    Attributes:
        check_media: refuses the URL of a file that the parameter does not take.
        knows_task: says whether a task of this id exists.
        knows_song: says whether a finished task handed out a song of this id.
        refuses_unknown: says whether a field that the model does not have is refused, and not ignored.
    """

    check_media: MediaCheck
    knows_task: Callable[[str], bool]
    knows_song: Callable[[str], bool] = lambda _song_id: True
    refuses_unknown: Callable[[], bool] = lambda: True

    def __call__(self, model: Mapping[str, Any], given: object) -> Mapping[str, Any]:
        """Check a whole input and return what of it the model knows.

        Raises:
            KieRefusal: 500 "This field is required" for a missing field (a recorded oddity of KIE), else 422.
        """
        if not isinstance(given, dict):
            raise KieRefusal(422, "input must be an object")
        self._fields(model["input"], given, "")
        for group in model.get("at_least_one", ()):
            if not any(_is_given(given, name) for name in group):
                raise KieRefusal(422, f"at least one of {', '.join(group)} is required")
        self._variants(model, given)
        return {name: value for name, value in given.items() if name in model["input"]}

    def _fields(self, parameters: Mapping[str, Parameter], given: Mapping[str, Any], path: str) -> None:
        for name in given:
            if name not in parameters and self.refuses_unknown():
                raise KieRefusal(422, f"{path}{name} is not a field of this model")
        for name, parameter in parameters.items():
            if not _is_given(given, name) and _is_required(parameter, parameters, given):
                raise KieRefusal(500, "This field is required")
            if name in given:
                _demand(given[name] is not None, f"{path}{name} must not be null")
                self._value(parameter, given[name], path + name)
        for name in _TASK_ID_NAMES & given.keys() & parameters.keys():
            if not self.knows_task(given[name]):
                raise KieRefusal(422, f"{name}: Record does not exist")
        if _SONG_ID_NAME in given and _SONG_ID_NAME in parameters and not self.knows_song(given[_SONG_ID_NAME]):
            raise KieRefusal(422, f"{_SONG_ID_NAME}: Record does not exist")

    def _variants(self, model: Mapping[str, Any], given: Mapping[str, Any]) -> None:
        variants = model.get("variants", ())
        fitting = [variant for variant in variants if self._fits(variant, model["input"], given)]
        if variants and len(fitting) != 1:
            raise KieRefusal(422, f"input must satisfy exactly one variant, it satisfies {len(fitting)}")

    def _fits(self, variant: Mapping[str, Any], parameters: Mapping[str, Parameter], given: Mapping[str, Any]) -> bool:
        if not given.keys() & parameters.keys() <= set(variant["fields"]):
            return False
        if not all(_is_given(given, name) for name in variant["required"]):
            return False
        narrowed = {name: {**parameters[name], **keys} for name, keys in variant.get("params", {}).items()}
        try:
            for name in narrowed.keys() & given.keys():
                self._value(narrowed[name], given[name], name)
        except KieRefusal:
            return False
        return True

    def _value(self, parameter: Parameter, value: object, path: str) -> None:
        match parameter["type"]:
            case "string":
                self._string(parameter, value, path)
            case "enum":
                _enum(parameter, value, path)
            case "boolean":
                _demand(isinstance(value, bool), f"{path} must be true or false")
            case "integer":
                _demand(_is_integer(value), f"{path} must be an integer")
                _range(parameter, value, path)
            case "number":
                _demand(_is_number(value), f"{path} must be a number")
                _range(parameter, value, path)
            case "numeric_text":
                _demand(
                    isinstance(value, str) and bool(_NUMERIC_TEXT.fullmatch(value)), f"{path} must be digits in text"
                )
                _range(parameter, value, path)
            case "array":
                self._array(parameter, value, path)
            case "object":
                self._object(parameter, value, path)
            case unknown:
                raise ValueError(f"the facts give {path} the unknown type {unknown!r}")
        if "values" in parameter and parameter["type"] != "enum":
            _demand(value in parameter["values"], f"{path} is not one of {parameter['values']}")

    def _string(self, parameter: Parameter, value: object, path: str) -> None:
        if not isinstance(value, str):
            raise KieRefusal(422, f"{path} must be text")
        _size(parameter, len(value), path, "characters")
        if "pattern" in parameter:
            _demand(re.fullmatch(parameter["pattern"], value), f"{path} has the wrong form")
        if "media" in parameter:
            _check_url(value, path)
            self.check_media(value, parameter)
        elif parameter.get("format") == "uri":
            _check_url(value, path)
            if "accepted" in parameter:
                self.check_media(value, parameter)

    def _array(self, parameter: Parameter, value: object, path: str) -> None:
        if not isinstance(value, list):
            raise KieRefusal(422, f"{path} must be a list")
        _size(parameter, len(value), path, "items")
        items = item_of(parameter)
        for index, item in enumerate(value):
            self._value(items, item, f"{path}[{index}]")

    def _object(self, parameter: Parameter, value: object, path: str) -> None:
        if not isinstance(value, dict):
            raise KieRefusal(422, f"{path} must be an object")
        self._fields(parameter["fields"], value, f"{path}.")


def item_of(array: Parameter) -> Parameter:
    """Return the parameter that each item of an array is; what an array says of media speaks of its items."""
    items: str | Parameter = array["items"]
    if not isinstance(items, str):
        return items
    return {"type": items, **{key: array[key] for key in _OF_ITEMS if key in array}}


def _is_given(given: Mapping[str, Any], name: str) -> bool:
    value = given.get(name)
    return bool(value.strip()) if isinstance(value, str) else value is not None and value != []


def _is_required(parameter: Parameter, parameters: Mapping[str, Parameter], given: Mapping[str, Any]) -> bool:
    conditions = parameter.get("required_when")
    if conditions is None:
        return bool(parameter.get("required", False))
    return all(given.get(other, parameters[other].get("default")) == wanted for other, wanted in conditions.items())


def _is_number(value: object) -> bool:
    return _is_integer(value) or (isinstance(value, float) and math.isfinite(value))


def _is_integer(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


_ENUM_TYPES: Final[Mapping[str, Callable[[object], bool]]] = {
    "integer": _is_integer,
    "number": _is_number,
    "text": _is_text,
}


def _enum(parameter: Parameter, value: object, path: str) -> None:
    kind = parameter.get("value_type", "text")
    _demand(_ENUM_TYPES[kind](value), f"{path} must be of type {kind}")
    _demand(value in parameter["values"], f"{path} is not within the range of allowed options")


def _range(parameter: Parameter, value: Any, path: str) -> None:
    if value in parameter.get("special", ()):
        return
    number = Fraction(str(value))  # exact: 0.7 is on a step of 0.1
    low, high, step = (
        None if parameter.get(key) is None else Fraction(str(parameter[key])) for key in ("min", "max", "step")
    )
    _demand(low is None or number >= low, f"{path} must be at least {parameter.get('min')}")
    _demand(high is None or number <= high, f"{path} must be at most {parameter.get('max')}")
    _demand(step is None or (number - (low or 0)) % step == 0, f"{path} must go in steps of {parameter.get('step')}")


def _size(parameter: Parameter, size: int, path: str, unit: str) -> None:
    _demand(size >= parameter.get("min", 0), f"{path} must have at least {parameter.get('min')} {unit}")
    _demand(size <= parameter.get("max", size), f"{path} must have at most {parameter.get('max')} {unit}")


def _check_url(value: str, path: str) -> None:
    try:
        url = urlsplit(value)
    except ValueError as error:
        raise KieRefusal(422, f"{path} must be a URL") from error
    _demand(url.scheme in ("http", "https") and url.hostname, f"{path} must be an http(s) URL")
    _demand(url.username is None and not re.search(r"\s", value), f"{path} must be a plain URL")


def _demand(condition: object, message: str) -> None:
    if not condition:
        raise KieRefusal(422, message)
