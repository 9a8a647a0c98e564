"""``mediabot price``: what an input costs, without sending it anywhere."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from attrs import field, frozen

from adapters.cli.as_json import Json, violation_json
from adapters.cli.errors import FAILED, WrongUse
from adapters.cli.local_files import Measure
from adapters.cli.raw_input import read_input
from adapters.cli.terminal import Terminal
from application.catalog.validate_input import ValidateInput
from application.errors import InvalidInput
from application.ports.model_catalog import ModelCatalog
from application.pricing.quote_price import QuotePrice
from domain.price import PriceBasis, PriceQuote
from domain.violation import Violation, ViolationCode

NOT_AN_OBJECT: Final = Violation(path="", code=ViolationCode.NOT_AN_OBJECT)


@frozen(kw_only=True)
class PriceOptions:
    """The command line, as typed. ``batch``: inputs come as JSON lines on stdin, and ``model`` is not looked at."""

    model: str | None = None
    assignments: Sequence[str] = field(factory=tuple)
    input_file: str | None = None
    batch: bool = False


@frozen(kw_only=True)
class TellPrice:
    """Prices for a person (one input) and for a program (one line each)."""

    _catalog: ModelCatalog
    _validate: ValidateInput
    _quote: QuotePrice
    _terminal: Terminal
    _measure: Measure | None = None

    def __call__(self, options: PriceOptions) -> int:
        """Exit status: 0 where a price was printed, also of an input that only lacks something, which is said; 1 for one that is not
        valid, 2 for wrong use. A batch ends in 0."""
        if options.batch:
            self._answer_lines(self._terminal.stdin)
            return 0
        try:
            return self._answer(options)
        except WrongUse as fault:
            return self._terminal.refuse(fault)

    def _answer(self, options: PriceOptions) -> int:
        if options.model is None:
            raise WrongUse("cli-model-missing")
        raw = read_input(options.assignments, options.input_file, self._terminal.stdin, self._measure)
        try:
            valid = self._validate(options.model, raw, forced=True)
        except InvalidInput as error:
            for violation in error.violations:
                self._terminal.tell(self._terminal.words.violation(violation))
            if not all(one.is_missing for one in error.violations):
                return FAILED
            quote = self._quote.so_far(self._validate.model(options.model, forced=True), raw)
        else:
            quote = self._quote(valid.model, valid.input)
        self._terminal.put(self._sentence(quote))
        return 0

    def _sentence(self, quote: PriceQuote) -> str:
        words = self._terminal.words
        return words("cli-price", price=words.price(quote), day=quote.as_of, source=quote.source)

    def _answer_lines(self, lines: Iterable[str]) -> None:
        """Each at once and in order: ``{"model", "input"}`` → ``{"credits", "low", "high", "basis", "as_of", "source"}``.

        ``facts`` may hold the seconds of files by parameter. An input that is not valid is priced as far as it can be, and
        has its ``violations`` besides.
        """
        for line in lines:
            if not line.isspace():
                self._terminal.put_json(self._priced(line))

    def _priced(self, line: str) -> Json:
        try:
            order = json.loads(line)
        except (ValueError, RecursionError):
            return self._unknown([NOT_AN_OBJECT])
        if not isinstance(order, dict):
            return self._unknown([NOT_AN_OBJECT])
        name, raw = order.get("model"), order.get("input", {})
        facts = order.get("facts")
        known = facts if isinstance(facts, dict) else {}
        try:
            valid = self._validate(name, raw, forced=True)
        except InvalidInput as error:
            return self._priced_as_it_is(name, raw, known, error.violations)
        return quote_json(self._quote(valid.model, valid.input, facts=known))

    def _priced_as_it_is(
        self, name: object, raw: object, facts: Mapping[str, object], violations: Sequence[Violation]
    ) -> Json:
        model = self._catalog.find(name) if isinstance(name, str) else None
        if model is None or not isinstance(raw, dict):
            return self._unknown(violations)
        given = {key: value for key, value in raw.items() if key in model.parameters and value is not None}
        return quote_json(self._quote(model, given, facts=facts)) | self._with_violations(violations)

    def _unknown(self, violations: Sequence[Violation]) -> Json:
        nothing: Json = {"credits": None, "low": None, "high": None, "basis": str(PriceBasis.UNKNOWN)}
        return nothing | {"as_of": None, "source": None} | self._with_violations(violations)

    def _with_violations(self, violations: Sequence[Violation]) -> Json:
        return {"violations": [violation_json(each, self._terminal.words) for each in violations]}


def quote_json(quote: PriceQuote) -> Json:
    """A quote as programs read it."""
    return {
        "credits": quote.credits,
        "low": quote.low,
        "high": quote.high,
        "basis": str(quote.basis),
        "as_of": quote.as_of or None,
        "source": quote.source,
    }
