"""What someone tries who wants more than was shown or is allowed, or a thing for nothing: one attempt a test."""

import pytest

from application.drafts.fill_draft import DraftContent
from application.drafts.run_draft import RunOrder
from application.ports.price_book import BookPrice
from application.results.repeat_generation import price_again
from domain.price_feed import FeedPrice
from tests.support.generations import ANN, NOON
from tests.support.product import HERE, TEXTS, open_product
from tests.support.registry import model


@pytest.mark.parametrize("factor", [1.0, 0.5, 3.0])
async def test_what_became_dearer_while_it_waited_is_not_sent_and_is_made_again_at_the_new_price(factor: float) -> None:
    world, product = open_product()
    fox = model("z-image")
    draft = await product.start_draft()(ANN, HERE, fox, DraftContent(text="a fox"))
    outcome = await product.run_draft()(draft, RunOrder(language="en", request_key="1"))
    price = FeedPrice(model=fox.id, place=0, credits=fox.prices[0].credits * factor, row="")
    product.quote_price().use([BookPrice(price=price, read_at=NOON, held=False)])
    async with world.leading(product):
        await world.clock.advance(300)
    assert outcome.generation
    row = world.row(outcome.generation)
    assert bool(row.failure) is (not world.provider.tasks) is (factor > 1)
    if row.failure:
        assert row.failure.violation
        said = TEXTS.text(f"violation-{row.failure.violation.code}", "en", **row.failure.violation.values)
        assert said == "it costs up to 2.4 credits by now, and 0.8 were agreed: agree to the new price"
        assert price_again(row) == pytest.approx(2.4)
