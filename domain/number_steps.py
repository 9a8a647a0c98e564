"""How a number is moved by steps."""

import math
from decimal import Decimal

from domain.model import Parameter, ParameterType


def number_step(parameter: Parameter) -> Decimal | None:
    """Return by how much one step moves a number; None where it has to be typed.

    The registry's step, else 1 for whole numbers or a tenth of a known range.
    """
    if parameter.type not in {ParameterType.INTEGER, ParameterType.NUMBER, ParameterType.NUMERIC_TEXT}:
        return None
    if parameter.step is not None:
        return Decimal(str(parameter.step))
    if parameter.minimum is not None and parameter.maximum is not None:
        tenth = Decimal(str(parameter.maximum - parameter.minimum)) / 10
        is_whole = parameter.type is not ParameterType.NUMBER
        return max(Decimal(1), tenth.to_integral_value()) if is_whole else tenth
    return None


def current_number(parameter: Parameter, value: object) -> int | float:
    """Return where stepping starts: the value, else what counts without one, else the least allowed."""
    for candidate in (value, parameter.left_out, parameter.minimum):
        try:
            number = float(str(candidate))
        except ValueError:
            continue
        if math.isfinite(number):
            return number
    return 0
