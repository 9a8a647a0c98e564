"""Valid inputs of any model, made from its parameters alone: for the sanity check, tests and journeys."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from attrs import frozen

from domain.media import MediaKind
from domain.model import InputVariant, Model, Parameter, ParameterType
from domain.parameter_roles import TASK_ID_NAMES
from domain.sample_rules import obeying
from domain.validation.rules import compile_sends

FileOf = Callable[[MediaKind], object]
"""Gives a URL or an ``Attachment`` of a kind; ``file`` is a document or a page, of no kind the registry names."""

PROMPT: Final = "A red fox in snow"
SOME_TASK: Final = "0" * 32
"""Stands for an earlier task's id (32 hex digits, ``kie/API.md`` §2) where there is none: valid to us, unknown to the provider."""

EXAMPLES: Final[Mapping[str, str]] = {r"^#[0-9A-Fa-f]{6}$": "#1a2b3c", r"^\d{1,3}\.\d{2}%$": "25.00%"}
"""A text for each pattern of the registry; a test holds that none is missing."""


def minimal_input(model: Model, file_of: FileOf, *, task_id: str = SOME_TASK) -> dict[str, object]:
    """The least the model takes: what is required, the first form of input that needs no earlier task, one of each group."""
    variant = min(model.variants, key=lambda one: _names_task(one.required), default=None)
    wanted = {name for name, parameter in model.parameters.items() if parameter.required}
    wanted |= variant.required if variant else frozenset()
    for group in model.at_least_one:
        if not wanted & group:
            wanted.add(next(name for name in model.parameters if name in group))
    return _Maker(file_of=file_of, task_id=task_id, full=False).input(model, variant, wanted)


def full_input(model: Model, file_of: FileOf, *, task_id: str = SOME_TASK) -> dict[str, object]:
    """Every parameter the model takes at once (in the last form of input), each at the upper end."""
    variant = model.variants[-1] if model.variants else None
    wanted = variant.fields if variant else frozenset(model.parameters)
    return _Maker(file_of=file_of, task_id=task_id, full=True).input(model, variant, wanted)


def _names_task(names: Iterable[str]) -> bool:
    return any(name.lower() in TASK_ID_NAMES for name in names)


@frozen(kw_only=True)
class _Maker:
    """Makes values, each at the lower end or (``full``) at the upper end of what is allowed."""

    file_of: FileOf
    task_id: str
    full: bool

    def input(self, model: Model, variant: InputVariant | None, wanted: set[str] | frozenset[str]) -> dict[str, object]:
        narrowed = {**model.parameters, **(variant.parameters if variant else {})}
        values = {name: self.value(narrowed[name]) for name in model.parameters if name in wanted}
        values = obeying(model, values, lambda name: self.value(narrowed[name]))
        add_sends = compile_sends(model)
        if add_sends is not None:
            add_sends(values)
        return {name: values[name] for name in model.parameters if name in values}

    def value(self, parameter: Parameter) -> object:
        if parameter.name.lower() in TASK_ID_NAMES:
            return self.task_id
        if not self.full and parameter.has_default and (not parameter.values or parameter.default in parameter.values):
            return parameter.default
        if parameter.values:
            return parameter.values[-1 if self.full else 0]
        match parameter.type:
            case ParameterType.STRING:
                return self._text(parameter)
            case ParameterType.BOOLEAN:
                return self.full
            case ParameterType.INTEGER:
                return int(self._number(parameter))
            case ParameterType.NUMERIC_TEXT:
                return str(self._number(parameter))
            case ParameterType.ARRAY:
                return self._items(parameter)
            case ParameterType.OBJECT:
                return {one.name: self.value(one) for one in parameter.fields if self.full or one.required}
            case _:
                return self._number(parameter)

    def _text(self, parameter: Parameter) -> object:
        if parameter.is_url:
            return self.file_of(parameter.media or _kind_of(parameter))
        if parameter.pattern is not None:
            return EXAMPLES[parameter.pattern]
        low, high = int(parameter.minimum or 1), int(parameter.maximum or 500)
        length = high if self.full else min(max(low, len(PROMPT)), high)
        return (f"{PROMPT}. " * (length // len(PROMPT) + 1))[:length]

    def _number(self, parameter: Parameter) -> int | float:
        low = parameter.minimum if parameter.minimum is not None else min(1, parameter.maximum or 1)
        high = parameter.maximum if parameter.maximum is not None else max(1, low)
        return high if self.full else low

    def _items(self, parameter: Parameter) -> list[object]:
        low = int(parameter.minimum or 1)
        count = int(parameter.maximum or max(2, low)) if self.full else low
        return [self.value(parameter.items) for _ in range(count)] if parameter.items else []


def _kind_of(parameter: Parameter) -> MediaKind:
    """What a parameter takes that says it by its MIME types alone."""
    return MediaKind.of_mime(parameter.accepted[0]) if parameter.accepted else MediaKind.FILE
