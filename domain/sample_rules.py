"""Bring a made-up input in line with the rules between a model's parameters."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from domain.condition import items_at
from domain.input_rule import InputRule, RuleEffect, RuleKind
from domain.model import Model
from domain.validation.check import Found
from domain.validation.rules import compile_rules

MOST_ROUNDS: Final = 20
"""Obeying one rule can break another; a registry whose rules contradict each other ends here."""

Values = dict[str, Any]
Make = Callable[[str], object]
"""Makes a value of a parameter by its name."""


def obeying(model: Model, values: Values, make: Make) -> Values:
    """Return the values with as little added, changed or dropped as the model's rules ask for."""
    rules = {rule.id: rule for rule in model.rules}
    checks = [check for ignored in (False, True) if (check := compile_rules(model, ignored=ignored)) is not None]
    for _ in range(MOST_ROUNDS):
        found: Found = []
        for check in checks:
            check(values, frozenset(), found)
        if not found:
            return values
        rule = rules[str(found[0].values["rule"])]
        values = _CHANGES[rule.kind](rule, dict(values), make)
    return values


def _without(values: Values, names: tuple[str, ...]) -> Values:
    return {name: value for name, value in values.items() if name not in names}


def _with(values: Values, names: tuple[str, ...], make: Make) -> Values:
    return values | {name: make(name) for name in names if not values.get(name)}


def _required(rule: InputRule, values: Values, make: Make) -> Values:
    """What the provider only ignores is dropped; anything else is completed."""
    if rule.effect is RuleEffect.IGNORED:
        return _without(values, rule.groups[0])
    return _with(values, rule.groups[1], make)


def _chosen(rule: InputRule, values: Values, make: Make) -> Values:
    """The alternative that is there already or needs least; the others go."""
    least = min(
        rule.groups, key=lambda group: (sum(name not in values for name in group), "task" in group[0], len(group))
    )
    others = tuple(name for group in rule.groups if group != least for name in group)
    return _with(_without(values, others), least, make)


def _allowed(rule: InputRule, values: Values, _: Make) -> Values:
    name = rule.groups[0][0]
    value, bounds = values[name], rule.bounds
    if bounds.values:
        value = bounds.values[0]
    elif isinstance(value, list):
        value = value[: bounds.max_items]
    elif isinstance(value, str) and bounds.max_length is not None:
        value = value[: bounds.max_length]
    elif (edge := bounds.minimum if bounds.maximum is None else bounds.maximum) is not None:
        value = type(value)(edge)
    return values | {name: value}


def _shortened(rule: InputRule, values: Values, _: Make) -> Values:
    """Drop an item of the longest list, or cut the texts in it."""
    tops = {path.partition("[")[0] for path in rule.weights}
    lists = [name for name in tops if isinstance(values.get(name), list)]
    longest = max(lists, key=lambda name: (len(values[name]), name))
    kept = values[longest][:-1]
    return values | {longest: kept} if kept else _without(values, (longest,))


def _gap(rule: InputRule, values: Values, _: Make) -> Values:
    start, end = rule.groups[0]
    width = rule.bounds.maximum or rule.bounds.minimum or 0

    def apart(item: Values) -> Values:
        return item | {start: 0, end: int(width)}

    if not rule.path:
        return apart(values)
    top = rule.path.partition("[")[0]
    return values | {top: [apart(item) for item in values[top]]}


def _numbered(rule: InputRule, values: Values, _: Make) -> Values:
    """Names that differ: each gets its place."""
    top, _inside, field = rule.path.partition("[].")
    items = [item | {field: f"{item[field]}"[:20] + str(place)} for place, item in enumerate(values[top])]
    return values | {top: items}


def _declared(rule: InputRule, values: Values, _: Make) -> Values:
    known = next(iter(items_at(values, rule.declared_at)), None)
    top, _inside, field = rule.path.partition("[].")
    return values | {top: [item | {field: known} for item in values[top]]}


def _same_length(rule: InputRule, values: Values, _: Make) -> Values:
    return _without(values, rule.groups[0][:1])


_CHANGES: Final[Mapping[RuleKind, Callable[[InputRule, Values, Make], Values]]] = {
    RuleKind.EXCLUDES: lambda rule, values, _: _without(values, rule.groups[1]),
    RuleKind.REQUIRES: _required,
    RuleKind.REQUIRED_WHEN: lambda rule, values, make: _with(values, rule.groups[0], make),
    RuleKind.FORBIDDEN_WHEN: lambda rule, values, _: _without(values, rule.groups[0]),
    RuleKind.AT_LEAST_ONE: lambda rule, values, make: _with(values, rule.groups[0][:1], make),
    RuleKind.EXACTLY_ONE: _chosen,
    RuleKind.ALLOWED_WHEN: _allowed,
    RuleKind.EACH: lambda rule, values, _: _without(values, (rule.path.partition("[")[0],)),
    RuleKind.MAX_TOTAL: _shortened,
    RuleKind.GAP: _gap,
    RuleKind.DECLARED_IN: _declared,
    RuleKind.UNIQUE: _numbered,
    RuleKind.SAME_LENGTH: _same_length,
}
