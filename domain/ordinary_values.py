"""What a model is to be informed where it demands a value, has no default and the person did not care."""

from collections.abc import Collection, Mapping
from typing import Final

from domain.media import MediaKind
from domain.model import Model, ModelType, Parameter, ParameterType
from domain.parameter_roles import is_free_text, prompt_parameter, task_parameter

ORDINARY_SECONDS: Final = 5
PREFERRED: Final[Mapping[str, tuple[str, ...]]] = {
    "resolution": ("720p", "768p", "1k"),
    "quality": ("720p", "basic", "medium"),
    "mode": ("std", "720p"),
}
"""What most people take where there is a choice, letter case aside."""
SHAPES: Final[Mapping[MediaKind, tuple[str, ...]]] = {
    MediaKind.IMAGE: ("auto", "1:1"),
    MediaKind.VIDEO: ("auto", "adaptive", "16:9"),
}
WITH_FILES: Final[Mapping[ModelType, str]] = {
    ModelType.LIP_SYNC: "The person speaks naturally, looking at the camera",
    ModelType.SPEECH_TO_VIDEO: "The person speaks naturally, looking at the camera",
    ModelType.IMAGE_TO_VIDEO: "Natural, gentle movement",
}
"""What is said to models that demand words where the files say it all."""


def ordinary_values(model: Model, *, leave: Collection[str] = ()) -> dict[str, object]:
    """Values for what is required and has no default: an ordinary shape, length and quality.

    Words, files and what is called as one of ``leave`` stay open.
    """
    own = {one.name for one in (prompt_parameter(model), task_parameter(model)) if one is not None}
    values: dict[str, object] = {}
    for one in model.parameters.values():
        is_open = one.name in own or one.media is not None or is_free_text(one)
        is_demanded = one.required and not one.has_default and one.name not in leave
        if is_demanded and (not is_open or one.name == "duration"):
            value = _value(model, one)
            if value is not None:
                values[one.name] = value
    return values


def ordinary_prompt(model: Model) -> str:
    """Words for a model that demands some where the files say it all; empty for other models."""
    prompt = prompt_parameter(model)
    return WITH_FILES.get(model.type, "") if prompt is not None and prompt.required else ""


def _value(model: Model, parameter: Parameter) -> object | None:
    if parameter.name == "duration":
        return _seconds(parameter)
    if parameter.values:
        wanted = SHAPES.get(model.output, ()) if "ratio" in parameter.name else PREFERRED.get(parameter.name, ())
        chosen = (value for one in wanted for value in parameter.values if str(value).casefold() == one)
        return next(chosen, parameter.values[0])
    if parameter.type in {ParameterType.INTEGER, ParameterType.NUMBER} and parameter.minimum is not None:
        return parameter.minimum
    return None


def _seconds(parameter: Parameter) -> object:
    if parameter.values:
        return min(parameter.values, key=lambda one: abs(float(one) - ORDINARY_SECONDS))
    low = parameter.minimum if parameter.minimum is not None else ORDINARY_SECONDS
    seconds = max(int(low), ORDINARY_SECONDS)
    return str(seconds) if parameter.type in {ParameterType.STRING, ParameterType.NUMERIC_TEXT} else seconds
