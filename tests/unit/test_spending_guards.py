"""What someone tries who wants more than was shown or is allowed, or a thing for nothing: one attempt a test."""

import pytest
from attrs import evolve

from application.drafts.fill_draft import DraftContent
from application.drafts.run_draft import RunOrder
from application.errors import LimitReached
from application.limits import UserLimits
from application.ports.limit_store import PersonalLimit
from application.ports.price_book import BookPrice
from application.results.repeat_generation import RepeatOrder, price_again
from config.settings import Settings
from domain.generation import Generation
from domain.model import ModelId
from domain.price_feed import FeedPrice
from tests.support.generations import ANN, NOON, a_generation, life_of
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


async def test_a_limit_that_is_lowered_counts_what_waits_and_refuses_what_comes_after() -> None:
    world, product = open_product(Settings(user_limits=UserLimits(credits_per_day=100.0)))

    async def ask(key: str) -> Generation | None:
        draft = await product.start_draft()(ANN, HERE, model("z-image"), DraftContent(text="a fox"))
        return (await product.run_draft()(draft, RunOrder(language="en", request_key=key))).generation

    waiting = await ask("1")
    world.store.own_limit = lambda user: PersonalLimit(user=user, credits_per_day=1.5)
    with pytest.raises(LimitReached):
        await ask("2")
    assert await ask("1") == waiting, "the same press is the same generation"
    async with world.leading(product):
        await world.clock.advance(300)
    assert len(world.provider.tasks) == 1
    world.store.own_limit = lambda user: PersonalLimit(user=user, credits_per_day=1.6)
    assert await ask("3"), "two of 0.8 just fit"


async def test_a_generation_of_which_no_one_knows_what_it_could_cost_is_asked_about_before_it_is_repeated() -> None:
    world, product = open_product()
    old = evolve(life_of(a_generation(model_id=ModelId("z-image"), user=ANN))[-1], reserved_credits=None)
    world.store.rows[old.id] = old
    order = RepeatOrder(destination=HERE, language="en", values=old.input, request_key="1")
    repeated = await product.repeat_generation()(old, order)
    assert repeated.draft
    assert len(world.store.rows) == 1
