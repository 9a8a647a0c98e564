"""Our validator and our quotes against the simulated KIE, which judges by facts of its own."""

import itertools
from collections.abc import Iterable

import pytest
from attrs import evolve

from application.catalog.validate_input import ValidateInput
from application.errors import InvalidInput
from application.pricing.quote_price import QuotePrice
from domain.model import Model
from domain.price import priced_files
from tests.support.judge_differences import QUOTES, STRICTER
from tests.support.judged import FACTS, bill, inputs, is_known, priced_inputs, verdict
from tests.support.registry import catalog

OFFERED = [model for model in catalog().models() if model.is_offered and is_known(model)]
VALIDATE = ValidateInput(catalog())
QUOTE = QuotePrice(catalog())


def _counts_more_than_values(model: Model) -> bool:
    """Whether a price depends on files, on the earlier task, or on how much comes out."""
    of_facts = any(name.startswith("$") for rule in model.prices for name in rule.when)
    return of_facts or bool(priced_files(model)) or any(rule.per and rule.per.results for rule in model.prices)


def _lengths(model: Model) -> Iterable[float]:
    """The shortest and the longest files together that the model takes, in seconds; by the price where KIE states no limit."""
    for name in priced_files(model):
        least, most = FACTS.limits.get(model.id, {}).get(name, {}).get("seconds", (None, None))
        counted = [rule.per.maximum for rule in model.prices if rule.per and rule.per.length_of == name]
        extra = [more.max_seconds for rule in model.prices for more in rule.plus if more.seconds_of == name]
        yield from (least or 0.1, most or max(filter(None, [*counted, *extra]), default=1.0))


def test_the_registry_offers_what_kie_has_and_nothing_else() -> None:
    current = {model_id for model_id, model in FACTS.models.items() if model["status"] == "current"}
    assert {model.id for model in OFFERED} <= current
    assert current - {model.id for model in OFFERED} <= set(QUOTES["not offered"])


@pytest.mark.parametrize("model", OFFERED, ids=lambda model: model.id)
def test_nothing_leaves_that_kie_refuses_and_nothing_is_refused_that_it_takes(model: Model) -> None:
    wrong: list[tuple[str, object, object]] = []
    for given in inputs(model.id):
        try:
            sent = dict(VALIDATE(model.id, given).input)
        except InvalidInput as refusal:
            codes = {violation.code.value for violation in refusal.violations}
            if not verdict(model.id, given) and not codes & STRICTER:
                wrong.append(("stricter", given, sorted(codes)))
        else:
            if said := verdict(model.id, sent):
                wrong.append(("laxer", given, said))
    assert wrong == []


@pytest.mark.parametrize("model", OFFERED, ids=lambda model: model.id)
def test_the_bill_is_the_quote_or_lies_in_its_range(model: Model) -> None:
    wrong: list[tuple[str, object, object]] = []
    count = 0
    for given, reported in priced_inputs(model.id):
        try:
            sent = dict(VALIDATE(model.id, given).input)
        except InvalidInput as refusal:
            wrong.append(("refused", given, refusal.violations))
            continue
        count += 1
        facts = {**reported.facts, **reported.lengths()}
        quote, charged = QUOTE(model, sent, facts=facts), bill(model.id, sent, reported)
        if not quote.low - 0.01 <= charged.least <= charged.most <= quote.high + 0.01:
            wrong.append(("outside", given, (quote.low, quote.high, charged.least, charged.most)))
        elif quote.is_exact and not charged.is_certain:
            wrong.append(("not exact", given, (quote.credits, charged.least, charged.most)))
        elif quote.high > quote.ceiling + 0.01:
            wrong.append(("above its ceiling", given, (quote.high, quote.ceiling)))
    assert [each for each in wrong if (model.id, each[0]) not in QUOTES["differences"]] == []
    assert count


@pytest.mark.parametrize(
    "model", [model for model in OFFERED if _counts_more_than_values(model)], ids=lambda model: model.id
)
def test_the_bill_lies_in_the_quote_where_nothing_is_known_of_files_and_of_the_earlier_task(model: Model) -> None:
    """A link, a document that can't be read and an id that is not the person's own say nothing; the top is shown and reserved."""
    wrong: list[object] = []
    for given, reported in priced_inputs(model.id):
        sent = dict(VALIDATE(model.id, given).input)
        quote, single = QUOTE(model, sent), dict.fromkeys(given)  # the seconds are those of all files together
        for seconds, files in itertools.product((None, *_lengths(model)), (1, 100)):
            charged = bill(model.id, sent, evolve(reported, seconds=seconds, files=files, given=single))
            if not quote.low - 0.01 <= charged.least <= charged.most <= quote.high + 0.01:
                wrong.append((given, seconds, (quote.low, quote.high), (charged.least, charged.most)))
    assert wrong == []


def test_the_same_models_want_an_address_to_call_back() -> None:
    wanting = {model_id for model_id, model in FACTS.models.items() if model.get("callback_required")}
    assert {model.id for model in OFFERED if model.callback_required} == wanting != set()
