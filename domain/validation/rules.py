"""Rules between parameters, compiled into closures over the values as a whole."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from domain.condition import Condition, is_filled, number_of, reader_of, text_of
from domain.input_rule import Bounds, Counted, InputRule, RuleEffect, RuleKind
from domain.model import Model
from domain.price import effective_parameter
from domain.validation.check import Found, fault, shown_text
from domain.violation import ViolationCode

Values = Mapping[str, object]
_Test = Callable[[Values, Found], None]
"""``(values, found)``: notes what breaks the rule, where it applies."""


CompiledRule = tuple[frozenset[str], Callable[[Values], bool] | None, _Test]
"""The names it speaks of, when it applies (None: always), and what notes a break of it."""


def compile_rules(model: Model, *, ignored: bool) -> list[CompiledRule]:
    """Return the model's rules: those that refuse an input, or (``ignored``) those the provider only drops values by."""
    return [_compiled(model, rule) for rule in model.rules if (rule.effect is RuleEffect.IGNORED) is ignored]


def compile_sends(model: Model) -> Callable[[dict[str, object]], None] | None:
    """Return what adds the values we send for a person who leaves them out; None where there are none.

    A value is not added where a rule forbids it.
    """
    sends = [
        (one.name, one.send, [_when(model, rule.when) for rule in model.rules if _forbids(rule, one.name)])
        for one in model.parameters.values()
        if one.send is not None
    ]
    if not sends:
        return None

    def add(output: dict[str, object]) -> None:
        for name, value, forbidding in sends:
            if name not in output and not any(applies is None or applies(output) for applies in forbidding):
                output[name] = value

    return add


def _forbids(rule: InputRule, name: str) -> bool:
    return rule.kind is RuleKind.FORBIDDEN_WHEN and name in rule.groups[0]


def apply(rules: Sequence[CompiledRule], output: Values, faulty: frozenset[str], found: Found) -> None:
    """Note what breaks the rules. A rule says nothing while a value that it speaks of is faulty."""
    for names, applies, test in rules:
        if (applies is None or applies(output)) and (not faulty or names.isdisjoint(faulty)):
            test(output, found)


def _compiled(model: Model, rule: InputRule) -> CompiledRule:
    return rule.names, _when(model, rule.when), _TESTS[rule.kind](model, rule)


def _when(model: Model, conditions: Mapping[str, Condition]) -> Callable[[Values], bool] | None:
    """Return whether a rule applies to the values; None where it always does."""
    tests = [_holds(name, one, effective_parameter(model.parameters[name])) for name, one in conditions.items()]
    match tests:
        case []:
            return None
        case [only]:
            return only
    return lambda values: all(test(values) for test in tests)


def _holds(name: str, condition: Condition, fallback: object) -> Callable[[Values], bool]:
    """One condition as a closure: nearly all are a value among a few, or whether something is given."""
    if condition.given is not None:
        given = condition.given
        return lambda values: given == bool(values.get(name, fallback))
    allowed = condition.values
    if not allowed:
        return lambda values: condition.holds(values.get(name, fallback))

    def is_among(values: Values) -> bool:
        value = values.get(name, fallback)
        return (value if type(value) is str else text_of(value)) in allowed

    return is_among


def _told(rule: InputRule) -> dict[str, object]:
    """What every violation of a rule says: which rule, and when it applies, in the three forms a text has words for."""
    equal = [f"{name} = {', '.join(_choices(one))}" for name, one in rule.when.items() if one.given is None]
    return {
        "rule": rule.id,
        "equal": equal,
        "given": [name for name, one in rule.when.items() if one.given is True],
        "missing": [name for name, one in rule.when.items() if one.given is False],
    }


def _choices(condition: Condition) -> list[str]:
    return ["—" if one == text_of(None) else one for one in sorted(condition.values)]


def _given(values: Values, names: Sequence[str]) -> list[str]:
    return [name for name in names if is_filled(values.get(name))]


def _excludes(_: Model, rule: InputRule) -> _Test:
    left, right = rule.groups
    told = _told(rule)

    def test(values: Values, found: Found) -> None:
        first = _given(values, left)
        if first and (second := _given(values, right)):
            fault(found, second[0], ViolationCode.EXCLUDES, name=second[0], names=first, **told)

    return test


def _requires(_: Model, rule: InputRule) -> _Test:
    sources, needed = rule.groups
    told = _told(rule)

    def test(values: Values, found: Found) -> None:
        first = _given(values, sources)
        if first and (missing := [name for name in needed if not is_filled(values.get(name))]):
            fault(found, missing[0], ViolationCode.REQUIRES, name=first[0], names=missing, **told)

    return test


def _required_when(_: Model, rule: InputRule) -> _Test:
    told = _told(rule)

    def test(values: Values, found: Found) -> None:
        missing = [name for name in rule.groups[0] if not is_filled(values.get(name))]
        if missing:
            fault(found, missing[0], ViolationCode.REQUIRED_WHEN, names=missing, **told)

    return test


def _forbidden_when(_: Model, rule: InputRule) -> _Test:
    told = _told(rule)

    def test(values: Values, found: Found) -> None:
        given = _given(values, rule.groups[0])
        if given:
            fault(found, given[0], ViolationCode.FORBIDDEN_WHEN, names=given, **told)

    return test


def _at_least_one(_: Model, rule: InputRule) -> _Test:
    told = _told(rule)

    def test(values: Values, found: Found) -> None:
        if not _given(values, rule.groups[0]):
            fault(found, "", ViolationCode.AT_LEAST_ONE, names=list(rule.groups[0]), **told)

    return test


def _exactly_one(_: Model, rule: InputRule) -> _Test:
    told = _told(rule)
    alternatives = [" + ".join(group) for group in rule.groups]

    def test(values: Values, found: Found) -> None:
        given = sum(len(_given(values, group)) == len(group) for group in rule.groups)
        if given != 1:
            fault(found, "", ViolationCode.EXACTLY_ONE, names=alternatives, actual=given, **told)

    return test


def _allowed_when(_: Model, rule: InputRule) -> _Test:
    name = rule.groups[0][0]
    told = _told(rule)
    among = frozenset(map(text_of, rule.bounds.values)) if _is_list_alone(rule.bounds) else None
    is_within = _within(rule.bounds)

    def test(values: Values, found: Found) -> None:
        value = values.get(name)
        if among is not None and (value if type(value) is str else text_of(value)) in among:
            return
        if is_filled(value) and not is_within(value):
            shown = shown_text(text_of(value)) if not isinstance(value, list) else len(value)
            fault(found, name, ViolationCode.ALLOWED_WHEN, actual=shown, name=name, **_limits(rule.bounds), **told)

    return test


def _each(_: Model, rule: InputRule) -> _Test:
    told = _told(rule)
    read, is_within = reader_of(rule.path), _within(rule.bounds)

    def test(values: Values, found: Found) -> None:
        for value in read(values):
            if not is_within(value):
                shown = shown_text(text_of(value))
                limits = _limits(rule.bounds)
                fault(
                    found, _top(rule.path), ViolationCode.ALLOWED_WHEN, actual=shown, name=rule.path, **limits, **told
                )
                return

    return test


def _max_total(model: Model, rule: InputRule) -> _Test:
    told = _told(rule)
    add = _ADDED[rule.counted]
    most_of = model.parameters[rule.most_of] if rule.most_of else None
    names = [_top(path) for path in rule.weights]
    weighed = [(reader_of(path), weight) for path, weight in rule.weights.items()]

    def test(values: Values, found: Found) -> None:
        total = sum([add(item, weight) for read, weight in weighed for item in read(values)])
        most = (
            rule.bounds.maximum
            if most_of is None
            else number_of(values.get(most_of.name, effective_parameter(most_of)))
        )
        if most is not None and total > most:
            told_names = names if most_of is None else [*names, most_of.name]
            fault(
                found, names[0], ViolationCode.TOO_MUCH_TOGETHER,
                names=told_names, limit=most, actual=total, counted=rule.counted.value, **told,
            )  # fmt: skip

    return test


_ADDED: Final[Mapping[Counted, Callable[[object, float], float]]] = {
    Counted.ITEMS: lambda item, weight: weight * (len(item) if isinstance(item, list) else 1),
    Counted.SUM: lambda item, _: number_of(item) or 0,
    Counted.CHARACTERS: lambda item, _: len(str(item)),
}


def _gap(_: Model, rule: InputRule) -> _Test:
    told = _told(rule)
    start, end = rule.groups[0]
    low, high = rule.bounds.minimum or 0, rule.bounds.maximum
    read = reader_of(rule.path) if rule.path else None

    def number(item: object, name: str, left_out: float | None) -> float | None:
        value = item.get(name) if type(item) is dict or isinstance(item, Mapping) else None
        return left_out if value is None else number_of(value)

    def test(values: Values, found: Found) -> None:
        for item in read(values) if read else [values]:
            first, last = number(item, start, rule.left_out[0]), number(item, end, rule.left_out[1])
            if first is None or last is None or (low <= last - first and (high is None or last - first <= high)):
                continue
            path = _top(rule.path) or end
            fault(
                found, path, ViolationCode.GAP, names=[start, end], least=low, limit=high, actual=last - first, **told
            )
            return

    return test


def _declared_in(_: Model, rule: InputRule) -> _Test:
    told = _told(rule)
    read_declared, read = reader_of(rule.declared_at), reader_of(rule.path)

    def test(values: Values, found: Found) -> None:
        declared = set(map(text_of, read_declared(values)))
        strange = [text for text in map(text_of, read(values)) if text not in declared]
        if strange:
            shown = shown_text(strange[0])
            names = [rule.path, rule.declared_at]
            fault(found, _top(rule.path), ViolationCode.NOT_DECLARED, actual=shown, names=names, **told)

    return test


def _unique(_: Model, rule: InputRule) -> _Test:
    told = _told(rule)
    read = reader_of(rule.path)

    def test(values: Values, found: Found) -> None:
        texts = list(map(text_of, read(values)))
        if len(set(texts)) < len(texts):
            twice = next(one for index, one in enumerate(texts) if one in texts[:index])
            fault(found, _top(rule.path), ViolationCode.NOT_UNIQUE, actual=shown_text(twice), name=rule.path, **told)

    return test


def _same_length(_: Model, rule: InputRule) -> _Test:
    told = _told(rule)
    first, second = rule.groups[0]
    read = [reader_of(f"{name}[]") for name in (first, second)]

    def test(values: Values, found: Found) -> None:
        if is_filled(values.get(first)):
            counts = [len(items(values)) for items in read]
            if counts[0] != counts[1]:
                fault(found, first, ViolationCode.DIFFERENT_LENGTH, names=[first, second], actual=counts, **told)

    return test


def _is_list_alone(bounds: Bounds) -> bool:
    """Whether a list of values is all that bounds them."""
    return bool(bounds.values) and bounds == Bounds(values=bounds.values)


def _within(bounds: Bounds) -> Callable[[object], bool]:
    """Return whether a value is within the bounds, asked only about those that there are."""
    among = frozenset(map(text_of, bounds.values))
    low, high, longest = bounds.minimum, bounds.maximum, bounds.max_length
    fewest, most = bounds.min_items or 0, bounds.max_items

    def is_numbered(value: object) -> bool:
        number = number_of(value)
        return number is not None and (low is None or number >= low) and (high is None or number <= high)

    def is_counted(value: object) -> bool:
        count = len(value) if isinstance(value, list) else 1
        return fewest <= count and (most is None or count <= most)

    tests: list[Callable[[object], bool]] = [lambda value: text_of(value) in among] if among else []
    if low is not None or high is not None:
        tests.append(is_numbered)
    if longest is not None:
        tests.append(lambda value: not isinstance(value, str) or len(value) <= longest)
    if fewest or most is not None:
        tests.append(is_counted)
    return tests[0] if len(tests) == 1 else lambda value: all(test(value) for test in tests)


def _limits(bounds: Bounds) -> dict[str, object]:
    """What is allowed, as a list for the text: values, or a range in words that need no translation."""
    if bounds.values:
        return {"kind": "values", "allowed": [text_of(one) for one in bounds.values], "limit": 0}
    if bounds.max_length is not None:
        return {"kind": "characters", "allowed": [], "limit": bounds.max_length}
    if bounds.max_items is not None or bounds.min_items is not None:
        span = [str(one) for one in (bounds.min_items, bounds.max_items) if one is not None]
        return {"kind": "items", "allowed": ["–".join(span)], "limit": bounds.max_items or 0}
    span = [text_of(one) for one in (bounds.minimum, bounds.maximum) if one is not None]
    return {"kind": "values", "allowed": ["–".join(span)], "limit": 0}


def _top(path: str) -> str:
    return path.partition("[")[0].partition(".")[0]


_TESTS: Final[Mapping[RuleKind, Callable[[Model, InputRule], _Test]]] = {
    RuleKind.EXCLUDES: _excludes,
    RuleKind.REQUIRES: _requires,
    RuleKind.REQUIRED_WHEN: _required_when,
    RuleKind.FORBIDDEN_WHEN: _forbidden_when,
    RuleKind.AT_LEAST_ONE: _at_least_one,
    RuleKind.EXACTLY_ONE: _exactly_one,
    RuleKind.ALLOWED_WHEN: _allowed_when,
    RuleKind.EACH: _each,
    RuleKind.MAX_TOTAL: _max_total,
    RuleKind.GAP: _gap,
    RuleKind.DECLARED_IN: _declared_in,
    RuleKind.UNIQUE: _unique,
    RuleKind.SAME_LENGTH: _same_length,
}
