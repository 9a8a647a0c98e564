"""What an input will cost: one quote for every input, compiled once for each model.

A quote is exact, a range, or the most it can cost; it is never nothing for want of knowledge. ``domain/price_rule.py`` holds
the facts. The reference for its arithmetic is the estimator of ``docs/registry.md``, "Prices".
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Final

from attrs import evolve, field, frozen

from domain.condition import Condition, is_filled, items_at, number_of, text_of
from domain.earlier_task import EarlierTask
from domain.media import Attachment
from domain.model import NO_DEFAULT, Model, Parameter
from domain.parameter_roles import picture_parameter, scale_parameter
from domain.price_rule import PriceRule, Quantity, Surcharge

Facts = Mapping[str, object]
"""What is known beside the input: seconds of the files by parameter (a number or a ``Length``), ``$names`` of price rules."""

Values = Mapping[str, object]
NO_FACTS: Final[Facts] = {}
REMEMBERED: Final = 1_000
"""Combinations for which the rule is kept; more come only from values that no model takes."""


@frozen
class Length:
    """Seconds of files together, as far as their sender said: they may differ by ``error``."""

    seconds: float
    error: float


OUTPUT_SIDE: Final = "$output_long_side"
"""The fact of price rules that the attached picture tells."""

_HUGE: Final = 1e9
"""No quantity is larger; an input that is not valid is priced as far as it makes sense."""


class PriceBasis(StrEnum):
    """How much a quote knows."""

    EXACT = "exact"
    RANGE = "range"
    """Between ``low`` and ``high``."""
    CEILING = "ceiling"
    """Up to ``high``: it depends on what the input does not tell."""
    UNKNOWN = "unknown"
    """No price was ever seen; ``high`` is what the dearest model of this kind can cost."""


@frozen(kw_only=True)
class PriceQuote:
    """The price of one input in credits.

    ``credits`` is the expected charge, None where it cannot be known. ``high`` is the most this input can cost, which is what
    is reserved; ``ceiling`` the most any input of the model can. ``as_of`` is a date or a season, empty where nothing is known.
    """

    credits: float | None
    low: float
    high: float
    ceiling: float
    basis: PriceBasis
    as_of: str = ""
    source: str = ""
    place: int | None = field(default=None, eq=False)
    """The place of the one price rule that applies; None where several may."""

    @property
    def is_exact(self) -> bool:
        return self.basis is PriceBasis.EXACT

    def asks_first(self, confirm_credits: float) -> bool:
        """Return whether a person must agree before it is bought: it can be dear, or it cannot be known."""
        return self.credits is None or self.high >= confirm_credits

    def times(self, factor: Decimal) -> "PriceQuote":
        """Return the same quote in a currency of which ``factor`` make one credit of this."""
        return evolve(
            self,
            credits=None if self.credits is None else _times(self.credits, factor),
            low=_times(self.low, factor),
            high=_times(self.high, factor),
            ceiling=_times(self.ceiling, factor),
        )


def _times(credits_: float, factor: Decimal) -> float:
    return float(Decimal(str(credits_)) * factor)


Quote = Callable[[Values, Facts], PriceQuote]
"""``(normalised input, facts)``. Pure, and quick enough for every row of a list."""

_Slot = Callable[[Values, Facts], object]
_Count = Callable[[Values, Facts], tuple[float | None, float, float]]
"""How many units: as far as known, the least, the most."""
_Sum = tuple[float | None, float, float]


def compile_price(model: Model) -> Quote | None:
    """Return the quote of a model's inputs; None where the registry has no price for it."""
    if not model.prices:
        return None
    rules = [_CompiledRule.of(model, place) for place in range(len(model.prices))]
    ceiling = ceiling_of(model)
    unknown = model.unknown_at_most if model.unknown_at_most is not None else ceiling
    read = _reader(model)
    known: dict[object, list[_CompiledRule]] = {}

    output_side = compile_output_side(model)

    def quote(values: Values, facts: Facts = NO_FACTS) -> PriceQuote:
        if output_side is not None:
            facts = {OUTPUT_SIDE: output_side(values), **facts}
        key = read(values, facts)
        found = known.get(key)
        if found is None:
            if len(known) >= REMEMBERED:
                known.clear()
            found = known[key] = [rule for rule in rules if rule.applies(key)]
        if len(found) == 1:
            return found[0].quote(values, facts, ceiling)
        possible = [rule for rule in rules if rule.may_apply(key)] or rules
        sums = [rule.sums(values, facts) for rule in possible]
        low, high = min(least for _, least, _ in sums), max([unknown, *(most for _, _, most in sums)])
        return PriceQuote(
            credits=None, low=low, high=high, ceiling=max(ceiling, high),
            basis=PriceBasis.RANGE if low else PriceBasis.CEILING,
            as_of=max(rule.rule.as_of for rule in possible), source=possible[0].rule.source,
        )  # fmt: skip

    return quote


def _reader(model: Model) -> Callable[[Values, Facts], tuple[object, ...]]:
    """Return what the prices of a model depend on, read from an input: values as text, whether given, numbers."""
    names = _names(model)
    fallbacks = tuple(
        (name, name.startswith("$"), None if name.startswith("$") else effective_parameter(model.parameters[name]))
        for name in names
    )
    texts = frozenset(
        name for name in names if all(rule.when[name].values for rule in model.prices if name in rule.when)
    )
    plain = tuple((name, is_fact, fallback, name in texts) for name, is_fact, fallback in fallbacks)

    def read(values: Values, facts: Facts) -> tuple[object, ...]:
        key: list[object] = []
        for name, is_fact, fallback, as_text in plain:
            value = _fact(facts.get(name)) if is_fact else values.get(name, fallback)
            if as_text:
                key.append(value if type(value) is str else text_of(value))
            else:
                key.append(value if isinstance(value, int | float | str) or value is None else bool(value))
        return tuple(key)

    return read


def _fact(value: object) -> object:
    """Return what a fact says; None, as if it were not known, for what no fact can be."""
    if type(value) is str:
        return value
    return value if (type(value) is int or type(value) is float) and value >= 0 else None


def _names(model: Model) -> list[str]:
    return sorted({name for rule in model.prices for name in rule.when})


def ceiling_of(model: Model) -> float:
    """Return the most that one task of a priced model can cost, all doubts counted."""
    tops = [_top(model, rule) for rule in model.prices]
    return round(max([*tops, model.unknown_at_most or 0.0]), 2)


def effective_parameter(parameter: Parameter) -> object:
    """Return what counts where a parameter is left out: what we send, the provider's default, or what is assumed of it."""
    return parameter.assumed if parameter.left_out is NO_DEFAULT else parameter.left_out


def deciding_parameters(model: Model, sent: Values | None) -> list[Parameter]:
    """Return the parameters that the price depends on and that count for a person who leaves them out: by what we send, or by
    the provider's default. ``sent``: the valid input, if it is one; what it lacks of what we send does not apply."""
    rules = [rule.per for rule in model.prices if rule.per]
    names = {*_names(model), *(each for per in rules for each in (per.parameter, *per.ratio))}
    found = [one for one in model.parameters.values() if one.name in names and is_filled(_counting(one))]
    return [one for one in found if one.send is None or sent is None or one.name in sent]


def _counting(parameter: Parameter) -> object:
    return None if parameter.left_out is NO_DEFAULT else parameter.left_out


def file_seconds(values: Values) -> dict[str, object]:
    """Return the length of the attached files by parameter, where the front end said all of them."""
    facts: dict[str, object] = {}
    for name, value in values.items():
        files = value if isinstance(value, list) else [value]
        stated = [one for one in files if isinstance(one, Attachment) and one.seconds is not None]
        if files and len(stated) == len(files):
            facts[name] = Length(sum(one.seconds or 0.0 for one in stated), sum(one.seconds_error for one in stated))
    return facts


def priced_files(model: Model) -> Sequence[str]:
    """Return the parameters whose files a price of the model depends on, by their length or their sides."""
    counted = [rule.per for rule in model.prices if rule.per]
    lengths = {name for per in counted for name in (per.length_of, per.or_length_of, per.zero_means)}
    lengths |= {more.seconds_of for rule in model.prices for more in rule.plus}
    picture = picture_parameter(model)
    sides = {picture.name} if picture is not None and OUTPUT_SIDE in _names(model) else set()
    return sorted((lengths | sides) & model.parameters.keys())


def compile_output_side(model: Model) -> Callable[[Values], float | None] | None:
    """Return what tells the longer side of the result in pixels; None where no price of the model depends on it.

    It is that of the attached picture, as many times as the model enlarges it; None where the picture's is not known.
    """
    picture, scale = picture_parameter(model), scale_parameter(model)
    if OUTPUT_SIDE not in _names(model) or picture is None:
        return None
    name, times = picture.name, _effective(model, scale.name) if scale else lambda _values, _facts: 1

    def side(values: Values) -> float | None:
        file, factor = values.get(name), number_of(times(values, NO_FACTS))
        if not isinstance(file, Attachment) or not file.width or not file.height or factor is None:
            return None
        return max(file.width, file.height) * factor

    return side


def _stated_seconds(facts: Facts, name: str) -> _Sum | None:
    """Return (as far as known, the least, the most) seconds of files; None where nothing is known of them."""
    stated = facts.get(name)
    if isinstance(stated, Length):
        return stated.seconds, max(0.0, stated.seconds - stated.error), stated.seconds + stated.error
    seconds = _quantity(stated)
    return None if seconds is None else _same(seconds)


def _quantity(value: object) -> float | None:
    """The number that a value is or says; None for what no quantity can be."""
    number = number_of(value)
    return number if number is not None and 0 <= number <= _HUGE else None


@frozen
class _CompiledRule:
    """A price rule with its arithmetic as closures."""

    rule: PriceRule
    dearest: float
    """Credits of a unit at the most."""
    place: int
    conditions: tuple[tuple[int, bool, Condition], ...]
    """Place in what was read, whether it is a fact, what it must be."""
    count: _Count
    surcharges: tuple[Callable[[Values, Facts], _Sum], ...]

    @classmethod
    def of(cls, model: Model, place: int) -> "_CompiledRule":
        names, rule = _names(model), model.prices[place]
        return cls(
            rule,
            rule.dearest,
            place,
            tuple((names.index(name), name.startswith("$"), one) for name, one in rule.when.items()),
            _count(model, rule.per),
            tuple(_surcharge(rule, one) for one in rule.plus),
        )

    def applies(self, key: tuple[object, ...]) -> bool:
        return all(condition.holds(key[place]) for place, _, condition in self.conditions)

    def may_apply(self, key: tuple[object, ...]) -> bool:
        """Return whether it applies but for facts that are not known."""
        return all(
            condition.holds(key[place])
            for place, is_fact, condition in self.conditions
            if not (is_fact and key[place] in (None, text_of(None)))
        )

    def sums(self, values: Values, facts: Facts) -> _Sum:
        """Return (credits as far as known, the least, the most)."""
        rule = self.rule
        known, least, most = self.count(values, facts)
        credits_ = None if known is None else rule.credits * known
        low = (rule.credits if rule.at_least is None else rule.at_least) * least
        high = self.dearest * most
        for surcharge in self.surcharges:
            more, more_low, more_high = surcharge(values, facts)
            credits_ = None if credits_ is None or more is None else credits_ + more
            low += more_low
            high += more_high
        if rule.most_seconds is not None:
            high = min(high, self.dearest * rule.most_seconds)
        return (None if credits_ is None else round(credits_, 4)), round(min(low, high), 4), round(high, 4)

    def quote(self, values: Values, facts: Facts, ceiling: float) -> PriceQuote:
        credits_, low, high = self.sums(values, facts)
        if credits_ is None:
            basis = PriceBasis.RANGE if low else PriceBasis.CEILING
        else:
            basis = PriceBasis.EXACT if low == credits_ == high else PriceBasis.RANGE
        return PriceQuote(
            credits=credits_,
            low=low,
            high=high,
            ceiling=max(ceiling, high),
            basis=basis,
            as_of=self.rule.as_of,
            source=self.rule.source,
            place=self.place,
        )


def _effective(model: Model, name: str) -> _Slot:
    if name.startswith("$"):
        return lambda _, facts: facts.get(name)
    fallback = effective_parameter(model.parameters[name])
    return lambda values, _: values.get(name, fallback)


def _count(model: Model, per: Quantity | None) -> _Count:
    """Return how many units a rule counts."""
    match per:
        case None:
            return lambda _values, _facts: (1, 1, 1)
        case Quantity(results=True):
            most = per.maximum or 1
            return lambda _values, _facts: (None, 1, most)
        case Quantity(length_of=str(name)) if name:
            return _length(name, per.maximum or 0)
        case Quantity(characters_of=str(path)) if path:
            return lambda values, _facts: _same(_characters(values, path) / 1000)
        case Quantity(speech_of=str(path)) if path:
            return _speech(per)
        case Quantity(parameter=""):
            return _ratio(model, per)
    return _parameter(model, per)


def _same(count: float) -> tuple[float | None, float, float]:
    return count, count, count


def _length(name: str, most: float) -> _Count:
    """Seconds of a file: known, or anything up to the most."""

    def count(_: Values, facts: Facts) -> tuple[float | None, float, float]:
        return _stated_seconds(facts, name) or (None, 0, most)

    return count


def _speech(per: Quantity) -> _Count:
    def count(values: Values, _: Facts) -> tuple[float | None, float, float]:
        characters = _characters(values, per.speech_of)
        known = characters / per.characters_per_second
        return known, known, min(per.maximum or float("inf"), characters / per.slowest)

    return count


def _ratio(model: Model, per: Quantity) -> _Count:
    above, below = (_effective(model, name) for name in per.ratio)

    def count(values: Values, facts: Facts) -> tuple[float | None, float, float]:
        top, bottom = _quantity(above(values, facts)), _quantity(below(values, facts))
        return (None, 0, per.maximum or 0) if top is None or not bottom else _same(top / bottom)

    return count


def _parameter(model: Model, per: Quantity) -> _Count:
    """A number chosen; the provider's own where it is left out; or what a special value may mean."""
    parameter = model.parameters[per.parameter]
    fallback = per.left_out if parameter.left_out is NO_DEFAULT else parameter.left_out
    most = _most(model, per)
    least = min(_numbers(parameter), default=0.0)
    zero = _length(per.zero_means, per.zero_maximum) if per.zero_means else None
    length = _length(per.or_length_of, per.maximum or 0) if per.or_length_of else None

    def count(values: Values, facts: Facts) -> tuple[float | None, float, float]:
        value = values.get(per.parameter, fallback)
        auto = per.auto.get(text_of(value))
        if auto is not None:
            return None, least, auto
        number = _quantity(value)
        if number is None:
            return length(values, facts) if length else (None, 0, most)
        return zero(values, facts) if zero and number == 0 else _same(number)

    return count


def _numbers(parameter: Parameter) -> list[float]:
    """The numbers a parameter takes at its lower end."""
    numbers = [number for value in parameter.values if (number := number_of(value)) is not None]
    if parameter.minimum is not None and parameter.minimum > 0:
        numbers.append(float(parameter.minimum))
    return [number for number in numbers if number > 0]


def _characters(values: object, path: str) -> int:
    return sum(len(str(one)) for one in items_at(values, path))


def _surcharge(rule: PriceRule, more: Surcharge) -> Callable[[Values, Facts], _Sum]:
    each = rule.credits if more.credits is None else more.credits

    def pictures(values: Values, _: Facts) -> _Sum:
        given = [values[name] for name in more.images if is_filled(values.get(name))]
        count = max(0, sum(len(one) if isinstance(one, list) else 1 for one in given) - more.free)
        known = each * count if more.certain else 0
        return known, known, each * count

    def seconds(values: Values, facts: Facts) -> _Sum:
        if not is_filled(values.get(more.seconds_of)):
            return 0, 0, 0
        stated = _stated_seconds(facts, more.seconds_of)
        if stated is None:
            return (None if more.certain else 0), 0, each * more.max_seconds
        known, least, most = stated
        return (each * (known or 0), each * least, each * most) if more.certain else (0, 0, each * most)

    return pictures if more.images else seconds


def _top(model: Model, rule: PriceRule) -> float:
    """The most that a rule can come to."""
    total = rule.dearest * _most(model, rule.per)
    for more in rule.plus:
        each = rule.credits if more.credits is None else more.credits
        total += each * (_pictures_at_most(model, more) if more.images else more.max_seconds)
    return total if rule.most_seconds is None else min(total, rule.dearest * rule.most_seconds)


def _pictures_at_most(model: Model, more: Surcharge) -> float:
    return sum(_files_at_most(model.parameters[name]) for name in more.images) - more.free


def _files_at_most(parameter: Parameter) -> float:
    return parameter.maximum if parameter.items is not None and parameter.maximum else 1


def _most(model: Model, per: Quantity | None) -> float:
    """The most units that can be asked for."""
    if per is None:
        return 1
    if per.maximum is not None:
        return per.maximum / 1000 if per.characters_of else per.maximum
    parameter = model.parameters[per.parameter]
    tops: Iterable[object] = (*parameter.values, parameter.maximum, per.left_out, *per.auto.values())
    return max([number for top in tops if (number := number_of(top)) is not None] + [per.zero_maximum])


def facts_of(values: Mapping[str, object]) -> dict[str, object]:
    """Return what is known of the earlier tasks in an input."""
    return {name: fact for value in values.values() if type(value) is EarlierTask for name, fact in value.facts.items()}
