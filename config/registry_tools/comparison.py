"""Comparing a model of the registry with what the provider's live catalogue says of it.

The rule of every comparison: only what a schema states can contradict the registry. Our titles, words and kinds of media
never differ; a limit, a default, a form that the schema leaves out stays as it is, since most of those stand in the prose
of the provider's pages alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from attrs import evolve

from config.registry_tools.change import Aspect, Change, is_complete
from config.registry_tools.live_model import LiveForm, LivePrice
from config.registry_tools.price_text import readable
from domain.model import NO_DEFAULT, InputVariant, Model, Parameter, ParameterType, Scalar
from domain.validation import compile_parameter
from domain.violation import Violation

T = ParameterType


def form_changes(model: Model, form: LiveForm) -> Iterator[Change]:
    """Where the schema contradicts the registry's parameters, forms and endpoint."""
    registered = model.endpoint.create if model.endpoint else None
    if registered != form.create_path:
        yield Change(aspect=Aspect.ENDPOINT, before=registered, after=form.create_path)
    registered_needs, live_needs = _needs(model.parameters, model.variants), _needs(form.parameters, form.variants)
    yield from _fields(model.parameters, form.parameters, "", (registered_needs, live_needs))
    if form.variants and not _same_variants(model, form):
        yield Change(aspect=Aspect.VARIANTS, before=model.variants, after=_merged_variants(model, form))
    if form.at_least_one and set(form.at_least_one) != set(model.at_least_one):
        yield Change(aspect=Aspect.AT_LEAST_ONE, before=model.at_least_one, after=form.at_least_one)


def price_change(model: Model, price: LivePrice) -> Change | None:
    """The new price, where the provider's text has figures that none of our rules has."""
    if price.figures <= {rule.credits for rule in model.prices}:
        return None
    return Change(aspect=Aspect.PRICE, before=model.prices, after=readable(price, model.parameters))


def _needs(parameters: Mapping[str, Parameter], variants: Sequence[InputVariant]) -> frozenset[str]:
    """The names without which no input is valid, whichever form it takes."""
    always = frozenset(name for name, parameter in parameters.items() if parameter.required)
    in_all = frozenset[str]().union(*(one.required for one in variants[:1]))
    return always | in_all.intersection(*(one.required for one in variants))


def _fields(
    registered: Mapping[str, Parameter],
    live: Mapping[str, Parameter],
    inside: str,
    needs: tuple[frozenset[str], frozenset[str]],
) -> Iterator[Change]:
    for name, parameter in registered.items():
        if name not in live:
            yield Change(path=f"{inside}{name}", aspect=Aspect.REMOVED, before=parameter)
            continue
        required = (name in needs[0], name in needs[1])
        yield from _parameter(parameter, live[name], f"{inside}{name}", required)
    for name, parameter in live.items():
        if name not in registered:
            yield Change(path=f"{inside}{name}", aspect=Aspect.ADDED, after=parameter)


def _parameter(registered: Parameter, live: Parameter, path: str, required: tuple[bool, bool]) -> Iterator[Change]:
    if live.type is not _FORMS.get(registered.type, registered.type):
        yield Change(path=path, aspect=Aspect.TYPE, before=registered, after=live)
        return
    if required[0] != required[1]:
        yield Change(path=path, aspect=Aspect.REQUIRED, before=required[0], after=required[1])
    if registered.type is T.ENUM and set(map(_typed, registered.values)) != set(map(_typed, live.values)):
        yield Change(path=path, aspect=Aspect.VALUES, before=registered.values, after=_merged_values(registered, live))
    yield from _limits(registered, live, path)
    yield from _default(registered, live, path)
    if registered.items is not None and live.items is not None:
        yield from _parameter(registered.items, live.items, f"{path}[]", (False, False))
    if live.fields:
        registered_fields, live_fields = ({field.name: field for field in one.fields} for one in (registered, live))
        yield from _fields(
            registered_fields, live_fields, f"{path}.", (_needs(registered_fields, ()), _needs(live_fields, ()))
        )


_FORMS: Final[Mapping[ParameterType, ParameterType]] = {T.NUMERIC_TEXT: T.STRING}
"""How a schema shows a type it has no word for."""

_NUMBER: Final = (Aspect.MIN, Aspect.MAX, Aspect.STEP)
_SAYABLE: Final[Mapping[ParameterType, Sequence[Aspect]]] = {
    T.STRING: (Aspect.MIN, Aspect.MAX, Aspect.PATTERN),
    T.INTEGER: _NUMBER,
    T.NUMBER: _NUMBER,
    T.ARRAY: (Aspect.MIN, Aspect.MAX),
}
"""The limits a schema can state of each type."""


def _limits(registered: Parameter, live: Parameter, path: str) -> Iterator[Change]:
    attributes = {Aspect.MIN: "minimum", Aspect.MAX: "maximum", Aspect.STEP: "step", Aspect.PATTERN: "pattern"}
    for aspect in _SAYABLE.get(registered.type, ()):
        before, after = getattr(registered, attributes[aspect]), getattr(live, attributes[aspect])
        if after is not None and before != after:
            yield Change(path=path, aspect=aspect, before=before, after=after)


def _default(registered: Parameter, live: Parameter, path: str) -> Iterator[Change]:
    if live.has_default:
        if not registered.has_default or _typed(registered.default) != _typed(live.default):
            yield Change(path=path, aspect=Aspect.DEFAULT, before=registered.default, after=live.default)
    elif registered.has_default and not accepts(live, registered.default):
        yield Change(path=path, aspect=Aspect.DEFAULT, before=registered.default, after=NO_DEFAULT)


def accepts(parameter: Parameter, value: object) -> bool:
    """Whether a value fits its parameter, as far as it is known."""
    if not is_complete(parameter):
        return True
    violations: list[Violation] = []
    compile_parameter(parameter, allow_private_hosts=True)(value, parameter.name, violations)
    return not violations


def _typed(value: object) -> tuple[bool, object]:
    """For comparing: 5 is 5.0, and true is not 1."""
    return isinstance(value, bool), value


def _merged_values(registered: Parameter, live: Parameter) -> tuple[Scalar, ...]:
    kept = [value for value in registered.values if _typed(value) in map(_typed, live.values)]
    return (*kept, *(value for value in live.values if _typed(value) not in map(_typed, registered.values)))


def _same_variants(model: Model, form: LiveForm) -> bool:
    """Whether each form of input has its counterpart; what they are called is no matter."""
    left = list(form.variants)
    for registered in model.variants:
        found = next((one for one in left if _same_variant(registered, one, model, form)), None)
        if found is None:
            return False
        left.remove(found)
    return not left


def _same_variant(registered: InputVariant, live: InputVariant, model: Model, form: LiveForm) -> bool:
    always = _needs(model.parameters, model.variants), _needs(form.parameters, form.variants)
    if registered.fields != live.fields or registered.required | always[0] != live.required | always[1]:
        return False
    names = registered.parameters.keys() | live.parameters.keys()
    return all(
        _narrowed_alike(_in_variant(registered, model.parameters, name), _in_variant(live, form.parameters, name))
        for name in names & model.parameters.keys() & form.parameters.keys()
    )


def _in_variant(variant: InputVariant, parameters: Mapping[str, Parameter], name: str) -> Parameter:
    return variant.parameters.get(name, parameters[name])


def _narrowed_alike(registered: Parameter, live: Parameter) -> bool:
    same_values = not live.values or set(map(_typed, registered.values)) == set(map(_typed, live.values))
    return same_values and not list(_limits(registered, live, ""))


def _merged_variants(model: Model, form: LiveForm) -> tuple[InputVariant, ...]:
    """The live ones, with what those of the registry with the same name narrow beyond the schema."""
    registered = {one.name: one.parameters for one in model.variants}
    return tuple(
        evolve(live, parameters=_within(live.fields, registered.get(live.name, {})) | dict(live.parameters))
        for live in form.variants
    )


def _within(fields: frozenset[str], parameters: Mapping[str, Parameter]) -> dict[str, Parameter]:
    return {name: parameter for name, parameter in parameters.items() if name in fields}
