"""A model's whole input: its parameters, then what they demand of each other."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Final

from domain.input_rule import RuleKind
from domain.media import Attachment
from domain.model import Model
from domain.validation.check import SHOWN_INTEGER, Found, Rule, fault, is_given, kind_of, plain
from domain.validation.files_together import compile_files
from domain.validation.nested import compile_fields, text_key
from domain.validation.outcome import Outcome
from domain.validation.rules import ALWAYS, compile_rules, compile_sends
from domain.validation.variants import compile_variants
from domain.violation import Violation, ViolationCode

Validator = Callable[[object], Outcome]
"""Takes anything at all, and never raises."""

NOTHING: Final[Mapping[str, object]] = MappingProxyType({})
NONE_FAULTY: Final[frozenset[str]] = frozenset()
_LIMITS: Final = frozenset(
    {
        ViolationCode.TOO_SHORT,
        ViolationCode.TOO_LONG,
        ViolationCode.TOO_SMALL,
        ViolationCode.TOO_LARGE,
        ViolationCode.TOO_FEW_ITEMS,
        ViolationCode.TOO_MANY_ITEMS,
        ViolationCode.NOT_IN_ENUM,
    }
)
"""Faults of a value that is of the right type."""
_PLAIN: Final = frozenset({str, bool, float, type(None), Attachment})
_DEPTH: Final = 4


def compile_model(model: Model, *, allow_private_hosts: bool) -> Validator:
    """Turn a model into its validator. Tens of microseconds; the validator is pure, so keep it.

    The outcome depends on the values alone, not on the order of keys. What comes out of it goes in again unchanged.
    """
    fields = compile_fields(model.parameters.values(), allow_private_hosts=allow_private_hosts)
    rules = (
        *_conditions(model),
        *_at_least_one(model),
        *compile_variants(model, allow_private_hosts=allow_private_hosts),
        *compile_files(model),
    )
    refusing = compile_rules(model, ignored=False)
    finish = _compile_finish(model)

    def validate(raw: object) -> Outcome:
        given = raw if type(raw) is dict else plain(raw)
        if type(given) is not dict:
            return not_an_object(raw)
        found: Found = []
        try:
            output = fields(given, "", found)
        except Exception:  # a key that is no text may raise when a dict compares it with a name
            found = []
            output = fields({text_key(key): value for key, value in given.items()}, "", found)
        if rules or refusing is not None:
            faulty = frozenset([one.parameter for one in found]) if found else NONE_FAULTY
            beyond = _beyond_limits(given, found) if found else NOTHING
            for rule in rules:
                rule(output, faulty, found)
            if refusing is not None:
                refusing(output, faulty, found, beyond)
        if found:
            return Outcome(tuple(found), NOTHING)
        return Outcome((), output) if finish is None else finish(output)

    return validate


def _compile_finish(model: Model) -> Callable[[dict[str, object]], Outcome] | None:
    """What becomes of values that keep every rule: those the provider would drop are noted, and what is always sent is added.

    None: nothing becomes of them.
    """
    ignoring = compile_rules(model, ignored=True)
    add_sends = compile_sends(model)
    if ignoring is None and add_sends is None:
        return None

    def finish(output: dict[str, object]) -> Outcome:
        dropped: Found = []
        if ignoring is not None:
            ignoring(output, NONE_FAULTY, dropped)
        if add_sends is not None:
            add_sends(output)
        return Outcome((), output, tuple(dropped))

    return finish


def not_an_object(raw: object) -> Outcome:
    """The outcome for what has no names and values at all."""
    return Outcome(
        (Violation(path="", code=ViolationCode.NOT_AN_OBJECT, values=MappingProxyType({"actual": kind_of(raw)})),),
        NOTHING,
    )


def _beyond_limits(given: Mapping[str, object], found: Found) -> dict[str, object]:
    """Return the values that are of the right type and only break limits of their own: a rule may judge these too."""
    limits_only = {one.parameter for one in found} - {one.parameter for one in found if one.code not in _LIMITS}
    return {name: given[name] for name in limits_only if name in given and _is_small_json(given[name])}


def _is_small_json(value: object, depth: int = _DEPTH) -> bool:
    """Whether a value can be read and written out: plain types alone, no deep nesting, no number of a thousand digits."""
    kind = type(value)
    if kind is list or kind is dict:
        items: Iterable[object] = value.values() if isinstance(value, dict) else value  # type: ignore[assignment]  # one of the two
        return depth > 0 and all(_is_small_json(one, depth - 1) for one in items)
    if kind is int:
        return isinstance(value, int) and abs(value) <= SHOWN_INTEGER
    return kind in _PLAIN


def _conditions(model: Model) -> list[Rule]:
    """Parameters that become required with another's value: the value given, else what counts without one."""

    def rule_of(name: str, conditions: Mapping[str, object]) -> Rule:
        defaults = {other: model.parameters[other].left_out for other in conditions}

        def rule(output: dict[str, object], faulty: frozenset[str], found: Found) -> None:
            if name in faulty or is_given(output, name):
                return
            if all(output.get(other, defaults[other]) == value for other, value in conditions.items()):
                fault(found, name, ViolationCode.REQUIRED)

        return rule

    return [rule_of(one.name, one.required_when) for one in model.parameters.values() if one.required_when]


def _at_least_one(model: Model) -> list[Rule]:
    def rule_of(names: frozenset[str]) -> Rule:
        in_order = [name for name in model.parameters if name in names]

        def rule(output: dict[str, object], faulty: frozenset[str], found: Found) -> None:
            if not any(name in faulty or is_given(output, name) for name in in_order):
                fault(found, "", ViolationCode.AT_LEAST_ONE, names=in_order, **ALWAYS)

        return rule

    said = [set(one.groups[0]) for one in model.rules if one.kind is RuleKind.AT_LEAST_ONE and not one.when]
    return [rule_of(names) for names in model.at_least_one if names not in said]
