"""docs/coverage.md is what the registry says, and no offered model is without a ceiling."""

from domain.price import PriceBasis, ceiling_of
from scripts.coverage import PAGE, page
from tests.support.registry import catalog


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run python scripts/coverage.py"


def test_every_offered_model_has_a_price_with_a_ceiling() -> None:
    offered = [model for model in catalog().models() if model.is_offered]
    assert [model.id for model in offered if not model.prices] == []
    assert all(ceiling_of(model) >= 0 for model in offered)
    assert PriceBasis.UNKNOWN not in page().partition("| model |")[2]
