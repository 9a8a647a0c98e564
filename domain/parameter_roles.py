"""What a parameter is for: the words, the files, the earlier task, the seed, the content filter.

Also what belongs on the first page of a form, and an ordinary value for what a model demands.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from domain.media import MediaKind
from domain.model import Model, ModelType, Parameter, ParameterType
from domain.reference_set import CHARACTER_IDS
from domain.stated_values import NAMES, SHAPES

PROMPT: Final = "prompt"
"""What most models call the person's own words."""
TASK_ID_NAMES: Final = frozenset({"task_id", "taskid"})
"""Parameters that name an earlier task of the same provider (``kie/README.md``, 2026-11-24), letter case aside."""
SONG_ID_NAMES: Final = frozenset({"audio_id"})
"""Parameters that name one song of an earlier task (``config/registry``, 2026-11-29)."""
MADE_CHARACTERS: Final = "character_id_list"
"""The parameter that takes characters which earlier tasks have made (``config/registry``, Sora 2, 2026-11-30)."""
VOICE_ID_NAMES: Final = frozenset({"persona_id"})
"""Parameters that take a voice or a persona which an earlier task has made (``config/registry``, Suno, 2026-11-29)."""
CLIP_ID_NAMES: Final = frozenset({"extension_task_id"})
"""Parameters that name the task of an earlier clip, and that no form asks for (``config/registry``, Seedance, 2026-11-30)."""
UNFILLABLE_NAMES: Final = frozenset({"audio_ids", "extension_task_id"})
"""Ids of the provider's that nothing here makes or shows to people: voices of Omni, the task of an earlier Seedance clip
(``config/registry``, 2026-11-30). A program that has such an id of its own may send it; no form asks a person for it."""
_OF_EARLIER: Final = frozenset({*SONG_ID_NAMES, *VOICE_ID_NAMES, *CLIP_ID_NAMES, MADE_CHARACTERS, CHARACTER_IDS})
SCALE_NAMES: Final = frozenset({"upscale_factor"})
"""What models call the number of times by which they enlarge a picture (``config/registry``, 2026-11-29)."""
SEED_NAMES: Final = frozenset({"seed", "seeds"})
"""What models call the number that makes a run repeatable (``config/registry``, 2026-11-24)."""
SWITCH_NAMES: Final = frozenset({"enable_safety_checker", "nsfw_checker"})
"""Switches of the makers' and of KIE's own content filter (``config/registry``, 2026-11-24)."""
SHAPE: Final = ("duration", "aspect_ratio")
FORMAT: Final = re.compile(r"\d+[:x]\d+")
ORDINARY_SECONDS: Final = 5
PREFERRED: Final[Mapping[str, tuple[str, ...]]] = {
    "resolution": ("720p", "768p", "1k"),
    "quality": ("720p", "basic", "medium"),
    "mode": ("std", "720p"),
}
"""What most people take where there is a choice, letter case aside."""
ORDINARY_SHAPES: Final[Mapping[MediaKind, tuple[str, ...]]] = {
    MediaKind.IMAGE: ("auto", "1:1"),
    MediaKind.VIDEO: ("auto", "adaptive", "16:9"),
}
WITH_FILES: Final[Mapping[ModelType, str]] = {
    ModelType.LIP_SYNC: "The person speaks naturally, looking at the camera",
    ModelType.SPEECH_TO_VIDEO: "The person speaks naturally, looking at the camera",
    ModelType.IMAGE_TO_VIDEO: "Natural, gentle movement",
}
"""What is said to models that demand words where the files say it all."""
ADULT_VALUES: Final = frozenset({"spicy"})
"""Modes made for adults: Grok Imagine has one, called so."""


def is_free_text(parameter: Parameter) -> bool:
    """Return whether a person writes words into it: no address and no choice."""
    return parameter.type is ParameterType.STRING and parameter.media is None and not parameter.is_url


def takes_files(parameter: Parameter) -> bool:
    """Return whether a file can be its value."""
    return parameter.media is not None and parameter.type in {ParameterType.STRING, ParameterType.ARRAY}


def prompt_parameter(model: Model) -> Parameter | None:
    """Return what plain words go into: the parameter called so, else the first required text that is no id of an earlier result.
    None: the model takes no words."""
    texts = [one for one in model.parameters.values() if is_free_text(one) and not _is_of_earlier(one.name)]
    named = [parameter for parameter in texts if parameter.name == PROMPT]
    return next(iter(named or [parameter for parameter in texts if parameter.required]), None)


def task_parameter(model: Model) -> Parameter | None:
    """Return where the model takes an earlier task's id; None where it takes none."""
    return next((one for one in model.parameters.values() if one.name.lower() in TASK_ID_NAMES), None)


def song_parameter(model: Model) -> Parameter | None:
    """Return where the model takes the id of one song of an earlier task; None where it takes none."""
    return next((one for one in model.parameters.values() if one.name in SONG_ID_NAMES), None)


def ids_in(model: Model, values: Mapping[str, object]) -> Sequence[tuple[Parameter, str]]:
    """Return the ids in an input that one account of the provider alone knows, each with its parameter: of tasks, songs,
    voices, characters. What is no text is no id.

    ``audio_ids`` is not looked at: nothing here makes such voices, so that no one can tell whose they are.
    """
    return [
        (model.parameters[name], one)
        for name, value in values.items()
        if name in model.parameters and _is_of_earlier(name)
        for one in _listed(value)
        if isinstance(one, str) and one
    ]


def _is_of_earlier(name: str) -> bool:
    return name in _OF_EARLIER or name.lower() in TASK_ID_NAMES


def _listed(value: object) -> Sequence[object]:
    return value if isinstance(value, list | tuple) else [value]


def content_parameters(model: Model) -> Sequence[Parameter]:
    """Return what can say what is wanted: words, files, earlier tasks, and lists and objects with parts of their own."""
    prompt = prompt_parameter(model)
    nested = {ParameterType.ARRAY, ParameterType.OBJECT}
    return [
        one
        for one in model.parameters.values()
        if _is_of_earlier(one.name)
        or one.media is not None
        or one.type in nested
        or (prompt is not None and is_free_text(one))
    ]


def missing_content(model: Model, values: Mapping[str, object]) -> Sequence[Parameter]:
    """Return what an input could say something with that says nothing: no words, no file, no earlier task; the most usual first.
    Empty where something is said, or the model needs nothing."""
    content = content_parameters(model)
    if any(values.get(one.name) for one in content):  # no number is among them
        return []
    prompt = prompt_parameter(model)
    return sorted(content, key=lambda one: one != prompt)


def picture_parameter(model: Model) -> Parameter | None:
    """Return where the model takes the one picture that it needs; None where it needs none, or several files."""
    needed = [one for one in model.parameters.values() if takes_files(one) and one.required]
    return needed[0] if len(needed) == 1 and needed[0].media is MediaKind.IMAGE and needed[0].items is None else None


def scale_parameter(model: Model) -> Parameter | None:
    """Return how many times the model enlarges what it is given; None where that is not chosen."""
    return next((one for one in model.parameters.values() if one.name in SCALE_NAMES), None)


def seed_parameter(model: Model) -> Parameter | None:
    """Return the model's seed; None where it has none to choose."""
    return next((one for one in model.parameters.values() if one.name in SEED_NAMES), None)


def safety_switches(model: Model) -> Sequence[Parameter]:
    """Return the switches with which the model checks what it makes."""
    return [one for one in model.parameters.values() if one.name in SWITCH_NAMES and one.type is ParameterType.BOOLEAN]


def shape_parameters(model: Model) -> Sequence[Parameter]:
    """Return where the length and the format are chosen, as far as the model has them."""
    there = {name: [model.parameters[one] for one in NAMES[name] if one in model.parameters] for name in SHAPE}
    found = [*there["duration"], *(one for one in there["aspect_ratio"] if any(map(_is_format, one.values)))]
    return [one for number, one in enumerate(found) if one not in found[:number]]


def _is_format(value: object) -> bool:
    return FORMAT.fullmatch(str(value)) is not None or str(value) in SHAPES.values()


def essential_parameters(model: Model) -> Sequence[Parameter]:
    """Return the first page of a form: what may be required or what says something, the prompt, length and format. In registry
    order."""
    names = {parameter.name for parameter in model.parameters.values() if parameter.required or parameter.required_when}
    names |= {name for group in model.at_least_one for name in group}
    names |= {name for variant in model.variants for name in variant.required}
    if prompt := prompt_parameter(model):
        names.add(prompt.name)
    if not names:
        names |= {one.name for one in missing_content(model, {})[:1]}
    names |= {one.name for one in shape_parameters(model)}
    return [parameter for parameter in model.parameters.values() if parameter.name in names]


def optional_parameters(model: Model) -> Sequence[Parameter]:
    """Return the other pages of a form, without what no one can fill. In registry order."""
    first = {parameter.name for parameter in essential_parameters(model)} | UNFILLABLE_NAMES
    return [parameter for parameter in model.parameters.values() if parameter.name not in first]


def item_fields(parameter: Parameter) -> Parameter | None:
    """Return what describes one item of a list of objects; None where the items have no fields that the registry knows."""
    item = parameter.items if parameter.type is ParameterType.ARRAY else None
    return item if item and item.type is ParameterType.OBJECT and item.fields else None


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
        wanted = (
            ORDINARY_SHAPES.get(model.output, ()) if "ratio" in parameter.name else PREFERRED.get(parameter.name, ())
        )
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


def is_unchecked(values: Mapping[str, object]) -> bool:
    """Whether an input asks for results that no one checked, or for adult ones."""
    unchecked = any(values.get(name) is False for name in SWITCH_NAMES)
    return unchecked or any(value in ADULT_VALUES for value in values.values() if isinstance(value, str))
