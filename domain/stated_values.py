"""Values that a person stated (10 s, 9:16, four pictures, with sound), in a model's own parameters."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from attrs import field, frozen

from domain.model import Model, Parameter, ParameterType

NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "duration": ("duration", "extend_times"),
    "aspect_ratio": ("aspect_ratio", "ratio", "image_size", "size"),
    "resolution": ("resolution", "image_resolution", "output_resolution", "quality", "size", "mode", "upscale_factor"),
    "count": ("num_images", "n", "max_images"),
    "sound": ("sound", "generate_audio", "generate_audio_switch", "audio"),
    "scale": ("upscale_factor",),
    "seed": ("seed", "seeds"),
    "negative_prompt": ("negative_prompt", "negative_tags"),
    "instrumental": ("instrumental",),
    "language": ("language_code",),
    "voice": ("vocal_gender",),
}
"""What models call each stated value (``config/registry``, 2026-11-29)."""

MUST_BE_SAID: Final = frozenset({"duration", "aspect_ratio", "resolution", "count", "sound"})
"""Stated values that a model should be able to say: one that can goes before a better one that cannot."""

SHAPES: Final[Mapping[str, str]] = {
    "1:1": "square_hd",
    "9:16": "portrait_16_9",
    "16:9": "landscape_16_9",
    "4:3": "landscape_4_3",
    "3:4": "portrait_4_3",
    "3:2": "landscape_3_2",
    "2:3": "portrait_3_2",
    "21:9": "landscape_21_9",
}
FACTORS: Final[Mapping[str, str]] = {"1080p": "2", "2K": "2", "4K": "4"}
"""How much an upscaler has to enlarge to reach a resolution, from an ordinary photo or clip."""
GENDERS: Final[Mapping[object, str]] = {"female": "f", "male": "m"}
WHOLE_SECONDS: Final = re.compile(r"\d+")


@frozen(kw_only=True)
class Filled:
    """``values`` by the model's parameters; ``unsaid`` names what the model has no way to say exactly."""

    values: Mapping[str, object] = field(factory=dict)
    unsaid: frozenset[str] = frozenset()


def fill_stated(model: Model, stated: Mapping[str, object]) -> Filled:
    """Say the stated values in the model's own parameters; what it cannot say exactly is left to the person."""
    values: dict[str, object] = {}
    unsaid = set()
    for name, value in stated.items():
        for parameter in _parameters(model, name):
            said = _said(name, parameter, value)
            if said is not None and (name != "duration" or _is_exact(said, value)):
                values[parameter.name] = said
                break
        else:
            if (name, value) != ("count", 1):  # that every model makes
                unsaid.add(name)
    return Filled(values=values, unsaid=frozenset(unsaid))


def _parameters(model: Model, name: str) -> list[Parameter]:
    return [model.parameters[one] for one in NAMES.get(name, ()) if one in model.parameters]


def _said(name: str, parameter: Parameter, value: object) -> object | None:
    """The value in this parameter; None where it has no place for it."""
    if name == "duration":
        return _length(parameter, value)
    if name == "voice":
        return _choice(parameter, GENDERS.get(value, ""))
    if name == "aspect_ratio":
        return _choice(parameter, str(value)) or _choice(parameter, SHAPES.get(str(value), ""))
    if name == "resolution":
        found = _choice(parameter, str(value)) or _choice(parameter, str(value).rstrip("p"))
        is_factor = parameter.name == "upscale_factor"
        return found or (_choice(parameter, FACTORS.get(str(value), "")) if is_factor else None)
    return _BY_TYPE[parameter.type](parameter, value) if parameter.type in _BY_TYPE else None


def _length(parameter: Parameter, value: object) -> object | None:
    """The length, or the nearest one the model can make, in the form it wants."""
    if not isinstance(value, (int, float)):
        return None
    if parameter.values:
        lengths = [one for one in parameter.values if WHOLE_SECONDS.fullmatch(str(one))]
        return min(lengths, key=lambda one: abs(float(one) - value), default=None)
    low, high = parameter.minimum, parameter.maximum
    seconds = max(low if low is not None else value, min(high if high is not None else value, value))
    whole = int(seconds) if float(seconds).is_integer() or parameter.type is ParameterType.INTEGER else seconds
    return str(whole) if parameter.type in {ParameterType.STRING, ParameterType.NUMERIC_TEXT} else whole


def _is_exact(said: object, value: object) -> bool:
    return isinstance(value, (int, float)) and float(str(said)) == float(value)


def _choice(parameter: Parameter, wanted: object) -> object | None:
    """The value of an enum that means this, letter case aside."""
    text = str(wanted).casefold()
    return next((one for one in parameter.values if str(one).casefold() == text), None) if text else None


def _number(parameter: Parameter, value: object) -> object | None:
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    too_many = parameter.maximum is not None and value > parameter.maximum
    too_few = parameter.minimum is not None and value < parameter.minimum
    return None if too_many or too_few else value


def _switch(_parameter: Parameter, value: object) -> object | None:
    return value if isinstance(value, bool) else None


def _text(_parameter: Parameter, value: object) -> object | None:
    return value if isinstance(value, str) else None


_BY_TYPE: Final[Mapping[ParameterType, Callable[[Parameter, object], object | None]]] = {
    ParameterType.ENUM: _choice,
    ParameterType.BOOLEAN: _switch,
    ParameterType.INTEGER: _number,
    ParameterType.NUMBER: _number,
    ParameterType.STRING: _text,
}
