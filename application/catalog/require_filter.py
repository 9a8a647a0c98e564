"""The content filter where the operator wants it always: sent wherever a model takes it."""

from collections.abc import Mapping

from application.errors import InvalidInput
from domain.model import Model
from domain.parameter_roles import ADULT_VALUES, safety_switches
from domain.violation import Violation, ViolationCode


def with_filter(model: Model, values: Mapping[str, object]) -> dict[str, object]:
    """Return the input with every content-filter switch of the model on.

    Raises:
        InvalidInput: the input asks for a mode that is made for adults.
    """
    adult = [name for name, value in values.items() if isinstance(value, str) and value in ADULT_VALUES]
    if adult:
        raise InvalidInput([_not_allowed(model, name, values[name]) for name in adult])
    return {**values, **{switch.name: True for switch in safety_switches(model)}}


def _not_allowed(model: Model, name: str, value: object) -> Violation:
    allowed = [one for one in model.parameters[name].values if one not in ADULT_VALUES]
    return Violation(
        path=name, code=ViolationCode.NOT_IN_ENUM, values={"allowed": allowed, "actual": value, "closest": []}
    )
