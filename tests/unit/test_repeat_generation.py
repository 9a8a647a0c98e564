"""Repeating a generation: at once where it is cheap, with a look before where it is not."""

from typing import Any

import pytest

from adapters.fluent_texts import load_texts
from adapters.telegram.bot.results.under_result import repeat_label
from adapters.telegram.bot.words import words_for
from application.results.follow_ups import FollowUp
from application.results.repeat_generation import ONE_TAP, RepeatOrder
from config.settings import Settings
from domain.generation import Generation, GenerationId, Result
from domain.media import MediaKind
from tests.support.generations import ANN, a_generation
from tests.support.product import HERE, ProductWorld, open_product
from tests.support.registry import model

FOX = {"prompt": "a fox", "aspect_ratio": "1:1", "nsfw_checker": True}


def order(key: str = "press 1", **values: object) -> RepeatOrder:
    return RepeatOrder(destination=HERE, language="en", values=values or FOX, request_key=key)


async def earlier(world: ProductWorld, **changes: object) -> Generation:
    """Ann's fox of a minute ago."""
    wish: dict[str, Any] = {
        "id": GenerationId("earlier"),
        "model_id": model("z-image").id,
        "input": FOX,
        "created_at": world.clock.now(),
        "reserved_credits": 0.8,
    }
    made = a_generation(**wish | changes)
    await world.store.add(made)
    await world.clock.advance(60)
    return made


async def test_what_is_cheap_runs_at_once_with_the_same_values() -> None:
    world, product = open_product()
    repeated = await product.repeat_generation()(await earlier(world), order())
    assert repeated.draft is None
    last = list(world.store.rows.values())[-1]
    assert (last.user, last.model_id, last.input, last.destination) == (ANN, "z-image", FOX, HERE)


async def test_two_presses_within_a_moment_are_one() -> None:
    world, product = open_product()
    made = await earlier(world)
    await product.repeat_generation()(made, order("press 1"))
    await product.repeat_generation()(made, order("press 2"))
    assert len(world.store.rows) == 2
    await world.clock.advance(ONE_TAP.total_seconds() + 1)
    await product.repeat_generation()(made, order("press 3"))
    assert len(world.store.rows) == 3


async def test_what_is_dear_is_looked_at_first() -> None:
    world, product = open_product(Settings(confirm_credits=0.5))
    repeated = await product.repeat_generation()(await earlier(world), order())
    assert repeated.quote.needs_confirmation
    assert repeated.draft
    assert repeated.draft.values == FOX
    assert len(world.store.rows) == 1


async def test_what_can_not_be_run_any_more_is_looked_at() -> None:
    world, product = open_product()
    made = await earlier(world, model_id=model("sora-2-text-to-video").id)
    repeated = await product.repeat_generation()(made, order(prompt="a fox"))
    assert not repeated.quote.is_offered
    assert repeated.draft


@pytest.mark.parametrize("could_cost", [0.7, None])
async def test_what_costs_more_than_its_button_says_is_looked_at_first(could_cost: float | None) -> None:
    world, product = open_product()
    repeated = await product.repeat_generation()(await earlier(world, reserved_credits=could_cost), order())
    assert repeated.quote.needs_confirmation
    assert repeated.draft
    assert len(world.store.rows) == 1


@pytest.mark.parametrize(
    ("reserved", "charged", "said"), [(8, 5, "≤ 8 cr"), (8, 8, "8 cr"), (0.8, 0.8, "0.8 cr"), (8, None, "8 cr")]
)
def test_a_repeat_of_what_cost_less_than_it_could_have_says_the_most_it_can_cost(
    reserved: float, charged: float | None, said: str
) -> None:
    fox = Result(kind=MediaKind.IMAGE, url="https://a.example/fox.png")
    made = a_generation(results=(fox,), reserved_credits=reserved, charged_credits=charged)
    assert repeat_label(FollowUp.AGAIN, made, words_for(load_texts(), "en")) == f"🔁 Once more · {said}"
