"""What a parameter is for: the words, the files, the earlier task, the seed; and what belongs on the first page of a form."""

import re
from collections.abc import Sequence
from typing import Final

from domain.model import Model, Parameter, ParameterType
from domain.stated_values import NAMES, SHAPES

PROMPT: Final = "prompt"
"""What most models call the person's own words."""
TASK_ID_NAMES: Final = frozenset({"task_id", "taskid"})
"""Parameters that name an earlier task of the same provider (``kie/README.md``, 2026-11-24), letter case aside."""
SONG_ID_NAMES: Final = frozenset({"audio_id"})
"""Parameters that name one song of an earlier task (``config/registry``, 2026-11-29)."""
SEED_NAMES: Final = frozenset({"seed", "seeds"})
"""What models call the number that makes a run repeatable (``config/registry``, 2026-11-24)."""
SWITCH_NAMES: Final = frozenset({"enable_safety_checker", "nsfw_checker"})
"""Switches of the makers' and of KIE's own content filter (``config/registry``, 2026-11-24)."""
SHAPE: Final = ("duration", "aspect_ratio")
FORMAT: Final = re.compile(r"\d+[:x]\d+")


def is_free_text(parameter: Parameter) -> bool:
    """Return whether a person writes words into it: no address and no choice."""
    return parameter.type is ParameterType.STRING and parameter.media is None and not parameter.is_url


def takes_files(parameter: Parameter) -> bool:
    """Return whether a file can be its value."""
    return parameter.media is not None and parameter.type in {ParameterType.STRING, ParameterType.ARRAY}


def prompt_parameter(model: Model) -> Parameter | None:
    """Return what plain words go into: the parameter called so, else the first required text. None: the model takes no words."""
    texts = [parameter for parameter in model.parameters.values() if is_free_text(parameter)]
    named = [parameter for parameter in texts if parameter.name == PROMPT]
    return next(iter(named or [parameter for parameter in texts if parameter.required]), None)


def task_parameter(model: Model) -> Parameter | None:
    """Return where the model takes an earlier task's id; None where it takes none."""
    return next((one for one in model.parameters.values() if one.name.lower() in TASK_ID_NAMES), None)


def song_parameter(model: Model) -> Parameter | None:
    """Return where the model takes the id of one song of an earlier task; None where it takes none."""
    return next((one for one in model.parameters.values() if one.name in SONG_ID_NAMES), None)


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
    """Return the first page of a form: what may be required, the prompt, length and format. In registry order."""
    names = {parameter.name for parameter in model.parameters.values() if parameter.required or parameter.required_when}
    names |= {name for group in model.at_least_one for name in group}
    names |= {name for variant in model.variants for name in variant.required}
    if prompt := prompt_parameter(model):
        names.add(prompt.name)
    names |= {one.name for one in shape_parameters(model)}
    return [parameter for parameter in model.parameters.values() if parameter.name in names]


def optional_parameters(model: Model) -> Sequence[Parameter]:
    """Return the other pages of a form. In registry order."""
    first = {parameter.name for parameter in essential_parameters(model)}
    return [parameter for parameter in model.parameters.values() if parameter.name not in first]


def item_fields(parameter: Parameter) -> Parameter | None:
    """Return what describes one item of a list of objects; None where the items have no fields that the registry knows."""
    item = parameter.items if parameter.type is ParameterType.ARRAY else None
    return item if item and item.type is ParameterType.OBJECT and item.fields else None
