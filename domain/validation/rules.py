"""Rules between parameters, compiled into closures over the values as a whole."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Protocol

from domain.condition import LEFT_OUT, NOTHING, Condition, Read, is_filled, mapping_of, number_of, reader_of, text_of
from domain.input_rule import Bounds, Counted, InputRule, Names, RuleEffect, RuleKind
from domain.model import Model
from domain.price import effective_parameter
from domain.validation.check import Found, fault, shown_text
from domain.violation import ViolationCode

Values = Mapping[str, object]


class CheckRules(Protocol):
    """Notes what breaks the rules.

    ``faulty`` names the parameters whose values are faulty. ``beyond`` holds those among them that are of the right type and
    only break limits of their own.
    """

    def __call__(self, output: Values, faulty: frozenset[str], found: Found, beyond: Values = NOTHING, /) -> None: ...


ALWAYS: Final[Mapping[str, Sequence[str]]] = {"equal": (), "given": (), "missing": ()}
"""What a violation says of when it applies, where that is always."""

_Broken = tuple[str, Mapping[str, object]] | None
"""Where a rule is broken, and what its text says beside the rule; None where it is obeyed."""
_Find = Callable[[Values, Any], _Broken]
"""``(values, facts of the rule)``."""
_When = tuple[tuple[str, object, frozenset[str] | bool | Condition], ...]
"""Each name, what counts where it is left out, and what its value must be: among texts, given or not, or within bounds."""

_Row = tuple[_When, _Find, Any, InputRule]
"""When a rule applies, what finds its break, and the facts it is given."""


def compile_rules(model: Model, *, ignored: bool) -> CheckRules | None:
    """Return the check of the model's rules: those that refuse an input, or (``ignored``) those the provider only drops
    values by; None where there are none.

    A rule says nothing while a value that it speaks of is faulty, unless that value only breaks a limit of its own: then the
    rule is named beside the limit, where it applies for certain. Where the input fits no form, a rule does not ask for more
    values, since those depend on the form. Rules are rows of data that all models read with the same few functions.
    """
    rules = tuple(_row(model, rule) for rule in model.rules if (rule.effect is RuleEffect.IGNORED) is ignored)
    if not rules:
        return None
    is_obeyed = _all_obeyed(rules)

    def check(output: Values, faulty: frozenset[str], found: Found, beyond: Values = NOTHING, /) -> None:
        if not found and is_obeyed(output):
            return
        given = {**output, **beyond} if beyond else output
        fits_no_form = any(one.code in _NO_FORM for one in found)
        for when, find, facts, rule in rules:
            broken = find(given, facts) if _applies(when, given) else None
            if broken is not None and _is_certain(rule, faulty, beyond):
                path, values = broken
                if ignored and rule.kind is RuleKind.REQUIRES:
                    path = str(values["name"])  # what is dropped, not what is missing
                if not (fits_no_form and _asks_for_more(rule, values)):
                    fault(found, path, _CODES[rule.kind], **values, **_values_of(rule, given))

    return check


def _all_obeyed(rules: Sequence[_Row]) -> Callable[[Values], bool]:
    """Return whether good values break no rule, as nearly always.

    Most rules with a condition speak of one or two parameters whose values fit whether it holds or not, so these are looked at first.
    """
    lists = tuple((facts[0], facts[1], when) for when, find, facts, _ in rules if _is_one_list(find, facts))
    absent = tuple((facts[0], when) for when, find, facts, _ in rules if find is _forbidden_when)
    present = tuple((facts[0], when) for when, find, facts, _ in rules if find is _required_when)
    others = tuple(
        (find, facts, when)
        for when, find, facts, _ in rules
        if find not in {_forbidden_when, _required_when} and not _is_one_list(find, facts)
    )

    def is_obeyed(values: Values) -> bool:
        for name, texts, when in lists:
            value = values.get(name)
            fits = value is None or (value if type(value) is str else text_of(value)) in texts
            if not fits and _applies(when, values):
                return False
        for names, when in absent:
            if _has_any(values, names) and _applies(when, values):
                return False
        for names, when in present:
            if not _has_all(values, names) and _applies(when, values):
                return False
        for find, facts, when in others:
            if (not when or _applies(when, values)) and find(values, facts) is not None:
                return False
        return True

    return is_obeyed


def _is_one_list(find: _Find, facts: Any) -> bool:
    return find is _allowed_when and facts[1] is not None


def _is_certain(rule: InputRule, faulty: frozenset[str], beyond: Values) -> bool:
    """Whether all values that decide on a rule are known as they are meant."""
    if rule.names.isdisjoint(faulty):
        return True
    return rule.names.isdisjoint(faulty - beyond.keys()) and rule.when.keys().isdisjoint(faulty)


def _asks_for_more(rule: InputRule, values: Mapping[str, object]) -> bool:
    return rule.kind in _ASKING or (rule.kind is RuleKind.EXACTLY_ONE and not values["actual"])


def _row(model: Model, rule: InputRule) -> _Row:
    find, facts_of = _KINDS[rule.kind]
    return _when(model, rule.when), find, facts_of(model, rule), rule


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
            if name not in output and not any(_applies(when, output) for when in forbidding):
                output[name] = value

    return add


def _forbids(rule: InputRule, name: str) -> bool:
    return rule.kind is RuleKind.FORBIDDEN_WHEN and name in rule.groups[0]


def _when(model: Model, conditions: Mapping[str, Condition]) -> _When:
    return tuple(
        (name, effective_parameter(model.parameters[name]), _wanted(condition))
        for name, condition in conditions.items()
    )


def _wanted(condition: Condition) -> frozenset[str] | bool | Condition:
    if condition.given is not None:
        return condition.given
    return condition.values or condition


def _applies(when: _When, values: Values) -> bool:
    for name, fallback, wanted in when:
        value = values.get(name, fallback)
        if type(wanted) is frozenset:
            if (value if type(value) is str else text_of(value)) not in wanted:
                return False
        elif type(wanted) is bool:
            if wanted is not bool(value):
                return False
        elif not wanted.holds(value):  # type: ignore[union-attr]  # one of the three
            return False
    return True


def _values_of(rule: InputRule, values: Values) -> dict[str, object]:
    """What every violation of a rule says: which rule, and why it applies here, in the three forms a text has words for."""
    left_out = {name for name, one in rule.when.items() if LEFT_OUT in one.values and values.get(name) is None}
    stated = {name: one for name, one in rule.when.items() if one.given is None and name not in left_out}
    return {
        "rule": rule.id,
        "equal": [f"{name} = {', '.join(_choices(one))}" for name, one in stated.items()],
        "given": [name for name, one in rule.when.items() if one.given is True],
        "missing": [name for name, one in rule.when.items() if one.given is False or name in left_out],
    }


def _choices(condition: Condition) -> list[str]:
    if not condition.values:
        return [_span(condition.minimum, condition.maximum)]
    return sorted(condition.values - {LEFT_OUT})


def _given(values: Values, names: Sequence[str]) -> list[str]:
    return [name for name in names if is_filled(values.get(name))]


def _missing(values: Values, names: Sequence[str]) -> list[str]:
    return [name for name in names if not is_filled(values.get(name))]


def _has_any(values: Values, names: Sequence[str]) -> bool:
    """As ``bool(_given(…))``; a loop, since this runs for each rule of each input."""
    for name in names:
        value = values.get(name)
        if value or value == 0:
            return True
    return False


def _has_all(values: Values, names: Sequence[str]) -> bool:
    for name in names:
        value = values.get(name)
        if not value and value != 0:
            return False
    return True


def _excludes(values: Values, groups: tuple[Names, Names]) -> _Broken:
    left, right = groups
    if _has_any(values, left) and _has_any(values, right):
        second = _given(values, right)
        return second[0], {"name": second[0], "names": _given(values, left)}
    return None


def _requires(values: Values, groups: tuple[Names, Names]) -> _Broken:
    sources, needed = groups
    if _has_any(values, sources) and not _has_all(values, needed):
        missing = _missing(values, needed)
        return missing[0], {"name": _given(values, sources)[0], "names": missing}
    return None


def _required_when(values: Values, groups: tuple[Names]) -> _Broken:
    if _has_all(values, groups[0]):
        return None
    missing = _missing(values, groups[0])
    return missing[0], {"names": missing}


def _forbidden_when(values: Values, groups: tuple[Names]) -> _Broken:
    if not _has_any(values, groups[0]):
        return None
    given = _given(values, groups[0])
    return given[0], {"names": given}


def _at_least_one(values: Values, groups: tuple[Names]) -> _Broken:
    return None if _has_any(values, groups[0]) else ("", {"names": list(groups[0])})


def _exactly_one(values: Values, groups: Sequence[Names]) -> _Broken:
    given = 0
    for group in groups:
        given += _has_all(values, group)
    return None if given == 1 else ("", {"names": [" + ".join(group) for group in groups], "actual": given})


_Allowed = tuple[str, frozenset[str] | None, Callable[[object], bool], Bounds]


def _allowed_facts(_: Model, rule: InputRule) -> _Allowed:
    among = frozenset(map(text_of, rule.bounds.values)) if _is_list_alone(rule.bounds) else None
    return rule.groups[0][0], among, _within(rule.bounds), rule.bounds


def _allowed_when(values: Values, facts: _Allowed) -> _Broken:
    name, among, is_within, bounds = facts
    value = values.get(name)
    if value is None or (among is not None and (value if type(value) is str else text_of(value)) in among):
        return None
    if not is_filled(value) or is_within(value):
        return None
    shown = len(value) if isinstance(value, list) else shown_text(text_of(value))
    return name, {"actual": shown, "name": name, **_limits(bounds)}


_Each = tuple[Read, Callable[[object], bool], InputRule]


def _each_facts(_: Model, rule: InputRule) -> _Each:
    return reader_of(rule.path), _within(rule.bounds), rule


def _each(values: Values, facts: _Each) -> _Broken:
    read, is_within, rule = facts
    for value in read(values):
        if not is_within(value):
            shown = shown_text(text_of(value))
            return _top(rule.path), {"actual": shown, "name": rule.path, **_limits(rule.bounds)}
    return None


_Total = tuple[Callable[[Sequence[object], float], float], Sequence[tuple[Read, float]], str, Any, InputRule]
"""How to count, at which paths; the parameter whose value is the most, and what counts as the most without it."""


def _total_facts(model: Model, rule: InputRule) -> _Total:
    weighed = tuple((reader_of(path), weight) for path, weight in rule.weights.items())
    most_of = model.parameters.get(rule.most_of)
    most = effective_parameter(most_of) if most_of else rule.bounds.maximum
    return _COUNTS[rule.counted], weighed, rule.most_of, most, rule


def _max_total(values: Values, facts: _Total) -> _Broken:
    count, weighed, most_of, otherwise, rule = facts
    total: float = 0
    for read, weight in weighed:
        total += count(read(values), weight)
    most = number_of(values.get(most_of, otherwise)) if most_of else otherwise
    if most is None or total <= most:
        return None
    names = [*map(_top, rule.weights), *([most_of] if most_of else [])]
    return names[0], {"names": names, "limit": most, "actual": total, "counted": rule.counted.value}


def _items(values: Sequence[object], weight: float) -> float:
    count = 0
    for value in values:
        count += len(value) if type(value) is list else 1
    return weight * count


_COUNTS: Final[Mapping[Counted, Callable[[Sequence[object], float], float]]] = {
    Counted.ITEMS: _items,
    Counted.SUM: lambda values, _: sum([number_of(value) or 0 for value in values]),
    Counted.CHARACTERS: lambda values, _: sum([len(str(value)) for value in values]),
}


_Gap = tuple[Read | None, Names, tuple[object, object], float, float | None, str]
"""Where the two stand, their names, what counts without them, the least and the most that lies between them, and the path."""


def _gap_facts(_: Model, rule: InputRule) -> _Gap:
    read, bounds = reader_of(rule.path) if rule.path else None, rule.bounds
    return read, rule.groups[0], rule.left_out, bounds.minimum or 0, bounds.maximum, rule.path


def _gap(values: Values, facts: _Gap) -> _Broken:
    read, (start, end), (before, after), low, high, path = facts
    for item in read(values) if read else [values]:
        fields = mapping_of(item)
        first, last = number_of(fields.get(start, before)), number_of(fields.get(end, after))
        if first is None or last is None or (low <= last - first and (high is None or last - first <= high)):
            continue
        stated = {"names": [start, end], "least": low, "limit": high or 0, "actual": last - first}
        return _top(path) or end, stated
    return None


_Declared = tuple[Read, Read, InputRule]


def _declared_facts(_: Model, rule: InputRule) -> _Declared:
    return reader_of(rule.path), reader_of(rule.declared_at), rule


def _declared_in(values: Values, facts: _Declared) -> _Broken:
    read, read_declared, rule = facts
    declared = _texts(read_declared(values))
    for text in _texts(read(values)):
        if text not in declared:
            return _top(rule.path), {"actual": shown_text(text), "name": rule.path, "names": [rule.declared_at]}
    return None


def _texts(values: Sequence[object]) -> list[str]:
    return [one if type(one) is str else text_of(one) for one in values]


def _unique(values: Values, facts: tuple[Read, str]) -> _Broken:
    read, path = facts
    texts = _texts(read(values))
    if len(set(texts)) == len(texts):
        return None
    twice = next(one for index, one in enumerate(texts) if one in texts[:index])
    return _top(path), {"actual": shown_text(twice), "name": path}


def _same_length(values: Values, groups: tuple[tuple[str, str]]) -> _Broken:
    [(first, second)] = groups
    if not is_filled(values.get(first)):
        return None
    counts = [len(reader_of(f"{name}[]")(values)) for name in (first, second)]
    return None if counts[0] == counts[1] else (first, {"names": [first, second], "actual": counts})


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
        allowed = "1" if bounds.max_items == 1 else _span(bounds.min_items or 1, bounds.max_items)
        return {"kind": "items", "allowed": [allowed], "limit": bounds.max_items or 0}
    return {"kind": "values", "allowed": [_span(bounds.minimum, bounds.maximum)], "limit": 0}


def _span(low: float | None, high: float | None) -> str:
    """A range in signs that need no translation."""
    if low is None or high is None:
        return f"≥ {text_of(low)}" if high is None else f"≤ {text_of(high)}"
    return f"{text_of(low)}–{text_of(high)}"


def _top(path: str) -> str:
    return path.partition("[")[0].partition(".")[0]


def _groups(_: Model, rule: InputRule) -> Sequence[Names]:
    return rule.groups


_KINDS: Final[Mapping[RuleKind, tuple[_Find, Callable[[Model, InputRule], object]]]] = {
    RuleKind.EXCLUDES: (_excludes, _groups),
    RuleKind.REQUIRES: (_requires, _groups),
    RuleKind.REQUIRED_WHEN: (_required_when, _groups),
    RuleKind.FORBIDDEN_WHEN: (_forbidden_when, _groups),
    RuleKind.AT_LEAST_ONE: (_at_least_one, _groups),
    RuleKind.EXACTLY_ONE: (_exactly_one, _groups),
    RuleKind.ALLOWED_WHEN: (_allowed_when, _allowed_facts),
    RuleKind.EACH: (_each, _each_facts),
    RuleKind.MAX_TOTAL: (_max_total, _total_facts),
    RuleKind.GAP: (_gap, _gap_facts),
    RuleKind.DECLARED_IN: (_declared_in, _declared_facts),
    RuleKind.UNIQUE: (_unique, lambda _, rule: (reader_of(rule.path), rule.path)),
    RuleKind.SAME_LENGTH: (_same_length, _groups),
}
"""What finds a break of each kind, and the facts it is given."""

_ASKING: Final = frozenset({RuleKind.REQUIRES, RuleKind.REQUIRED_WHEN, RuleKind.AT_LEAST_ONE})
_NO_FORM: Final = frozenset({ViolationCode.NO_VARIANT, ViolationCode.AMBIGUOUS_VARIANT})

_CODES: Final[Mapping[RuleKind, ViolationCode]] = {
    RuleKind.EXCLUDES: ViolationCode.EXCLUDES,
    RuleKind.REQUIRES: ViolationCode.REQUIRES,
    RuleKind.REQUIRED_WHEN: ViolationCode.REQUIRED_WHEN,
    RuleKind.FORBIDDEN_WHEN: ViolationCode.FORBIDDEN_WHEN,
    RuleKind.AT_LEAST_ONE: ViolationCode.AT_LEAST_ONE,
    RuleKind.EXACTLY_ONE: ViolationCode.EXACTLY_ONE,
    RuleKind.ALLOWED_WHEN: ViolationCode.ALLOWED_WHEN,
    RuleKind.EACH: ViolationCode.ALLOWED_WHEN,
    RuleKind.MAX_TOTAL: ViolationCode.TOO_MUCH_TOGETHER,
    RuleKind.GAP: ViolationCode.GAP,
    RuleKind.DECLARED_IN: ViolationCode.NOT_DECLARED,
    RuleKind.UNIQUE: ViolationCode.NOT_UNIQUE,
    RuleKind.SAME_LENGTH: ViolationCode.DIFFERENT_LENGTH,
}
