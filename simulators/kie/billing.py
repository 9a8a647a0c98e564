"""What a task costs on the simulated KIE: the price facts applied to one input and its files."""

from collections.abc import Mapping
from typing import Any, Final, Protocol

from attrs import field, frozen

from .conditions import Given, all_hold, as_number, as_text, at_path, effective, is_given, texts_at
from .known_facts import KieFacts, Model

# What a model without a price fact costs: one that is not sold any more.
UNPRICED: Final = 1.0
# Of a quantity that nothing tells, so much of the most it can be is billed.
_SHARE_OF_UNKNOWN: Final = 0.5


class Measures(Protocol):
    """What KIE learns from files and earlier tasks."""

    def seconds_of(self, paths: tuple[str, ...]) -> float | None:
        """Return the seconds of the files at these parameters together, or None where they cannot be known."""
        ...

    def results(self) -> int:
        """Return how many files the task will hand out."""
        ...

    def fact(self, name: str) -> object:
        """Return what `$source_resolution` and the like are for this input, or None."""
        ...


@frozen(kw_only=True)
class Bill:
    """The price of one task in credits.

    Attributes:
        credits: what is charged when the task succeeds; it lies between `least` and `most`.
        is_certain: False where sources differ, or where something that counts is not known; `note` says what.
    """

    credits: float
    least: float
    most: float
    is_certain: bool
    note: str = field(default="")


@frozen(kw_only=True)
class TaskBilling:
    """Bills inputs by the price facts.

    Attributes:
        share: where in an uncertain range a bill lies: 0 the least, 1 the most.
    """

    facts: KieFacts
    share: float = 0.0

    def __call__(self, model_id: str, model: Model, given: Given, measures: Measures) -> Bill:
        """Return the bill of one valid input."""
        priced = self.facts.prices.get(model_id)
        if priced is None:
            return Bill(credits=UNPRICED, least=UNPRICED, most=UNPRICED, is_certain=False, note="no price is known")
        known = _known_facts(priced, measures)
        matching = [
            rule
            for rule in priced["rules"]
            if all_hold(rule.get("when", {}), model, {**given, **known}, priced.get("left_out"))
        ]
        if len(matching) != 1:
            possible = [
                _Priced(rule, model, given, priced, measures).range()
                for rule in priced["rules"]
                if all_hold(_without(rule.get("when", {}), known), model, given, priced.get("left_out"))
            ]
            top = float(priced.get("unknown_at_most", priced["ceiling"]))
            least = min((low for low, _, _ in possible), default=_SHARE_OF_UNKNOWN * top)
            return self._within(least, top, "the source of this task is not known")
        return self._by_rule(_Priced(matching[0], model, given, priced, measures))

    def _by_rule(self, priced: "_Priced") -> Bill:
        least, most, notes = priced.range()
        return self._within(least, most, "; ".join(notes))

    def _within(self, least: float, most: float, note: str) -> Bill:
        least, most = round(least, 4), round(max(least, most), 4)
        charged = round(least + self.share * (most - least), 4)
        return Bill(credits=charged, least=least, most=most, is_certain=least == most, note=note)


@frozen
class _Priced:
    rule: Mapping[str, Any]
    model: Model
    given: Given
    about: Mapping[str, Any]
    measures: Measures

    def range(self) -> tuple[float, float, list[str]]:
        """Return the least and the most of the bill, with what makes them differ."""
        notes = []
        each, dearest = self.rule["credits"], self.rule.get("at_most", self.rule["credits"])
        low, high = self._quantity()
        if low != high:
            notes.append("how much comes out is not known before")
        if each != dearest:
            notes.append("sources differ")
        least, most = each * low, dearest * high
        for more in self.rule.get("plus", ()):
            cheap, dear = self._surcharge(more)
            if cheap != dear:
                notes.append(f"whether {more['unit']} is billed is doubtful")
            least, most = least + cheap, most + dear
        if "total_seconds_max" in self.rule:
            top = dearest * self.rule["total_seconds_max"]
            least, most = min(least, top), min(most, top)
        return least, most, notes

    def _quantity(self) -> tuple[float, float]:
        per = self.rule.get("per")
        match per:
            case None:
                return 1, 1
            case {"results": True}:
                count = min(self.measures.results(), per["max"])
                return count, count
            case {"length_of": str(path), "max": most}:
                return self._length((path,), most)
            case {"characters_of": str(path)}:
                count = sum(map(len, texts_at(self.given, path))) / 1000
                return count, count
            case {"speech_of": str(path), "characters_per_second": usual, "slowest": slowest, "max": most}:
                count = sum(map(len, texts_at(self.given, path)))
                return min(count / usual, most), min(count / slowest, most)
            case {"expression": str(expression)}:
                count = self._ratio(expression)
                return count, count
            case _:
                return self._counted(per)

    def _counted(self, per: Mapping[str, Any]) -> tuple[float, float]:
        value = effective(self.model, self.given, per["parameter"])
        value = per.get("left_out") if value is None else value
        if as_text(value) in per.get("auto", {}):
            most = per["auto"][as_text(value)]
            return _SHARE_OF_UNKNOWN * most, most
        count = as_number(value)
        if count == 0 and "zero_means" in per:
            return self._length((per["zero_means"]["length_of"],), per["zero_means"]["max"])
        if count is None or count < 0:  # -1 leaves it to the film that is given
            return self._length((per["or_length_of"],), per["max"]) if "or_length_of" in per else (1, 1)
        return count, count

    def _length(self, paths: tuple[str, ...], most: float) -> tuple[float, float]:
        seconds = self.measures.seconds_of(paths)
        return (_SHARE_OF_UNKNOWN * most, most) if seconds is None else (seconds, seconds)

    def _ratio(self, expression: str) -> float:
        above, below = (
            as_number(effective(self.model, self.given, name.strip())) or 1.0 for name in expression.split("/")
        )
        return above / below

    def _surcharge(self, more: Mapping[str, Any]) -> tuple[float, float]:
        each = self.rule["credits"] if more["credits"] == "same" else more["credits"]
        names = tuple(more["of"]) if isinstance(more["of"], list) else (more["of"],)
        given = tuple(name for name in names if is_given(self.given, name))
        if not given:
            return 0.0, 0.0
        if more["unit"] == "input_image":
            found = [value for name in given for value in at_path(self.given, name)]
            count = sum(len(value) if isinstance(value, list) else 1 for value in found) - more.get("free", 0)
            least, most = each * max(0, count), each * max(0, count)
        else:
            low, high = self._length(given, more["max_seconds"])
            least, most = each * low, each * high
        return (0.0 if more.get("certain") is False else least), most


def _without(when: Mapping[str, Any], known: Mapping[str, object]) -> dict[str, Any]:
    """Return the conditions but for facts that are not known."""
    return {name: condition for name, condition in when.items() if known.get(name) is not None or name not in known}


def _known_facts(priced: Mapping[str, Any], measures: Measures) -> dict[str, object]:
    names = {name for rule in priced["rules"] for name in rule.get("when", {}) if name.startswith("$")}
    return {name: measures.fact(name) for name in names}
