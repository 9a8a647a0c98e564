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
    ours = model.endpoint.create if model.endpoint else None
    if ours != form.create_path:
        yield Change(aspect=Aspect.ENDPOINT, before=ours, after=form.create_path)
    our_forms, their_forms = _needs(model.parameters, model.variants), _needs(form.parameters, form.variants)
    yield from _fields(model.parameters, form.parameters, "", (our_forms, their_forms))
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
    ours: Mapping[str, Parameter],
    theirs: Mapping[str, Parameter],
    inside: str,
    needs: tuple[frozenset[str], frozenset[str]],
) -> Iterator[Change]:
    for name, parameter in ours.items():
        if name not in theirs:
            yield Change(path=f"{inside}{name}", aspect=Aspect.REMOVED, before=parameter)
            continue
        required = (name in needs[0], name in needs[1])
        yield from _parameter(parameter, theirs[name], f"{inside}{name}", required)
    for name, parameter in theirs.items():
        if name not in ours:
            yield Change(path=f"{inside}{name}", aspect=Aspect.ADDED, after=parameter)


def _parameter(ours: Parameter, theirs: Parameter, path: str, required: tuple[bool, bool]) -> Iterator[Change]:
    if theirs.type is not _FORMS.get(ours.type, ours.type):
        yield Change(path=path, aspect=Aspect.TYPE, before=ours, after=theirs)
        return
    if required[0] != required[1]:
        yield Change(path=path, aspect=Aspect.REQUIRED, before=required[0], after=required[1])
    if ours.type is T.ENUM and set(map(_typed, ours.values)) != set(map(_typed, theirs.values)):
        yield Change(path=path, aspect=Aspect.VALUES, before=ours.values, after=_merged_values(ours, theirs))
    yield from _limits(ours, theirs, path)
    yield from _default(ours, theirs, path)
    if ours.items is not None and theirs.items is not None:
        yield from _parameter(ours.items, theirs.items, f"{path}[]", (False, False))
    if theirs.fields:
        own, live = ({field.name: field for field in one.fields} for one in (ours, theirs))
        yield from _fields(own, live, f"{path}.", (_needs(own, ()), _needs(live, ())))


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


def _limits(ours: Parameter, theirs: Parameter, path: str) -> Iterator[Change]:
    attributes = {Aspect.MIN: "minimum", Aspect.MAX: "maximum", Aspect.STEP: "step", Aspect.PATTERN: "pattern"}
    for aspect in _SAYABLE.get(ours.type, ()):
        before, after = getattr(ours, attributes[aspect]), getattr(theirs, attributes[aspect])
        if after is not None and before != after:
            yield Change(path=path, aspect=aspect, before=before, after=after)


def _default(ours: Parameter, theirs: Parameter, path: str) -> Iterator[Change]:
    if theirs.has_default:
        if not ours.has_default or _typed(ours.default) != _typed(theirs.default):
            yield Change(path=path, aspect=Aspect.DEFAULT, before=ours.default, after=theirs.default)
    elif ours.has_default and not accepts(theirs, ours.default):
        yield Change(path=path, aspect=Aspect.DEFAULT, before=ours.default, after=NO_DEFAULT)


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


def _merged_values(ours: Parameter, theirs: Parameter) -> tuple[Scalar, ...]:
    kept = [value for value in ours.values if _typed(value) in map(_typed, theirs.values)]
    return (*kept, *(value for value in theirs.values if _typed(value) not in map(_typed, ours.values)))


def _same_variants(model: Model, form: LiveForm) -> bool:
    """Whether each form of input has its counterpart; what they are called is no matter."""
    left = list(form.variants)
    for ours in model.variants:
        found = next((one for one in left if _same_variant(ours, one, model, form)), None)
        if found is None:
            return False
        left.remove(found)
    return not left


def _same_variant(ours: InputVariant, theirs: InputVariant, model: Model, form: LiveForm) -> bool:
    always = _needs(model.parameters, model.variants), _needs(form.parameters, form.variants)
    if ours.fields != theirs.fields or ours.required | always[0] != theirs.required | always[1]:
        return False
    names = ours.parameters.keys() | theirs.parameters.keys()
    return all(
        _narrowed_alike(_in_variant(ours, model.parameters, name), _in_variant(theirs, form.parameters, name))
        for name in names & model.parameters.keys() & form.parameters.keys()
    )


def _in_variant(variant: InputVariant, parameters: Mapping[str, Parameter], name: str) -> Parameter:
    return variant.parameters.get(name, parameters[name])


def _narrowed_alike(ours: Parameter, theirs: Parameter) -> bool:
    same_values = not theirs.values or set(map(_typed, ours.values)) == set(map(_typed, theirs.values))
    return same_values and not list(_limits(ours, theirs, ""))


def _merged_variants(model: Model, form: LiveForm) -> tuple[InputVariant, ...]:
    """Theirs, with what our own of the same name narrow beyond the schema."""
    ours = {one.name: one.parameters for one in model.variants}
    return tuple(
        evolve(theirs, parameters=_within(theirs.fields, ours.get(theirs.name, {})) | dict(theirs.parameters))
        for theirs in form.variants
    )


def _within(fields: frozenset[str], parameters: Mapping[str, Parameter]) -> dict[str, Parameter]:
    return {name: parameter for name, parameter in parameters.items() if name in fields}
