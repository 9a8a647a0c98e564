"""Forms of input of which exactly one must be satisfied."""

from collections.abc import Mapping
from typing import Final

from attrs import frozen

from domain.model import InputVariant, Model
from domain.validation.check import INVALID, Check, Found, Rule, fault, is_given
from domain.validation.nested import compile_parameter
from domain.violation import ViolationCode

COST_OF_EXCESS: Final = 2
"""What a person gave weighs more than what they did not give yet, when the form they meant is guessed."""


@frozen
class _Form:
    variant: InputVariant
    narrowed: Mapping[str, Check]


@frozen
class _Fit:
    form: _Form
    found: Found
    filled: Mapping[str, object]

    @property
    def cost(self) -> int:
        return sum(COST_OF_EXCESS if one.code is ViolationCode.NOT_IN_VARIANT else 1 for one in self.found)


def compile_variants(model: Model, *, allow_private_hosts: bool) -> list[Rule]:
    """The rule of a model's variants; none where it has none.

    Where no form fits, the faults of the nearest one are reported, and which others there are. A parameter that a form
    requires is filled with its default like any other that is required.
    """
    if not model.variants:
        return []
    forms = [
        _Form(
            variant,
            {
                name: compile_parameter(parameter, allow_private_hosts=allow_private_hosts)
                for name, parameter in variant.parameters.items()
            },
        )
        for variant in model.variants
    ]

    def rule(output: dict[str, object], faulty: frozenset[str], found: Found) -> None:
        fits = [_fit(model, form, output, faulty) for form in forms]
        good = [fit for fit in fits if not fit.found]
        if len(good) == 1:
            output.update(good[0].filled)
        elif good:
            fault(found, "", ViolationCode.AMBIGUOUS_VARIANT, variants=[fit.form.variant.name for fit in good])
        else:
            _note_nearest(min(fits, key=lambda fit: fit.cost), fits, found)

    return [rule]


def _note_nearest(nearest: _Fit, fits: list[_Fit], found: Found) -> None:
    others = [fit.form.variant.name for fit in fits if fit is not nearest]
    fault(found, "", ViolationCode.NO_VARIANT, variant=nearest.form.variant.name, alternatives=others)
    stated = {(one.path, one.code) for one in found}
    found.extend(one for one in nearest.found if (one.path, one.code) not in stated)


def _fit(model: Model, form: _Form, output: Mapping[str, object], faulty: frozenset[str]) -> _Fit:
    found: Found = []
    filled: dict[str, object] = {}
    variant = form.variant
    for name, parameter in model.parameters.items():
        given = name in faulty or is_given(output, name)
        if given and name not in variant.fields:
            fault(found, name, ViolationCode.NOT_IN_VARIANT, variant=variant.name)
        elif not given and name in variant.required:
            value = parameter.default if parameter.has_default else None
            if value is None or _narrowed(form, name, value, []) is INVALID:
                fault(found, name, ViolationCode.REQUIRED)
            else:
                filled[name] = value
        elif given and name in output:
            _narrowed(form, name, output[name], found)
    return _Fit(form, found, filled)


def _narrowed(form: _Form, name: str, value: object, found: Found) -> object:
    check = form.narrowed.get(name)
    return value if check is None else check(value, name, found)
