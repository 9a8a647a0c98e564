"""Values with fields of their own (the lines of a dialogue, the shots of a film): each a small card within the card.

A scope names one of them: ``4.2`` is the third item of the model's fifth parameter. Within it everything that a card can
do works on a draft that holds the item's values alone, of a model that has its fields alone.
"""

from collections.abc import Mapping

from attrs import evolve

from adapters.telegram.bot.card.form import as_list
from adapters.telegram.bot.card.place import Page, Place, StaleButton, index_of, parameter_at
from domain.draft import Draft
from domain.model import Model, Parameter, ParameterType


def form_of(parameter: Parameter) -> Parameter | None:
    """What describes one item of the list; None where the items have no fields that the registry knows."""
    item = parameter.items if parameter.type is ParameterType.ARRAY else None
    return item if item and item.type is ParameterType.OBJECT and item.fields else None


def has_room(parameter: Parameter, values: Mapping[str, object]) -> bool:
    """Whether another item may be added."""
    return parameter.maximum is None or len(as_list(values.get(parameter.name))) < parameter.maximum


def enter(draft: Draft, model: Model, scope: str) -> tuple[Draft, Model]:
    """The small card in this scope. Raises StaleButton where it is not there any more."""
    parameter, form, number = _item(draft, model, scope)
    item = as_list(draft.values.get(parameter.name))[number]
    values = item if isinstance(item, Mapping) else {}
    place = evolve(Place.read(draft.view), scope="")
    fields = {field.name: field for field in form.fields}
    return (
        evolve(draft, values=values, view=place.write()),
        evolve(model, parameters=fields, variants=(), at_least_one=()),
    )


def leave(draft: Draft, model: Model, scope: str, inner: Draft) -> Draft:
    """The whole card after what happened in the scope, which stays open."""
    parameter, _, number = _item(draft, model, scope)
    items = as_list(draft.values.get(parameter.name))
    items[number] = inner.values
    view = evolve(Place.read(inner.view), scope=scope).write()
    return evolve(draft, values={**draft.values, parameter.name: items}, view=view, expecting=inner.expecting)


def added(draft: Draft, model: Model, numbers: tuple[int, ...]) -> Draft:
    """One more item, and its card."""
    (index,) = numbers
    parameter = parameter_at(model, index)
    if form_of(parameter) is None or not has_room(parameter, draft.values):
        raise StaleButton
    items = [*as_list(draft.values.get(parameter.name)), {}]
    return opened(evolve(draft, values={**draft.values, parameter.name: items}), model, (index, len(items) - 1))


def opened(draft: Draft, model: Model, numbers: tuple[int, ...]) -> Draft:
    """The card of an item."""
    index, number = numbers
    scope = f"{index}.{number}"
    _item(draft, model, scope)
    return evolve(draft, view=Place(scope=scope).write(), expecting=None)


def removed(draft: Draft, model: Model, numbers: tuple[int, ...]) -> Draft:
    """Without an item, and back to the list."""
    index, number = numbers
    parameter, _, _ = _item(draft, model, f"{index}.{number}")
    items = as_list(draft.values.get(parameter.name))
    del items[number]
    others = {name: value for name, value in draft.values.items() if name != parameter.name}
    values = {**others, parameter.name: items} if items else others
    place = Place(page=Page.PARAMETER, parameter=index_of(model, parameter))
    return evolve(draft, values=values, view=place.write(), expecting=parameter.name)


def _item(draft: Draft, model: Model, scope: str) -> tuple[Parameter, Parameter, int]:
    """The list, what describes its items, and the number of this one. Raises StaleButton."""
    index, _, number = scope.partition(".")
    if not (index.isdecimal() and number.isdecimal()):
        raise StaleButton
    parameter = parameter_at(model, int(index))
    form = form_of(parameter)
    if form is None or int(number) >= len(as_list(draft.values.get(parameter.name))):
        raise StaleButton
    return parameter, form, int(number)
