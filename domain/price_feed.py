"""The provider's public price feed: rows of text, and the price rule of our own that each speaks of."""

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Final

from attrs import evolve, frozen

from domain.condition import Condition, text_of
from domain.model import Model, ModelId
from domain.price_rule import PriceRule, PriceUnit

TOO_FAR: Final = 10.0
"""A price so many times as high or as low as the last is held for the operator, and not used."""

_APART: Final = re.compile(r"[\s,;/()]+")
_UNITS: Final[Mapping[str, PriceUnit]] = {
    "image": PriceUnit.IMAGE,
    "video": PriceUnit.VIDEO,
    "vedio": PriceUnit.VIDEO,
    "second": PriceUnit.SECOND,
    "request": PriceUnit.REQUEST,
    "generation": PriceUnit.REQUEST,
    "upscale": PriceUnit.REQUEST,
    "1000 characters": PriceUnit.THOUSAND_CHARACTERS,
}
_WHOLE: Final = frozenset({PriceUnit.IMAGE, PriceUnit.VIDEO, PriceUnit.REQUEST})
"""Units that mean one task where a model makes one thing."""


@frozen(kw_only=True)
class FeedRow:
    """One row: ``text`` names it, ``model`` is the id it points at (it can be wrong), ``unit`` in the feed's words."""

    text: str
    model: str
    credits: float
    unit: str


@frozen(kw_only=True)
class FeedPrice:
    """What the feed says of one price rule: ``place`` is the rule's place in the model's list."""

    model: ModelId
    place: int
    credits: float
    row: str


CHARGED: Final = "charges here"
"""The ``row`` of a price that the provider's charges taught us."""

OPERATOR: Final = "the operator"
"""The ``row`` of a price of the operator's own."""

_CONFIDENCE: Final[Mapping[str, str]] = {CHARGED: "billed", OPERATOR: "own"}
"""How sure a price is whose source is not the feed."""


class Judgement(StrEnum):
    """What becomes of a price of the feed."""

    SAME = "same"
    NEW = "new"
    HELD = "held"
    """Too far from the last: the operator is to look."""


def matched(models: Mapping[str, Model], rows: Iterable[FeedRow]) -> tuple[Sequence[FeedPrice], Sequence[FeedRow]]:
    """Return the rows whose price rule is certain, and those that are left to a person.

    Rows that give one rule several prices say nothing for certain. Rows that say the same again are not left.
    """
    of_rule: dict[tuple[ModelId, int], list[FeedRow]] = {}
    left = []
    for row in rows:
        model = models.get(row.model)
        place = None if model is None else _place(model, row)
        if model is None or place is None:
            left.append(row)
        else:
            of_rule.setdefault((model.id, place), []).append(row)
    found = []
    for (model_id, place), same in of_rule.items():
        if len({row.credits for row in same}) > 1:
            left += same
        else:
            found.append(FeedPrice(model=model_id, place=place, credits=same[0].credits, row=same[0].text))
    return found, left


def judged(before: float, now: float) -> Judgement:
    """Return what to do with a price that was ``before``."""
    if abs(now - before) < 1e-6:
        return Judgement.SAME
    if before > 0 and now > 0 and 1 / TOO_FAR < now / before < TOO_FAR:
        return Judgement.NEW
    return Judgement.HELD


def repriced(model: Model, prices: Iterable[FeedPrice], *, as_of: str, source: str) -> Model:
    """Return the model with these credits in its rules: the feed's, the operator's own, or those that were charged here."""
    rules = list(model.prices)
    for price in prices:
        if price.place < len(rules):
            rule = rules[price.place]
            at_most = None if rule.at_most is None or rule.at_most <= price.credits else rule.at_most
            rules[price.place] = evolve(
                rule,
                credits=price.credits,
                at_most=at_most,
                at_least=None,
                as_of=as_of,
                source=price.row if price.row in _CONFIDENCE else source,
                confidence=_CONFIDENCE.get(price.row, "feed"),
            )
    return evolve(model, prices=tuple(rules))


def _place(model: Model, row: FeedRow) -> int | None:
    """The one rule that the row's words fit; None where none does, or several."""
    unit = _UNITS.get(" ".join(row.unit.lower().removeprefix("per").split()))
    text = f" {' '.join(_APART.split(row.text.lower()))} "
    fitting = [
        place
        for place, rule in enumerate(model.prices)
        if unit is not None and _same_unit(rule.unit, unit) and _fits(rule, text)
    ]
    return fitting[0] if len(fitting) == 1 else None


def _same_unit(known: PriceUnit, theirs: PriceUnit) -> bool:
    return known is theirs or {known, theirs} <= _WHOLE


def _fits(rule: PriceRule, text: str) -> bool:
    return all(_says(name, condition, text) for name, condition in rule.when.items())


def _says(name: str, condition: Condition, text: str) -> bool:
    """Whether the row's words state the condition: a value as a word, a switch by its name and state."""
    if condition.given is not None:
        return f" {name} {'given' if condition.given else 'not given'} " in text
    if not condition.values:
        return any(f" {text_of(edge)} " in text for edge in (condition.minimum, condition.maximum) if edge is not None)
    values = [value.lower() for value in condition.values if value != text_of(None)]
    if set(values) <= {"true", "false"}:
        return any(f" {name} {value} " in text for value in values)
    return any(f" {value} " in text for value in values)
