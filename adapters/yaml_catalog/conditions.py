"""Conditions on a model's own parameters, as price rules and rules between parameters write them in ``when``."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

from adapters.yaml_catalog.errors import Faults
from adapters.yaml_catalog.schema import Reader, Unexpected, boolean, did_you_mean, number, read_keys, shown
from domain.condition import Condition, text_of
from domain.earlier_task import SOURCE
from domain.model import Parameter, ParameterType
from domain.price import OUTPUT_SIDE

KEYS: Final[Mapping[str, Reader]] = {"given": boolean, "min": number, "max": number}


def build_conditions(
    data: object, parameters: Mapping[str, Parameter], path: tuple[str, ...], faults: Faults, *, facts: bool = False
) -> Mapping[str, Condition]:
    """Return the conditions of a mapping ``parameter: what it must be``.

    What it must be is a value, a list of values (``null`` is left out), ``{min, max}`` or ``{given: true}``. With ``facts``,
    ``$output_long_side`` and names that begin with ``$source_`` stand for what is known of a file and of an earlier task.
    """
    if not isinstance(data, dict) or not data:
        faults.add(path, f"expected a mapping of parameters, found {shown(data)}")
        return {}
    built: dict[str, Condition] = {}
    for name, wanted in data.items():
        of_name = (*path, str(name))
        if not isinstance(name, str) or not (name in parameters or (facts and _is_fact(name))):
            known = [OUTPUT_SIDE] if facts and str(name).startswith("$") else parameters
            faults.add(of_name, f"expected a parameter of the model{did_you_mean(name, known)}, found {shown(name)}")
            continue
        built[name] = _condition(wanted, parameters.get(name), of_name, faults)
    return MappingProxyType(built)


def _is_fact(name: str) -> bool:
    """Whether the name stands for what is known of a file or of an earlier task."""
    return name == OUTPUT_SIDE or (name.startswith(SOURCE) and name != SOURCE)


def _condition(wanted: object, parameter: Parameter | None, path: tuple[str, ...], faults: Faults) -> Condition:
    if isinstance(wanted, dict):
        values = read_keys(wanted, KEYS, path, faults)
        given, low, high = values.get("given"), values.get("min"), values.get("max")
        if not wanted or (given is not None and len(values) > 1):
            faults.add(path, f"expected either given, or min and max, found {shown(wanted)}")
        if low is not None and high is not None and low > high:
            faults.add((*path, "min"), f"expected at most max ({text_of(high)}), found {text_of(low)}")
        return Condition(given=given, minimum=low, maximum=high)
    listed = wanted if isinstance(wanted, list) else [wanted]
    if not listed:
        faults.add(path, "expected one or more values")
    if parameter is not None:
        check_values(listed, parameter, path, faults)
    return Condition(values=frozenset(map(text_of, listed)))


def check_values(listed: Iterable[Any], parameter: Parameter, path: tuple[str, ...], faults: Faults) -> None:
    """A value no input can have would make a rule that never applies."""
    known = {"true", "false"} if parameter.type is ParameterType.BOOLEAN else set(map(text_of, parameter.values))
    if not known or parameter.open_values:
        return
    for value in listed:
        if value is not None and text_of(value) not in known:
            near = did_you_mean(text_of(value), known)
            faults.add(path, f"expected a value of the parameter{near}, found {shown(value)}")


def positive_or_zero(value: object) -> float:
    """Read a number from 0."""
    read = number(value)
    if read < 0:
        raise Unexpected("a number from 0")
    return float(read)
