"""Rules between the parameters of a model, as KIE documents them."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from attrs import frozen

from .answers import KieRefusal
from .conditions import Given, all_hold, as_number, as_text, at_path, effective, is_given
from .known_facts import KieFacts, Model, Rule

_IGNORED: Final = "ignored"

Break = Callable[[Model, Rule, Given], bool]


@frozen
class RuleCheck:
    """Refuses an input that breaks a rule of its model. A value that KIE only takes no notice of is no reason to refuse."""

    _facts: KieFacts

    def __call__(self, model_id: str, model: Model, given: Given) -> None:
        """Check one input whose shape is sound.

        Raises:
            KieRefusal: 422, with the id of the first broken rule in the message.
        """
        for rule in self._facts.rules.get(model_id, ()):
            if rule.get("effect") != _IGNORED and is_broken(model, rule, given):
                raise KieRefusal(422, f"{_sentence(rule)} [{rule['id']}]")


def is_broken(model: Model, rule: Rule, given: Given) -> bool:
    """Say whether the input breaks this one rule."""
    return all_hold(rule.get("when", {}), model, given) and _BREAKS[rule["kind"]](model, rule, given)


def _excludes(_model: Model, rule: Rule, given: Given) -> bool:
    left, right = (side if isinstance(side, list) else [side] for side in rule["between"])
    return any(is_given(given, name) for name in left) and any(is_given(given, name) for name in right)


def _requires(_model: Model, rule: Rule, given: Given) -> bool:
    asked = any(is_given(given, name) for name in rule["if_given"])
    return asked and not all(is_given(given, name) for name in rule["then"])


def _required_when(_model: Model, rule: Rule, given: Given) -> bool:
    return not all(is_given(given, name) for name in rule["parameters"])


def _forbidden_when(_model: Model, rule: Rule, given: Given) -> bool:
    return any(is_given(given, name) for name in rule["parameters"])


def _at_least_one(_model: Model, rule: Rule, given: Given) -> bool:
    return not any(is_given(given, name) for name in rule["parameters"])


def _exactly_one(_model: Model, rule: Rule, given: Given) -> bool:
    groups = (group if isinstance(group, list) else [group] for group in rule["parameters"])
    return sum(all(is_given(given, name) for name in group) for group in groups) != 1


def _allowed_when(_model: Model, rule: Rule, given: Given) -> bool:
    name = rule["parameter"]
    return is_given(given, name) and not _is_within(rule, given[name])


def _each(_model: Model, rule: Rule, given: Given) -> bool:
    return not all(_is_within(rule, value) for value in at_path(given, rule["path"]))


def _max_total(model: Model, rule: Rule, given: Given) -> bool:
    most = as_number(effective(model, given, rule["max_of"])) if "max_of" in rule else rule["max"]
    return most is not None and _total(rule, given) > most


def _gap(_model: Model, rule: Rule, given: Given) -> bool:
    spans = at_path(given, rule["path"]) if "path" in rule else [given]
    return any(not _is_gap(rule, span) for span in spans)


def _declared_in(_model: Model, rule: Rule, given: Given) -> bool:
    declared = {as_text(value) for value in at_path(given, rule["in"])}
    return not {as_text(value) for value in at_path(given, rule["path"])} <= declared


def _unique(_model: Model, rule: Rule, given: Given) -> bool:
    found = [as_text(value) for value in at_path(given, rule["path"])]
    return len(found) != len(set(found))


def _same_length(_model: Model, rule: Rule, given: Given) -> bool:
    first, second = rule["parameters"]
    return is_given(given, first) and len(given[first]) != len(given.get(second) or [])


_BREAKS: Final[Mapping[str, Break]] = {
    "excludes": _excludes,
    "requires": _requires,
    "required_when": _required_when,
    "forbidden_when": _forbidden_when,
    "at_least_one": _at_least_one,
    "exactly_one": _exactly_one,
    "allowed_when": _allowed_when,
    "each": _each,
    "max_total": _max_total,
    "gap": _gap,
    "declared_in": _declared_in,
    "unique": _unique,
    "same_length": _same_length,
}


def _is_within(rule: Rule, value: Any) -> bool:
    if "values" in rule and as_text(value) not in {as_text(one) for one in rule["values"]}:
        return False
    number = as_number(value)
    if number is not None and not rule.get("min", number) <= number <= rule.get("max", number):
        return False
    if "max_length" in rule and len(value) > rule["max_length"]:
        return False
    count = len(value) if isinstance(value, list) else 1
    return bool(rule.get("min_items", 0) <= count <= rule.get("max_items", count))


def _is_gap(rule: Rule, span: Mapping[str, Any]) -> bool:
    start, end = span.get(rule["from"], rule.get("from_left_out")), span.get(rule["to"], rule.get("to_left_out"))
    if start is None or end is None:
        return True
    return bool(rule["min"] <= float(end) - float(start) <= rule.get("max", float("inf")))


def _total(rule: Rule, given: Given) -> float:
    found = [(value, weight) for path, weight in rule["of"].items() for value in at_path(given, path)]
    match rule["what"]:
        case "characters":
            return sum(len(value) for value, _ in found)
        case "sum":
            return sum(as_number(value) or 0 for value, _ in found)
        case _:
            return float(sum(weight * (len(value) if isinstance(value, list) else 1) for value, weight in found))


def _sentence(rule: Rule) -> str:
    """Return what the rule asks, in the words of a refusal."""
    condition = f" when {_conditions(rule['when'])}" if "when" in rule else ""
    match rule["kind"]:
        case "excludes":
            left, right = (_names(side) for side in rule["between"])
            return f"{left} cannot be used together with {right}{condition}"
        case "requires":
            return f"{_names(rule['if_given'])} requires {_names(rule['then'])}{condition}"
        case "required_when":
            return f"{_names(rule['parameters'])} is required{condition}"
        case "forbidden_when":
            return f"{_names(rule['parameters'])} is not supported{condition}"
        case "at_least_one" | "exactly_one":
            return f"{rule['kind'].replace('_', ' ')} of {_names(rule['parameters'])} is required{condition}"
        case kind:
            subject = rule.get("parameter") or rule.get("path") or _names(_subjects(rule))
            return f"{subject} is not within the range of allowed options ({kind}){condition}"


def _subjects(rule: Rule) -> list[str]:
    return list(rule.get("parameters") or rule.get("of") or [rule["to"]])


def _names(side: Any) -> str:
    names = side if isinstance(side, list) else [side]
    return ", ".join(" with ".join(name) if isinstance(name, list) else str(name) for name in names)


def _conditions(conditions: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} is {wanted}" for name, wanted in conditions.items())
