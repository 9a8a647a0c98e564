"""Use case: a model as a form that any front end can draw."""

from collections.abc import Sequence
from enum import StrEnum

from attrs import field, frozen

from application.errors import ModelGone
from application.ports.model_catalog import ModelCatalog
from domain.media import MediaKind
from domain.model import NO_DEFAULT, Model, Parameter, ParameterType, Scalar
from domain.number_steps import number_step
from domain.parameter_roles import (
    SWITCH_NAMES,
    UNFILLABLE_NAMES,
    essential_parameters,
    is_free_text,
    item_fields,
    prompt_parameter,
    seed_parameter,
    takes_files,
    task_parameter,
)


class FieldKind(StrEnum):
    """How a value is given.

    ``lines`` are values of a list, one a line; ``items`` a list of objects with ``fields`` of their own; ``link`` an address
    that is no file; ``json`` what the registry knows no better form for.
    """

    TEXT = "text"
    LINK = "link"
    CHOICE = "choice"
    SWITCH = "switch"
    NUMBER = "number"
    FILE = "file"
    FILES = "files"
    LINES = "lines"
    ITEMS = "items"
    TASK = "task"
    JSON = "json"


class FieldRole(StrEnum):
    """What a field is for, where a front end treats it in a way of its own."""

    NONE = ""
    PROMPT = "prompt"
    FILES = "files"
    SEED = "seed"
    TASK = "task"
    FILTER = "filter"


@frozen(kw_only=True)
class FormField:
    """One field. ``name`` is the parameter's; ``about`` what the registry says of it, in English.

    ``is_essential`` fields are the first page. ``minimum`` and ``maximum`` bound the length of a text, the number of a
    list's items, or a number itself; None is an unknown limit. ``default`` is ``NO_DEFAULT`` where there is none.
    """

    name: str
    kind: FieldKind
    role: FieldRole = FieldRole.NONE
    is_essential: bool = False
    is_required: bool = False
    about: str = ""
    default: object = NO_DEFAULT
    choices: tuple[Scalar, ...] = ()
    minimum: int | float | None = None
    maximum: int | float | None = None
    step: float | None = None
    is_whole: bool = False
    media: MediaKind | None = None
    accepted: tuple[str, ...] = ()
    max_file_mb: int | float | None = None
    fields: tuple["FormField", ...] = field(default=())


@frozen(kw_only=True)
class ModelForm:
    """A model's fields in registry order, on two pages."""

    model: Model
    fields: Sequence[FormField]

    @property
    def essential(self) -> Sequence[FormField]:
        """The first page: what may be required, and the prompt."""
        return [one for one in self.fields if one.is_essential]

    @property
    def optional(self) -> Sequence[FormField]:
        """The other page."""
        return [one for one in self.fields if not one.is_essential]


@frozen(kw_only=True)
class DescribeModel:
    """Every front end draws its forms from this; the rules about them are nowhere else."""

    _catalog: ModelCatalog

    def __call__(self, name: str) -> ModelForm:
        """Return the form of the model of this id or alias. Raises ModelGone."""
        model = self._catalog.find(name)
        if model is None:
            raise ModelGone(name)
        return form_of(model)


def form_of(model: Model) -> ModelForm:
    """Return the form of a model."""
    first = {parameter.name for parameter in essential_parameters(model)}
    fields = [
        _field(parameter, role=_role(model, parameter), is_essential=parameter.name in first)
        for parameter in model.parameters.values()
        if parameter.name not in UNFILLABLE_NAMES
    ]
    return ModelForm(model=model, fields=fields)


def _field(parameter: Parameter, *, role: FieldRole, is_essential: bool) -> FormField:
    step = number_step(parameter)
    inner = item_fields(parameter)
    return FormField(
        name=parameter.name,
        kind=FieldKind.TASK if role is FieldRole.TASK else _kind(parameter),
        role=role,
        is_essential=is_essential,
        is_required=parameter.required,
        about=parameter.about,
        default=parameter.left_out,
        choices=parameter.values,
        minimum=parameter.minimum,
        maximum=parameter.maximum,
        step=None if step is None else float(step),
        is_whole=parameter.type is ParameterType.INTEGER,
        media=parameter.media,
        accepted=parameter.accepted,
        max_file_mb=parameter.max_file_mb,
        fields=tuple(
            _field(one, role=FieldRole.FILES if takes_files(one) else FieldRole.NONE, is_essential=True)
            for one in (inner.fields if inner else ())
        ),
    )


def _role(model: Model, parameter: Parameter) -> FieldRole:
    if parameter.name in SWITCH_NAMES:
        return FieldRole.FILTER
    if takes_files(parameter):
        return FieldRole.FILES
    roles = {
        FieldRole.PROMPT: prompt_parameter(model),
        FieldRole.TASK: task_parameter(model),
        FieldRole.SEED: seed_parameter(model),
    }
    return next((role for role, found in roles.items() if found == parameter), FieldRole.NONE)


def _kind(parameter: Parameter) -> FieldKind:
    if takes_files(parameter):
        return FieldKind.FILES if parameter.type is ParameterType.ARRAY else FieldKind.FILE
    match parameter.type:
        case ParameterType.ENUM:
            return FieldKind.CHOICE
        case ParameterType.BOOLEAN:
            return FieldKind.SWITCH
        case ParameterType.INTEGER | ParameterType.NUMBER | ParameterType.NUMERIC_TEXT:
            return FieldKind.NUMBER
        case ParameterType.ARRAY:
            return _list_kind(parameter)
        case ParameterType.OBJECT:
            return FieldKind.JSON
        case _:
            return FieldKind.TEXT if is_free_text(parameter) else FieldKind.LINK


def _list_kind(parameter: Parameter) -> FieldKind:
    if item_fields(parameter):
        return FieldKind.ITEMS
    is_nested = parameter.items is not None and parameter.items.type in {ParameterType.OBJECT, ParameterType.ARRAY}
    return FieldKind.JSON if is_nested else FieldKind.LINES
