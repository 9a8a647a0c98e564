"""Replace the seed of an input with a new random one."""

from collections.abc import Callable, Mapping
from typing import Final

from domain.model import Model, ParameterType
from domain.parameter_roles import seed_parameter

HIGHEST: Final = 2**31 - 1
"""The upper end where a model states none: what every model that states one states, ``veo/extend`` aside."""

Pick = Callable[[int, int], int]
"""A number between two, both included: ``random.randint``."""


def with_another_seed(model: Model, values: Mapping[str, object], pick: Pick) -> Mapping[str, object]:
    """The values with a new seed in the model's range; unchanged where it has no seed.

    A range may begin below 0: the negative numbers ask the provider for a random one, which no one could repeat.
    """
    parameter = seed_parameter(model)
    if parameter is None:
        return values
    if parameter.type is ParameterType.STRING:  # its limits are of length
        return {**values, parameter.name: str(pick(0, HIGHEST))}
    low = max(0, int(parameter.minimum or 0))
    high = HIGHEST if parameter.maximum is None else int(parameter.maximum)
    return {**values, parameter.name: pick(low, high)}
