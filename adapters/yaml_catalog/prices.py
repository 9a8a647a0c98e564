"""From a model's price rules in YAML to the domain's, every fault noted. The format: ``docs/registry.md``, "Prices"."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from adapters.yaml_catalog.conditions import build_conditions, positive_or_zero
from adapters.yaml_catalog.errors import Faults
from adapters.yaml_catalog.schema import (
    Reader,
    Unexpected,
    anything,
    boolean,
    day,
    demand_keys,
    did_you_mean,
    mapping,
    names,
    one_of,
    positive,
    read_keys,
    sequence,
    shown,
    text,
    word,
)
from domain.condition import number_of, text_of
from domain.model import Model, Parameter, ParameterType
from domain.price_cover import PriceGap, price_gaps
from domain.price_rule import PriceRule, PriceUnit, Quantity, Surcharge

Parameters = Mapping[str, Parameter]
Path = tuple[str, ...]

MOST_CREDITS: Final = 100_000
"""Of one unit: 500 dollars, a hundred times the dearest. More is a slip of the hand."""


def _credits(value: object) -> float:
    read = positive_or_zero(value)
    if read > MOST_CREDITS:
        raise Unexpected(f"at most {MOST_CREDITS} credits a unit")
    return read


KEYS: Final[Mapping[str, Reader]] = {
    "credits": _credits,
    "unit": one_of(PriceUnit),
    "when": mapping,
    "per": anything,
    "plus": sequence,
    "at_least": _credits,
    "at_most": _credits,
    "most_seconds": positive,
    "as_of": day,
    "source": text,
    "confidence": word("billed", "feed", "page", "old", "derived"),
    "note": text,
}


def _amounts(value: object) -> Mapping[str, float]:
    """The most that each value can mean."""
    if not isinstance(value, dict):
        raise Unexpected("a mapping of values to the most they can mean")
    return MappingProxyType({text_of(key): float(positive(most)) for key, most in value.items()})


PER_KEYS: Final[Mapping[str, Reader]] = {
    "parameter": text,
    "length_of": text,
    "characters_of": text,
    "speech_of": text,
    "ratio": names,
    "results": boolean,
    "max": positive,
    "left_out": anything,
    "auto": _amounts,
    "or_length_of": text,
    "zero_means": text,
    "zero_max": positive,
    "characters_per_second": positive,
    "slowest": positive,
}
WHERE_FROM: Final = ("parameter", "length_of", "characters_of", "speech_of", "ratio", "results")
PLUS_KEYS: Final[Mapping[str, Reader]] = {
    "credits": positive,
    "images": anything,
    "free": positive,
    "seconds_of": text,
    "max_seconds": positive,
    "certain": boolean,
}


def build_prices(data: Iterable[object], parameters: Parameters, faults: Faults) -> Iterable[PriceRule]:
    """Return the price rules that can be read."""
    for index, one in enumerate(data):
        path = (f"price[{index}]",)
        values = read_keys(one, KEYS, path, faults)
        if demand_keys(values, one, ("credits", "as_of", "source"), path, faults):
            yield _rule(values, parameters, path, faults)


def check_prices(model: Model, faults: Faults) -> None:
    """Note what has no price or two: which values, and which rules. Values for which the same rules compete are one fault."""
    by_rules: dict[tuple[int, ...], list[PriceGap]] = {}
    for gap in price_gaps(model):
        by_rules.setdefault(tuple(gap.rules), []).append(gap)
    for rules, (gap, *others) in by_rules.items():
        said = ", ".join(f"{name}: {text_of(value)}" for name, value in gap.values.items()) or "any input"
        more = f" (and {len(others)} like it)" if others else ""
        if rules:
            places = " and ".join(f"price[{index}]" for index in rules)
            faults.add(
                ("price",), f"expected one price for {said}{more}, found {places}: let their `when` tell them apart"
            )
        else:
            faults.add(("price",), f"expected a price for {said}{more}, found none: add a rule or widen a `when`")


def _rule(values: Mapping[str, Any], parameters: Parameters, path: Path, faults: Faults) -> PriceRule:
    conditions = values.get("when")
    credits_ = values["credits"]
    for key, word_, is_crossed in (
        ("at_least", "at most", values.get("at_least", credits_) > credits_),
        ("at_most", "at least", values.get("at_most", credits_) < credits_),
    ):
        if is_crossed:
            faults.add(
                (*path, key), f"expected {word_} the credits ({text_of(credits_)}), found {text_of(values[key])}"
            )
    return PriceRule(
        credits=credits_,
        unit=values.get("unit", PriceUnit.REQUEST),
        when=MappingProxyType({})
        if conditions is None
        else build_conditions(conditions, parameters, (*path, "when"), faults, facts=True),
        per=_quantity(values["per"], parameters, (*path, "per"), faults) if "per" in values else None,
        plus=tuple(
            _surcharge(one, parameters, (*path, f"plus[{index}]"), faults)
            for index, one in enumerate(values.get("plus", ()))
        ),
        at_least=values.get("at_least"),
        at_most=values.get("at_most"),
        most_seconds=values.get("most_seconds"),
        as_of=values["as_of"],
        source=values["source"],
        confidence=values.get("confidence", ""),
        note=values.get("note", ""),
    )


def _quantity(data: object, parameters: Parameters, path: Path, faults: Faults) -> Quantity | None:
    """``per: duration`` is short for ``per: {parameter: duration}``."""
    values = read_keys({"parameter": data} if isinstance(data, str) else data, PER_KEYS, path, faults)
    said = [key for key in WHERE_FROM if key in values]
    if len(said) != 1:
        faults.add(path, f"expected one of {', '.join(WHERE_FROM)}, found {shown(data)}")
        return None
    spoken = [values.get(key, "") for key in ("parameter", "length_of", "or_length_of", "zero_means")]
    spoken += [path_.partition("[")[0] for path_ in (values.get("characters_of", ""), values.get("speech_of", ""))]
    if not _are_known([*spoken, *values.get("ratio", ())], parameters, path, faults):
        return None
    missing = [key for key in _needed(values, parameters) if key not in values]
    for key in missing:
        faults.add(path, f"expected the key '{key}'")
    if missing:
        return None
    return Quantity(
        parameter=values.get("parameter", ""),
        length_of=values.get("length_of", ""),
        characters_of=values.get("characters_of", ""),
        speech_of=values.get("speech_of", ""),
        ratio=values.get("ratio", ("", ""))[:2],
        results=values.get("results", False),
        maximum=values.get("max"),
        left_out=values.get("left_out"),
        auto=values.get("auto", MappingProxyType({})),
        or_length_of=values.get("or_length_of", ""),
        zero_means=values.get("zero_means", ""),
        zero_maximum=values.get("zero_max", 0.0),
        characters_per_second=values.get("characters_per_second", 0.0),
        slowest=values.get("slowest", 0.0),
    )


def _needed(values: Mapping[str, Any], parameters: Parameters) -> Iterator[str]:
    """The keys without which a quantity would have no most, and so no ceiling."""
    parameter = parameters.get(values.get("parameter", ""))
    has_most = (
        parameter is not None
        and parameter.type is not ParameterType.STRING
        and any(
            number_of(top) is not None
            for top in (*parameter.values, parameter.maximum, *values.get("auto", {}).values())
        )
    )
    if not has_most or "or_length_of" in values:
        yield "max"
    if "zero_means" in values:
        yield "zero_max"
    if "speech_of" in values:
        yield from ("characters_per_second", "slowest")


def _surcharge(data: object, parameters: Parameters, path: Path, faults: Faults) -> Surcharge:
    values = read_keys(data, PLUS_KEYS, path, faults)
    images = values.get("images", ())
    listed = tuple(images) if isinstance(images, list) else (images,) if images else ()
    seconds_of = values.get("seconds_of", "")
    if bool(listed) is bool(seconds_of):
        faults.add(path, "expected either images or seconds_of")
    elif seconds_of and "max_seconds" not in values:
        faults.add(path, "expected the key 'max_seconds'")
    known = _are_known([*listed, seconds_of], parameters, path, faults)
    return Surcharge(
        credits=values.get("credits"),
        images=listed if known else (),
        free=int(values.get("free", 0)),
        seconds_of=seconds_of if known else "",
        max_seconds=values.get("max_seconds", 0.0),
        certain=values.get("certain", True),
    )


def _are_known(spoken: Sequence[object], parameters: Parameters, path: Path, faults: Faults) -> bool:
    strange = [name for name in spoken if name and not (isinstance(name, str) and name in parameters)]
    for name in strange:
        faults.add(path, f"expected a parameter of the model{did_you_mean(name, parameters)}, found {shown(name)}")
    return not strange
