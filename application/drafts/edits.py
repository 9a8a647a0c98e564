"""The changes that a person makes to the values of a draft. Pure: any front end turns its buttons and fields into these."""

from collections.abc import Mapping
from decimal import Decimal
from functools import singledispatch

from attrs import evolve, frozen

from application.drafts.fill_draft import Values, as_list, with_file, with_text
from application.errors import EditRefused
from domain.media import Attachment
from domain.model import Model, Parameter
from domain.number_steps import current_number, number_step
from domain.parameter_roles import item_fields


@frozen(kw_only=True)
class SetValue:
    """Set a parameter to this value."""

    parameter: str
    value: object


@frozen(kw_only=True)
class SetValues:
    """Set several parameters at once."""

    values: Values


@frozen(kw_only=True)
class ClearValue:
    """Take a parameter's value away."""

    parameter: str


@frozen(kw_only=True)
class ToggleSwitch:
    """Turn a switch over, beginning at its default."""

    parameter: str


@frozen(kw_only=True)
class StepNumber:
    """Move a number one step up or down within its limits."""

    parameter: str
    up: bool


@frozen(kw_only=True)
class AddWords:
    """Put words where they belong: into the parameter ``asked`` for, else into the prompt."""

    text: str
    asked: str | None = None


@frozen(kw_only=True)
class AddFile:
    """Put a file where it belongs; ``replace``: it may take the place of another one."""

    file: Attachment
    asked: str | None = None
    replace: bool = True


@frozen(kw_only=True)
class AddItem:
    """Add an empty item to a list of objects (a line of a dialogue, a shot of a film)."""

    parameter: str


@frozen(kw_only=True)
class RemoveItem:
    """Take an item away from a list; with the last item the list goes, too."""

    parameter: str
    number: int


Edit = SetValue | SetValues | ClearValue | ToggleSwitch | StepNumber | AddWords | AddFile | AddItem | RemoveItem


@frozen(kw_only=True)
class Item:
    """One item of a list of objects: the list's parameter and the item's number from 0."""

    parameter: str
    number: int


def edited(model: Model, values: Values, edit: Edit, *, item: Item | None = None) -> Values:
    """Return the values after an edit; with ``item`` the edit is of that item's fields.

    Raises:
        EditRefused: the model has no such parameter or item, or nothing takes what is added.
    """
    if item is None:
        return _edited(edit, model, values)
    inner = edited(item_model(model, item), item_values(model, values, item), edit)
    return with_item(model, values, item, inner)


def item_model(model: Model, item: Item) -> Model:
    """Return a model that has the fields of one item alone. Raises EditRefused."""
    fields = {field.name: field for field in _fields(model, item.parameter).fields}
    return evolve(model, parameters=fields, variants=(), at_least_one=())


def item_values(model: Model, values: Values, item: Item) -> Values:
    """Return the values of one item. Raises EditRefused where there is no such item (any more)."""
    _fields(model, item.parameter)
    items = as_list(values.get(item.parameter))
    if not 0 <= item.number < len(items):
        raise EditRefused(item.parameter)
    found = items[item.number]
    return found if isinstance(found, Mapping) else {}


def with_item(model: Model, values: Values, item: Item, inner: Values) -> Values:
    """Return the values with one item replaced. Raises EditRefused where there is no such item (any more)."""
    item_values(model, values, item)
    items = as_list(values.get(item.parameter))
    items[item.number] = inner
    return {**values, item.parameter: items}


def has_room(parameter: Parameter, values: Values) -> bool:
    """Return whether another item may be added to the list."""
    return parameter.maximum is None or len(as_list(values.get(parameter.name))) < parameter.maximum


@singledispatch
def _edited(edit: Edit, _model: Model, _values: Values) -> Values:
    raise TypeError(edit)


@_edited.register
def _(edit: SetValue, model: Model, values: Values) -> Values:
    return {**values, _known(model, edit.parameter).name: edit.value}


@_edited.register
def _(edit: SetValues, model: Model, values: Values) -> Values:
    return {**values, **{_known(model, name).name: value for name, value in edit.values.items()}}


@_edited.register
def _(edit: ClearValue, model: Model, values: Values) -> Values:
    cleared = _known(model, edit.parameter).name
    return {name: value for name, value in values.items() if name != cleared}


@_edited.register
def _(edit: ToggleSwitch, model: Model, values: Values) -> Values:
    parameter = _known(model, edit.parameter)
    return {**values, parameter.name: values.get(parameter.name, parameter.left_out) is not True}


@_edited.register
def _(edit: StepNumber, model: Model, values: Values) -> Values:
    parameter = _known(model, edit.parameter)
    step = number_step(parameter)
    if step is None:
        raise EditRefused(parameter.name)
    now = Decimal(str(current_number(parameter, values.get(parameter.name))))
    value = now + step if edit.up else now - step
    if parameter.minimum is not None:
        value = max(value, Decimal(str(parameter.minimum)))
    if parameter.maximum is not None:
        value = min(value, Decimal(str(parameter.maximum)))
    is_whole = value == value.to_integral_value()
    return {**values, parameter.name: int(value) if is_whole else float(value)}


@_edited.register
def _(edit: AddWords, model: Model, values: Values) -> Values:
    return _taken(with_text(model, values, edit.text, asked=edit.asked))


@_edited.register
def _(edit: AddFile, model: Model, values: Values) -> Values:
    return _taken(with_file(model, values, edit.file, asked=edit.asked, replace=edit.replace))


@_edited.register
def _(edit: AddItem, model: Model, values: Values) -> Values:
    parameter = _known(model, edit.parameter)
    _fields(model, parameter.name)
    if not has_room(parameter, values):
        raise EditRefused(parameter.name)
    return {**values, parameter.name: [*as_list(values.get(parameter.name)), {}]}


@_edited.register
def _(edit: RemoveItem, model: Model, values: Values) -> Values:
    item_values(model, values, Item(parameter=edit.parameter, number=edit.number))
    items = as_list(values.get(edit.parameter))
    del items[edit.number]
    others = {name: value for name, value in values.items() if name != edit.parameter}
    return {**others, edit.parameter: items} if items else others


def _taken(values: Values | None) -> Values:
    if values is None:
        raise EditRefused("nothing takes it")
    return values


def _known(model: Model, name: str) -> Parameter:
    if name not in model.parameters:
        raise EditRefused(name)
    return model.parameters[name]


def _fields(model: Model, name: str) -> Parameter:
    fields = item_fields(_known(model, name))
    if fields is None:
        raise EditRefused(name)
    return fields
