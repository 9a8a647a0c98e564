"""What words, files and earlier values do to the values of a draft. Pure: values in, the next values out."""

import json
from collections.abc import Mapping, Sequence
from typing import Final

from attrs import field, frozen

from application.drafts.generation_history import GenerationHistoryReader
from application.drafts.measure_files import MeasureFiles
from domain.media import Attachment, MediaKind
from domain.model import Model, ModelType, Parameter, ParameterType
from domain.parameter_roles import (
    essential_parameters,
    optional_parameters,
    prompt_parameter,
    safety_switches,
    song_parameter,
    takes_files,
    task_parameter,
)
from domain.preferences import Preferences
from domain.price import priced_files
from domain.stated_values import fill_stated

Values = Mapping[str, object]
"""Raw values by parameter, as they will go to validation; an ``Attachment`` may be among them."""
FILES_AT_MOST: Final = 10
"""How many files a list of media takes whose limit the registry does not know."""
OF_WORDS: Final = frozenset({ModelType.TEXT_TO_IMAGE, ModelType.TEXT_TO_VIDEO})


def new_values(model: Model, *, safe: bool) -> dict[str, object]:
    """Return what a new draft holds: required switches without a default, off, so that no one must set them; content filters."""
    switches = [one for one in model.parameters.values() if one.type is ParameterType.BOOLEAN]
    plain: dict[str, object] = {one.name: False for one in switches if one.required and not one.has_default}
    return plain | content_filters(model, safe=safe)


def content_filters(model: Model, *, safe: bool) -> dict[str, object]:
    """Return the model's content filters, on where ``safe``. Sent in any case, since providers have defaults of their own."""
    return {one.name: safe for one in safety_switches(model)}


def as_last_time(model: Model, values: Values, last: Values) -> Values:
    """Return the values with those of the last generation of the same model. Words, files and task of this draft stay."""
    prompt, task = prompt_parameter(model), task_parameter(model)
    own = {one.name for one in model.parameters.values() if one.media is not None or one in (prompt, task)}
    kept = {name: value for name, value in last.items() if name in model.parameters}
    if task:
        kept.pop(task.name, None)
    return {**values, **kept, **{name: value for name, value in values.items() if name in own}}


def with_file(
    model: Model, values: Values, file: Attachment, *, asked: str | None = None, replace: bool = True
) -> Values | None:
    """Return the values with the file in the parameter ``asked`` for, else in the first that takes its kind and has room.

    With ``replace`` a new file takes the place of the one in the single slot being asked for, and in a full one where no
    other slot has room. None: nothing takes it.
    """
    slots = _slots(model, file.kind)
    if replace and any(slot.name == asked and slot.type is ParameterType.STRING for slot in slots):
        return {**values, str(asked): file}
    slots.sort(key=lambda parameter: parameter.name != asked)
    for parameter in slots:
        if (filled := _put(parameter, values.get(parameter.name), file)) is not None:
            return {**values, parameter.name: filled}
    single = [parameter for parameter in slots if parameter.type is ParameterType.STRING]
    return {**values, single[0].name: file} if single and replace else None


def with_link(model: Model, values: Values, kind: MediaKind, url: str) -> Values:
    """Return the values with the link to a file where a file of its kind would go; unchanged where there is no room."""
    for slot in _slots(model, kind):
        held = values.get(slot.name)
        if slot.type is ParameterType.STRING and held is None:
            return {**values, slot.name: url}
        if slot.type is ParameterType.ARRAY and len(as_list(held)) < (slot.maximum or FILES_AT_MOST):
            return {**values, slot.name: [*as_list(held), url]}
    return values


def with_text(model: Model, values: Values, text: str, *, asked: str | None = None) -> Values | None:
    """Return the values with the text in the parameter ``asked`` for, else in the prompt. None: nothing takes words.

    Where a file is asked for, only a link is one; other words are meant for the prompt.
    """
    parameter = model.parameters.get(asked or "")
    if parameter is None or (takes_files(parameter) and "://" not in text):
        parameter = prompt_parameter(model)
    if parameter is None:
        return None
    return {**values, parameter.name: _from_text(parameter, text, values.get(parameter.name))}


def with_all(model: Model, values: Values, text: str, files: Sequence[Attachment]) -> Values:
    """Return the values with the words, and with as many of the files as the model takes, the first ones first."""
    for file in files:
        values = with_file(model, values, file, replace=False) or values
    return (with_text(model, values, text) if text else None) or values


def room_for(model: Model, kind: MediaKind) -> int:
    """Return how many files of the kind the model takes in all."""
    return sum(
        1 if slot.type is ParameterType.STRING else int(slot.maximum or FILES_AT_MOST) for slot in _slots(model, kind)
    )


def choice(parameter: Parameter, text: str) -> object | None:
    """Return the value of an enum that the text names, letter case ignored; None where it names none."""
    wanted = text.strip().casefold()
    return next((value for value in parameter.values if str(value).casefold() == wanted), None)


def files_in(values: Values) -> list[Attachment]:
    """Return every file among the values."""
    lists = [list(value) if isinstance(value, (list, tuple)) else [value] for value in values.values()]
    return [item for items in lists for item in items if isinstance(item, Attachment)]


def words_in(model: Model, values: Values) -> str:
    """Return the words among the values: what stands in the model's prompt, or nothing."""
    prompt = prompt_parameter(model)
    words = values.get(prompt.name) if prompt else None
    return words if isinstance(words, str) else ""


def as_list(value: object) -> list[object]:
    """Return what a list parameter holds, however it was given."""
    if value is None:
        return []
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _slots(model: Model, kind: MediaKind) -> list[Parameter]:
    ordered = [*essential_parameters(model), *optional_parameters(model)]
    return [parameter for parameter in ordered if takes_files(parameter) and parameter.media is kind]


def _put(parameter: Parameter, value: object, file: Attachment) -> object | None:
    if parameter.type is ParameterType.STRING:
        return file if value is None else None
    items = as_list(value)
    has_room = len(items) < (parameter.maximum or FILES_AT_MOST)
    return [*items, file] if has_room else None


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


@frozen(kw_only=True)
class DraftContent:
    """What a person gave for a draft: words, files, and values that are known already."""

    text: str = field(default="", repr=False)
    files: Sequence[Attachment] = ()
    values: Values = field(factory=dict, repr=False)


@frozen(kw_only=True)
class PrepareValues:
    """Switches, content filters as the person wants them, their words and files, and the newest result to continue."""

    _history: GenerationHistoryReader
    _measure: MeasureFiles

    async def __call__(self, model: Model, preferences: Preferences, content: DraftContent) -> Values:
        """Return the values for this model. Raises ``StoreUnavailable``."""
        values = with_all(model, dict(content.values), content.text, content.files)
        values = {**new_values(model, safe=preferences.safe), **_of_taste(model, preferences), **values}
        sources = [one for one in (task_parameter(model), song_parameter(model)) if one and one.required]
        if sources and not any(one.name in values for one in sources):
            tasks = await self._history.tasks(preferences.user, model)
            values |= (self._history.to_continue(model, tasks[0]) or {}) if tasks else {}
        if values and priced_files(model):  # else no price depends on more than the values
            values = await self._measure(preferences.user, model, values)
        return values


def _of_taste(model: Model, preferences: Preferences) -> Values:
    """The person's own shape for what is made of words; what is made of a file has that of the file."""
    if preferences.aspect_ratio is None or model.type not in OF_WORDS:
        return {}
    return fill_stated(model, {"aspect_ratio": preferences.aspect_ratio}).values
