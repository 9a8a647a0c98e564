"""KIE's prices, which come as prose (kie/API.md §9)."""

import re
from collections.abc import Mapping
from typing import Final

from attrs import evolve

from config.registry_tools.live_model import LivePrice
from domain.condition import Condition, text_of
from domain.model import Parameter
from domain.price_rule import PriceRule, PriceUnit, Quantity

ANY: Final = "any"
"""The one tier of a price that depends on nothing."""
_NUMBER: Final = r"(\d+(?:\.\d+)?)"
_FIGURE: Final = re.compile(rf"(?<![\d.]){_NUMBER} *credits?\b", re.IGNORECASE)
_TIER: Final = re.compile(rf"{_NUMBER} credits? per ([^();]+?)(?: \((.+)\))?", re.IGNORECASE)


def read_price(text: str) -> LivePrice:
    """The figures of a price, and the whole of it where it is ``4 credits per image (1K); 8 credits per image (2K)``."""
    figures = frozenset(float(figure) for figure in _FIGURE.findall(text))
    tiers = [_TIER.fullmatch(part.strip()) for part in text.split(";")]
    found = [(tier[3] or ANY, tier[2], float(tier[1])) for tier in tiers if tier is not None]
    units = {unit for _, unit, _ in found}
    credits_ = {tier: _whole(figure) for tier, _, figure in found}
    if len(units) != 1 or not len(tiers) == len(found) == len(credits_):
        return LivePrice(text=text, figures=figures)
    return LivePrice(text=text, figures=figures, unit=units.pop(), credits=credits_)


DURATION: Final = "duration"
_UNITS: Final = {
    **{unit.value: unit for unit in PriceUnit},
    "generation": PriceUnit.REQUEST,
    "audio": PriceUnit.REQUEST,
    "text": PriceUnit.REQUEST,
}


def price_rules(
    price: LivePrice, parameters: Mapping[str, Parameter], *, as_of: str, source: str
) -> tuple[PriceRule, ...]:
    """Return the price as rules over the model's own parameters; none where a word of it is no value of theirs."""
    unit = _UNITS.get(price.unit)
    if unit is None or (unit is PriceUnit.SECOND and DURATION not in parameters):
        return ()
    per = Quantity(parameter=DURATION) if unit is PriceUnit.SECOND else None
    if list(price.credits) == [ANY]:
        return (PriceRule(credits=price.credits[ANY], unit=unit, per=per, as_of=as_of, source=source),)
    tiers = [(_choices(tier, parameters), figure) for tier, figure in price.credits.items()]
    common = set.intersection(*(set(choices) for choices, _ in tiers)) if tiers else set()
    if len(common) != 1:
        return ()
    name = common.pop()
    return tuple(
        PriceRule(
            credits=figure, unit=unit, per=per, as_of=as_of, source=source,
            when={name: Condition(values=frozenset({choices[name]}))},
        )
        for choices, figure in tiers
    )  # fmt: skip


def _choices(tier: str, parameters: Mapping[str, Parameter]) -> dict[str, str]:
    """The parameters that can be meant by ``1K`` or ``resolution 1k``, with the value as they write it."""
    found = {}
    for name, parameter in parameters.items():
        spoken = tier.removeprefix(f"{name} ").casefold()
        value = next((text for text in map(text_of, parameter.values) if text.casefold() == spoken), None)
        if value is not None:
            found[name] = value
    return found


def readable(price: LivePrice, parameters: Mapping[str, Parameter]) -> LivePrice:
    """Return the price without its figures by tier where they can't be written as rules."""
    return price if price_rules(price, parameters, as_of="", source="") else evolve(price, unit="", credits={})


def _whole(figure: float) -> float:
    return int(figure) if figure.is_integer() else figure
