"""What the provider took against what is quoted: an alarm after ten, and a price that is taught."""

from collections.abc import Mapping, Sequence

import pytest
from attrs import define, field

from adapters.memory.book_reports import InMemoryBookReports
from adapters.memory.clock import ManualClock
from adapters.memory.generation_store import InMemoryGenerationStore
from adapters.memory.price_book import InMemoryPriceBook
from application.pricing.compare_charges import IN_A_ROW, CompareCharges
from application.pricing.quote_price import QuotePrice
from application.pricing.refresh_prices import RefreshPrices
from domain.generation import TaskId
from domain.model import ModelId
from domain.operation import Alarm, AlarmKind
from domain.price_feed import CHARGED, FeedPrice, FeedRow
from tests.support.generations import PICTURE, a_generation
from tests.support.registry import catalog, model

Z_IMAGE = model("z-image")
QUOTED = Z_IMAGE.prices[0].credits
FOX: Mapping[str, object] = {"prompt": "a red fox", "aspect_ratio": "1:1"}


@define
class Feed:
    credits: float = QUOTED

    async def rows(self) -> Sequence[FeedRow]:
        return [FeedRow(text="z-image", model="z-image", credits=self.credits, unit="image")]


@define
class Desk:
    clock: ManualClock = field(factory=ManualClock)
    feed: Feed = field(factory=Feed)
    quote: QuotePrice = field(factory=lambda: QuotePrice(catalog()))
    store: InMemoryGenerationStore = field(init=False)
    prices: RefreshPrices = field(init=False)
    compare: CompareCharges = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.store = InMemoryGenerationStore(self.clock)
        self.prices = RefreshPrices(
            feed=self.feed,
            book=InMemoryPriceBook(self.clock),
            catalog=catalog(),
            quote=self.quote,
            clock=self.clock,
        )
        self.compare = CompareCharges(
            reports=InMemoryBookReports(self.store),
            catalog=catalog(),
            quote=self.quote,
            prices=self.prices,
            clock=self.clock,
        )

    async def made(
        self, *took: float, model_id: ModelId = Z_IMAGE.id, given: Mapping[str, object] = FOX, times: int = 1
    ) -> None:
        """Successes that took so many credits each."""
        for credits_ in took * times:
            await self.clock.advance(1)
            now, most = self.clock.now(), self.quote(model(model_id), given).high
            row = a_generation(model_id=model_id, input=given, created_at=now, reserved_credits=most)
            row = await self.store.add(row)
            row = await self.store.save(row.submitting(at=now))
            row = await self.store.save(row.running(TaskId(f"task of {row.id}")))
            await self.store.save(row.succeeded((PICTURE,), credits=credits_, at=now))

    def shown(self) -> float | None:
        return self.quote(Z_IMAGE, FOX).credits


@pytest.fixture
def desk() -> Desk:
    return Desk()


async def test_nine_charges_say_nothing_and_the_tenth_raises_the_price(desk: Desk) -> None:
    await desk.made(QUOTED * 2, times=IN_A_ROW - 1)
    assert await desk.compare() == {}
    await desk.made(QUOTED * 2)
    assert await desk.compare() == {Z_IMAGE.id: 100.0}
    assert desk.shown() == QUOTED * 2
    assert desk.quote(Z_IMAGE, FOX).source == CHARGED
    assert await desk.compare() == {}


@pytest.mark.parametrize(("share", "percent"), [(1.04, None), (0.96, None), (1.5, 50.0), (0.5, -50.0)])
async def test_a_difference_of_a_twentieth_is_borne(desk: Desk, share: float, percent: float | None) -> None:
    await desk.made(QUOTED * share, times=IN_A_ROW)
    assert (await desk.compare()).get(Z_IMAGE.id) == percent


async def test_charges_of_before_a_price_moved_say_nothing_of_the_new_one(desk: Desk) -> None:
    await desk.made(QUOTED, times=IN_A_ROW)
    for credits_ in (QUOTED * 2, QUOTED):
        desk.feed.credits = credits_
        await desk.prices()
        assert await desk.compare() == {}
        assert desk.shown() == credits_
        await desk.made(credits_, times=IN_A_ROW)


async def test_charges_that_do_not_differ_alike_are_left_to_the_operator(desk: Desk) -> None:
    await desk.made(QUOTED, QUOTED * 2, times=IN_A_ROW // 2)
    assert await desk.compare() == {Z_IMAGE.id: 50.0}
    assert desk.shown() == QUOTED


async def test_a_charge_within_a_range_is_no_difference_and_one_above_it_teaches_nothing(desk: Desk) -> None:
    extended = {"task_id": "t", "prompt": "on", "extend_times": "6", "extend_at": 0}
    for took, found in ((80.0, {}), (160.0, {"grok-imagine/extend": 100.0})):
        await desk.made(took, model_id=ModelId("grok-imagine/extend"), given=extended, times=IN_A_ROW)
        assert await desk.compare() == found


async def test_a_price_that_sources_do_not_agree_on_is_not_taught(desk: Desk) -> None:
    doubtful = ModelId("nano-banana-2")
    most = desk.quote(model(doubtful), FOX).high
    await desk.made(most * 2, model_id=doubtful, times=IN_A_ROW)
    assert await desk.compare() == {doubtful: 100.0}
    assert desk.quote(model(doubtful), FOX).high == most


async def test_a_leap_is_held_for_the_operator(desk: Desk) -> None:
    await desk.made(QUOTED * 20, times=IN_A_ROW)
    assert set(await desk.compare()) == {Z_IMAGE.id}
    assert desk.shown() == QUOTED
    assert AlarmKind.PRICE_HELD in {alarm.kind for alarm in desk.prices.present()}


async def test_the_feed_takes_a_taught_price_back_only_where_it_says_more(desk: Desk) -> None:
    await desk.made(QUOTED * 2, times=IN_A_ROW)
    await desk.compare()
    for said, shown in ((QUOTED, QUOTED * 2), (QUOTED * 4, QUOTED * 4)):
        desk.feed.credits = said
        await desk.prices()
        assert desk.shown() == shown
    await desk.prices.learn([FeedPrice(model=Z_IMAGE.id, place=0, credits=QUOTED, row=CHARGED)])
    assert desk.shown() == QUOTED


async def test_a_leader_says_nothing_before_it_has_looked(desk: Desk) -> None:
    assert (desk.compare.kinds, desk.compare.present()) == (frozenset(), {})
    await desk.made(QUOTED * 1.5, times=IN_A_ROW)
    desk.compare._apart = dict(await desk.compare())
    assert desk.compare.present() == {Alarm(kind=AlarmKind.CHARGED_OTHERWISE, about=Z_IMAGE.id): 50.0}
