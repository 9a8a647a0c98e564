"""How a model's parameters are laid out for a person, and what they type or send is put into."""

import json
from collections.abc import Mapping, Sequence
from typing import Final

from adapters.telegram.bot.paging import ROWS
from domain.draft import Draft
from domain.media import Attachment, MediaKind
from domain.model import Model, Parameter, ParameterType
from domain.parameter_roles import safety_switches, task_parameter

FILES_AT_MOST: Final = 10
"""Of a list of media whose limit nobody knows."""
_PROMPT: Final = "prompt"
"""What most models call the person's own words."""


def prompt_parameter(model: Model) -> Parameter | None:
    """What plain text goes into: the parameter called so, else the first required text. None: the model takes no words."""
    texts = [parameter for parameter in model.parameters.values() if is_free_text(parameter)]
    named = [parameter for parameter in texts if parameter.name == _PROMPT]
    return next(iter(named or [parameter for parameter in texts if parameter.required]), None)


def is_free_text(parameter: Parameter) -> bool:
    """Whether a person writes words into it, no address and no choice."""
    return parameter.type is ParameterType.STRING and parameter.media is None and not parameter.is_url


def essential(model: Model) -> Sequence[Parameter]:
    """The first page: what may be required, then the prompt. In registry order."""
    names = {parameter.name for parameter in model.parameters.values() if parameter.required or parameter.required_when}
    names |= {name for group in model.at_least_one for name in group}
    names |= {name for variant in model.variants for name in variant.required}
    if prompt := prompt_parameter(model):
        names.add(prompt.name)
    return [parameter for parameter in model.parameters.values() if parameter.name in names]


def optional(model: Model) -> Sequence[Parameter]:
    """The rest, under "More"."""
    first = {parameter.name for parameter in essential(model)}
    return [parameter for parameter in model.parameters.values() if parameter.name not in first]


def screen_under_more(model: Model, parameter: Parameter) -> int:
    """On which screen of "More" it stands, from 0."""
    return list(optional(model)).index(parameter) // ROWS


def new_values(model: Model, *, safe: bool) -> Mapping[str, object]:
    """What a new card holds: required switches without a default, off, so that they need no press; content filters."""
    switches = [one for one in model.parameters.values() if one.type is ParameterType.BOOLEAN]
    plain = {one.name: False for one in switches if one.required and not one.has_default}
    return plain | content_filters(model, safe=safe)


def content_filters(model: Model, *, safe: bool) -> dict[str, object]:
    """As the person wants them (``safe``: on), said plainly, since providers have defaults of their own."""
    return {one.name: safe for one in safety_switches(model)}


def as_last_time(model: Model, values: Mapping[str, object], last: Mapping[str, object]) -> Mapping[str, object]:
    """The values with those of the last wish for the same model; the words, files and task given this time stay."""
    prompt, task = prompt_parameter(model), task_parameter(model)
    own = {one.name for one in model.parameters.values() if one.media is not None or one in (prompt, task)}
    kept = {name: value for name, value in last.items() if name in model.parameters}
    if task:
        kept.pop(task.name, None)
    return {**values, **kept, **{name: value for name, value in values.items() if name in own}}


def takes_files(parameter: Parameter) -> bool:
    """Whether a file sent to the chat can be its value."""
    return parameter.media is not None and parameter.type in {ParameterType.STRING, ParameterType.ARRAY}


def with_file(model: Model, draft: Draft, file: Attachment, *, replace: bool = True) -> Mapping[str, object] | None:
    """The values with the file in the parameter being asked for, else in the first that takes its kind and has room.

    With ``replace`` a new file takes the place of the one in the single slot being asked for, and in a full one where no
    other slot has room. None: nothing here takes it.
    """
    slots = _slots(model, file.kind)
    if replace and any(slot.name == draft.expecting and slot.type is ParameterType.STRING for slot in slots):
        return {**draft.values, str(draft.expecting): file}
    slots.sort(key=lambda parameter: parameter.name != draft.expecting)
    for parameter in slots:
        if (filled := _put(parameter, draft.values.get(parameter.name), file)) is not None:
            return {**draft.values, parameter.name: filled}
    single = [parameter for parameter in slots if parameter.type is ParameterType.STRING]
    return {**draft.values, single[0].name: file} if single and replace else None


def room_for(model: Model, kind: MediaKind) -> int:
    """How many files of the kind the model takes in all."""
    return sum(
        1 if slot.type is ParameterType.STRING else int(slot.maximum or FILES_AT_MOST) for slot in _slots(model, kind)
    )


def with_text(model: Model, draft: Draft, text: str) -> Mapping[str, object] | None:
    """The values with the text in the parameter being asked for, else in the prompt. None: nothing takes words.

    Where a file is asked for, only a link is one; other words are meant for the prompt.
    """
    parameter = model.parameters.get(draft.expecting or "")
    if parameter is None or (takes_files(parameter) and "://" not in text):
        parameter = prompt_parameter(model)
    if parameter is None:
        return None
    return {**draft.values, parameter.name: _from_text(parameter, text, draft.values.get(parameter.name))}


def choice(parameter: Parameter, text: str) -> object | None:
    """The value of an enum that the text names, letter case ignored."""
    wanted = text.strip().casefold()
    return next((value for value in parameter.values if str(value).casefold() == wanted), None)


def files_in(values: Mapping[str, object]) -> list[Attachment]:
    """Every file among the values."""
    lists = [list(value) if isinstance(value, (list, tuple)) else [value] for value in values.values()]
    return [item for items in lists for item in items if isinstance(item, Attachment)]


def _slots(model: Model, kind: MediaKind) -> list[Parameter]:
    ordered = [*essential(model), *optional(model)]
    return [parameter for parameter in ordered if takes_files(parameter) and parameter.media is kind]


def _put(parameter: Parameter, value: object, file: Attachment) -> object | None:
    if parameter.type is ParameterType.STRING:
        return file if value is None else None
    items = as_list(value)
    room = len(items) < (parameter.maximum or FILES_AT_MOST)
    return [*items, file] if room else None


def _from_text(parameter: Parameter, text: str, value: object) -> object:
    if parameter.type is ParameterType.ENUM:
        chosen = choice(parameter, text)
        return text if chosen is None else chosen
    if parameter.type is ParameterType.OBJECT or (parameter.items and parameter.items.type is ParameterType.OBJECT):
        return _from_json(text)
    if parameter.type is ParameterType.ARRAY and parameter.media is not None:
        return [*as_list(value), *text.split()]
    return text


def _from_json(text: str) -> object:
    """What the JSON says; other words as they are, for validation to say what is wrong."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def as_list(value: object) -> list[object]:
    """What a list parameter holds, however it was given."""
    if value is None:
        return []
    return list(value) if isinstance(value, (list, tuple)) else [value]
