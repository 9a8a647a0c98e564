"""Values that a wish states, as the parameters of a model have them."""

from collections.abc import Iterator, Mapping
from typing import Final

from domain.model import Model, Parameter, ParameterType

NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "duration": ("duration", "n_frames", "seconds", "video_length"),
    "aspect_ratio": ("aspect_ratio", "image_size", "ratio", "size", "video_aspect_ratio"),
    "resolution": ("resolution", "image_resolution", "output_resolution", "quality", "size"),
    "count": ("num_images", "n", "max_images"),
    "sound": ("sound", "audio", "generate_audio", "generate_audio_switch"),
    "seed": ("seed", "seeds"),
    "style": ("style",),
    "language": ("language", "language_code"),
}
"""What models call each stated value (``config/registry``, 2026-11-29)."""

SHAPES: Final[Mapping[str, tuple[str, ...]]] = {
    "1:1": ("square_hd", "square"),
    "16:9": ("landscape_16_9", "landscape"),
    "9:16": ("portrait_16_9", "portrait"),
    "4:3": ("landscape_4_3",),
    "3:4": ("portrait_4_3",),
}
"""Aspect ratios as words of some models."""


def stated_values(model: Model, stated: Mapping[str, object]) -> Mapping[str, object]:
    """Return the values that the model can take as they were stated; the others are left to the person."""
    values: dict[str, object] = {}
    for name, value in stated.items():
        for parameter in _parameters(model, name):
            if (fitting := _fitting(parameter, value)) is not None:
                values[parameter.name] = fitting
                break
    return values


def _parameters(model: Model, name: str) -> Iterator[Parameter]:
    for wanted in NAMES.get(name, (name,)):
        if (parameter := model.parameters.get(wanted)) is not None and parameter.media is None:
            yield parameter


def _fitting(parameter: Parameter, value: object) -> object | None:
    """The value as the parameter has it; None where it has no such value."""
    match parameter.type:
        case ParameterType.ENUM:
            wanted = {word.casefold() for word in (str(value), f"{value}s", *SHAPES.get(str(value), ()))}
            return next((each for each in parameter.values if str(each).casefold() in wanted), None)
        case ParameterType.BOOLEAN:
            return value if isinstance(value, bool) else None
        case ParameterType.INTEGER | ParameterType.NUMBER | ParameterType.NUMERIC_TEXT:
            return value if _is_within(parameter, value) else None
        case _:
            return None


def _is_within(parameter: Parameter, value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    low, high = parameter.minimum, parameter.maximum
    return (low is None or value >= low) and (high is None or value <= high)
