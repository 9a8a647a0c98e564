"""docs/coverage.md is what the registry says, and no offered model is without a ceiling."""

import re

from config.wishes import quality_order
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
    if written == made:  # no entry is newer than the facts
        assert PAGE.read_text(encoding="utf-8") == page(), "run python scripts/coverage.py"


def test_every_file_of_which_the_facts_state_a_limit_stands_on_the_page() -> None:
    by_model = {row.split("`")[1]: row for row in _rows(page())}
    limits = facts("media_limits")["models"].items()
    stated = [
        (one, path.rpartition(".")[2]) for one, paths in limits for path in paths if paths[path].keys() != {"count"}
    ]
    assert [(one, name) for one, name in stated if one in by_model and f"`{name}` " not in by_model[one]] == []


def test_behind_the_order_of_each_use_stand_its_day_and_its_source() -> None:
    page_as_made = page()
    table = page_as_made.partition("## Which models come first")[2]
    assert PAGE.read_text(encoding="utf-8").partition("## Which models come first")[2] == table
    rows = [line for line in table.splitlines() if line.startswith("| ")][2:]
    assert [row.split(" | ")[0].strip("| ") for row in rows] == list(quality_order().uses)
    dated = r"\d{4}-\d{2}(?:-\d{2})?: \S.+"
    for row in rows:
        *_, quality, fast, speed = (cell.strip() for cell in row.strip("|").split(" | "))
        assert re.fullmatch(dated, quality), row
        assert re.fullmatch(dated if fast != "–" else "–", speed), row


def _rows(text: str) -> set[str]:
    return {line for line in text.splitlines() if line.startswith("| `")}


def test_behind_each_fact_of_each_model_stands_the_day_of_its_source() -> None:
    day = r"\d{4}-\d{2}(?:-\d{2})?"
    for row in _rows(page()):
        _, basis, ceiling, rules, held, filter_ = (cell.strip() for cell in row.strip("|").split(" | "))
        assert re.fullmatch(rf"(?:exact|range|ceiling), {day}", basis), row
        assert re.fullmatch(rf"[\d.]+, {day}", ceiling), row
        assert re.fullmatch(rf"\d+, {day}(?: to {day})?", rules), row
        assert re.fullmatch(rf"–|(?:`\w+` (?:0|ts?|s) {day}(?:, |$))+", held), row
        assert re.fullmatch(rf"–|(?:yes|no), {day}", filter_), row


def test_every_offered_model_has_a_price_with_a_ceiling() -> None:
    offered = [model for model in catalog().models() if model.is_offered]
    assert [model.id for model in offered if not model.prices] == []
    assert all(ceiling_of(model) >= 0 for model in offered)
    assert PriceBasis.UNKNOWN not in page().partition("| model |")[2]
