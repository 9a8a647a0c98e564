"""docs/coverage.md is what the registry says, and no offered model is without a ceiling."""

import re

from domain.price import PriceBasis, ceiling_of
from scripts.coverage import PAGE, page
from tests.support.kie_facts import facts
from tests.support.registry import catalog


def test_the_page_is_up_to_date() -> None:
    """Every model that the provider's facts know stands on the page as the registry has it."""
    written, made = (_rows(text) for text in (PAGE.read_text(encoding="utf-8"), page()))
    documented = {f"| `{model_id}` " for model_id in facts("models")["models"]}
    assert written == {row for row in made if row in written or row.startswith(tuple(documented))}, (
        "run python scripts/coverage.py"
    )


def _rows(text: str) -> set[str]:
    return {line for line in text.splitlines() if line.startswith("| `")}


def test_behind_each_fact_of_each_model_stands_the_day_of_its_source() -> None:
    day = r"\d{4}-\d{2}(?:-\d{2})?"
    for row in _rows(page()):
        _, basis, ceiling, rules, held, filter_ = (cell.strip() for cell in row.strip("|").split(" | "))
        assert re.fullmatch(rf"(?:exact|range|ceiling), {day}", basis), row
        assert re.fullmatch(rf"[\d.]+, {day}", ceiling), row
        assert re.fullmatch(rf"0|\d+, {day}(?: to {day})?", rules), row
        assert re.fullmatch(rf"(?:`\w+` t?s? {day}(?:, |$))*", held), row
        assert re.fullmatch(rf"–|(?:yes|no), {day}", filter_), row


def test_every_offered_model_has_a_price_with_a_ceiling() -> None:
    offered = [model for model in catalog().models() if model.is_offered]
    assert [model.id for model in offered if not model.prices] == []
    assert all(ceiling_of(model) >= 0 for model in offered)
    assert PriceBasis.UNKNOWN not in page().partition("| model |")[2]
