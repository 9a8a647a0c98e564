"""Whether a model's price rules leave no input without a price and give none two."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Final

from attrs import evolve, frozen

from domain.condition import Condition, text_of
from domain.input_rule import RuleKind
from domain.model import Model, Parameter, ParameterType
from domain.price import effective_parameter
from domain.price_rule import PriceRule
from domain.validation.check import Found
from domain.validation.rules import CheckRules, compile_rules

MOST_COMBINATIONS: Final = 5_000
"""A model whose prices depend on more than this is not looked through as a whole; the largest of 2026-11 has 60."""

LIMITING: Final = frozenset({RuleKind.EXCLUDES, RuleKind.FORBIDDEN_WHEN, RuleKind.ALLOWED_WHEN})
"""Rules that a combination alone can break, whatever else the input holds."""


@frozen(kw_only=True)
class PriceGap:
    """A combination of what a price depends on for which not exactly one rule applies; ``rules`` are their places."""

    values: Mapping[str, object]
    rules: Sequence[int]


def price_gaps(model: Model) -> Iterator[PriceGap]:
    """Return what is wrong with the rules as a whole; combinations that the model refuses need no price."""
    if not model.prices:
        return
    limits = tuple(rule for rule in model.rules if rule.kind in LIMITING)
    refusals = compile_rules(evolve(model, rules=limits), ignored=False)
    for values in combinations(model):
        fitting = [index for index, rule in enumerate(model.prices) if _applies(model, rule, values)]
        if len(fitting) != 1 and not _is_refused(refusals, values):
            yield PriceGap(values={name: value for name, value in values.items() if value is not None}, rules=fitting)


def combinations(model: Model) -> Iterator[dict[str, object]]:
    """Return every combination of what the prices of a model depend on; None is left out."""
    names = sorted({name for rule in model.prices for name in rule.when})
    pools = [_choices(model, name, [rule.when[name] for rule in model.prices if name in rule.when]) for name in names]
    size = 1
    for pool in pools:
        size *= len(pool)
    if size > MOST_COMBINATIONS:
        return
    for picked in product(*pools):
        yield dict(zip(names, picked, strict=True))


def _applies(model: Model, rule: PriceRule, values: Mapping[str, object]) -> bool:
    return all(condition.holds(_effective(model, name, values.get(name))) for name, condition in rule.when.items())


def _effective(model: Model, name: str, value: object) -> object:
    if value is not None or name.startswith("$"):
        return value
    return effective_parameter(model.parameters[name])


def _is_refused(refusals: CheckRules | None, values: Mapping[str, object]) -> bool:
    given = {name: value for name, value in values.items() if value is not None and not name.startswith("$")}
    found: Found = []
    if refusals is not None:
        refusals(given, frozenset(), found)
    return bool(found)


def _choices(model: Model, name: str, conditions: Sequence[Condition]) -> Sequence[object]:
    known = model.parameters.get(name)
    bounds = {edge for one in conditions for edge in (one.minimum, one.maximum) if edge is not None}
    if bounds:
        return sorted(bounds | {edge + 1 for edge in bounds} | {max(1.0, edge - 1) for edge in bounds})
    said = sorted({value for one in conditions for value in one.values} - {text_of(None)})
    if known is None:
        return list(said)
    left_out = [] if known.required and not known.has_default else [None]
    if any(one.given is not None for one in conditions):
        return ["something", *left_out]
    return [*(_values(known) or said), *left_out]


def _values(parameter: Parameter) -> list[object]:
    return [True, False] if parameter.type is ParameterType.BOOLEAN else list(parameter.values)
