"""One wish by several models: one price for all, all taken on or none, and a question where it is dear."""

from decimal import Decimal

import pytest
from attrs import evolve

from application.drafts.fill_draft import DraftContent
from application.drafts.run_several import RunSeveral, SeveralOrder, SeveralOutcome
from application.errors import EditRefused, LimitReached
from application.limits import UserLimits
from application.pricing.quote_price import PersonPrice
from config.settings import Settings
from domain.media import MediaKind
from domain.package import PriceList
from domain.price import PriceBasis
from tests.support.generations import ANN
from tests.support.product import HERE, ProductWorld, open_product
from tests.support.registry import model, url_of

FOX = DraftContent(text="a red fox")
PLAIN = (model("z-image"), FOX)
SEEDED = model("bytedance/seedream")
BOTH = [PLAIN, (SEEDED, FOX)]
ORDER = SeveralOrder(destination=HERE, language="en", key="press")


def several(settings: Settings | None = None) -> tuple[ProductWorld, RunSeveral]:
    world, product = open_product(settings)
    return world, product.run_several()


async def test_a_wish_runs_by_each_model_in_the_order_that_was_shown() -> None:
    world, run = several()
    outcome = await run(ANN, BOTH, ORDER)
    assert [one.model_id for one in outcome.generations] == ["z-image", "bytedance/seedream"]
    assert [one.request_key for one in outcome.generations] == ["series:press:1/2", "series:press:2/2"]
    assert not outcome.several.needs_confirmation
    assert list(world.store.rows.values()) == list(outcome.generations)


async def test_the_price_is_that_of_all_together() -> None:
    _, run = several()
    quoted = await run.quote(ANN, BOTH)
    assert quoted.price is not None
    assert quoted.price.high == pytest.approx(sum(one.credits or 0 for one in quoted.quotes))
    assert (quoted.price.credits, quoted.price.basis) == (quoted.price.high, PriceBasis.EXACT)
    assert quoted.price.as_of == min(one.price.as_of for one in quoted.quotes if one.price)


async def test_with_one_price_that_is_not_exact_all_together_is_a_range() -> None:
    _, run = several()
    quoted = await run.quote(ANN, [PLAIN, (model("nano-banana-2"), FOX)])
    assert quoted.price is not None
    assert quoted.price.basis is PriceBasis.RANGE
    assert quoted.price.low < quoted.price.high


async def test_what_no_one_can_price_beforehand_is_asked_about() -> None:
    world, run = several()
    film = DraftContent(text="make it night", values={"video_url": url_of(MediaKind.VIDEO)})
    outcome = await run(ANN, [PLAIN, (model("wan/2-7-videoedit"), film)], ORDER)
    assert outcome.several.price is not None
    assert outcome.several.price.credits is None
    assert outcome.several.needs_confirmation
    assert world.store.rows == {}


@pytest.mark.parametrize("count", [0, 1, 5])
async def test_fewer_than_two_or_more_than_four_are_refused(count: int) -> None:
    world, run = several()
    assert not (await run.quote(ANN, [PLAIN] * count)).is_ready
    with pytest.raises(EditRefused):
        await run(ANN, [PLAIN] * count, ORDER)
    assert world.store.rows == {}


async def test_where_one_of_them_can_not_run_none_does() -> None:
    world, run = several()
    wordless = (model("z-image"), DraftContent())
    with pytest.raises(EditRefused):
        await run(ANN, [PLAIN, wordless], ORDER)
    await world.pause(SEEDED.id)
    quoted = await run.quote(ANN, BOTH)
    assert quoted.price is None
    assert quoted.needs_confirmation
    with pytest.raises(EditRefused):
        await run(ANN, BOTH, ORDER)
    assert world.store.rows == {}


async def test_where_the_limit_has_room_for_one_only_none_is_taken_on() -> None:
    world, run = several(Settings(user_limits=UserLimits(per_day=1)))
    with pytest.raises(LimitReached):
        await run(ANN, BOTH, ORDER)
    assert world.store.rows == {}


async def test_the_same_press_twice_is_one_series() -> None:
    world, run = several()
    first, second = [await run(ANN, BOTH, ORDER) for _ in range(2)]
    assert first.generations == second.generations
    assert len(world.store.rows) == 2


@pytest.mark.parametrize(
    ("order", "runs"),
    [
        (ORDER, False),
        (evolve(ORDER, shown_credits=1_000.0), False),
        (evolve(ORDER, agreed_credits=1_000.0), True),
        (evolve(ORDER, agreed_credits=1.0), False),
    ],
)
async def test_what_is_dear_runs_only_where_the_person_agreed_to_so_much(order: SeveralOrder, runs: bool) -> None:
    _, run = several(Settings(confirm_credits=2.0))
    assert has_run(await run(ANN, BOTH, order)) is runs


@pytest.mark.parametrize(("shown", "runs"), [(4.3, True), (4.2, False)])
async def test_what_became_dearer_than_its_button_said_is_asked_about(shown: float, runs: bool) -> None:
    _, run = several()
    assert has_run(await run(ANN, BOTH, evolve(ORDER, shown_credits=shown))) is runs


def has_run(outcome: SeveralOutcome) -> bool:
    """Whether all run; else the person is asked, and none does."""
    assert bool(outcome.generations) is not outcome.several.needs_confirmation
    return bool(outcome.generations)


async def test_where_a_price_moves_in_between_the_person_is_asked_again() -> None:
    """The quote is half of what the request finds."""
    world, product = open_product()
    half = PersonPrice(product.quote_price(), PriceList(stars_per_credit=Decimal(1), factor=Decimal("0.5")))
    run = evolve(
        product.run_several(), quote=evolve(product.quote_input(), quote=evolve(product.quote_draft(), price=half))
    )
    assert not has_run(await run(ANN, BOTH, ORDER))
    assert world.store.rows == {}


async def test_several_takes_of_one_model_have_the_stated_seed_and_the_next_ones() -> None:
    _, run = several()
    seeded = (SEEDED, DraftContent(text="a red fox", values={"seed": 7}))
    quoted = await run.quote(ANN, [seeded, PLAIN, seeded])
    assert [values.get("seed") for values in quoted.values] == [7, None, 8]


@pytest.mark.parametrize("model_id", ["z-image", "bytedance/seedream"])
async def test_takes_without_a_stated_seed_are_left_to_chance(model_id: str) -> None:
    _, run = several()
    quoted = await run.quote(ANN, [(model(model_id), FOX)] * 2)
    assert quoted.values[0] == quoted.values[1]
    assert "seed" not in quoted.values[1]
