"""Whatever is pressed, by whatever door: what is spent is at most what was shown, and at most the limit."""

import asyncio
import random
from collections.abc import Mapping
from typing import Any, Final

import pytest
from attrs import define, evolve, field

from application.drafts.fill_draft import DraftContent
from application.drafts.run_draft import RunOrder, RunOutcome
from application.drafts.run_several import SeveralOrder
from application.errors import ApplicationError, InvalidInput, LimitReached
from application.generating.request_generation import GenerationRequest
from application.limits import GroupLimits, UserLimits
from application.ports.price_book import BookPrice
from application.results.repeat_generation import RepeatOrder, price_again
from config.settings import Settings
from domain.generation import Generation, UserId
from domain.model import Model
from domain.price_feed import FeedPrice
from tests.support.generations import NOON
from tests.support.judged import FACTS, bill, priced_inputs
from tests.support.product import HERE, Product, ProductWorld
from tests.support.registry import catalog

USER_LIMIT: Final = 400.0
GROUP_LIMIT: Final = 600.0
CONFIRM: Final = 60.0
PEOPLE: Final = [UserId(f"telegram:{number}") for number in (1, 2, 3)]
SETTINGS: Final = Settings(
    user_limits=UserLimits(credits_per_day=USER_LIMIT),
    group_limits=GroupLimits(credits_per_day=GROUP_LIMIT),
    confirm_credits=CONFIRM,
)
OFFERED: Final = [model for model in catalog().models() if model.is_offered and model.id in FACTS.prices]


@define
class Doors:
    """Two instances over one store, and people who press whatever there is."""

    chance: random.Random
    world: ProductWorld = field(factory=ProductWorld)
    products: list[Product] = field(init=False)
    shown: dict[str, float] = field(factory=dict)
    moving: bool = False
    keys: int = 0

    def __attrs_post_init__(self) -> None:
        self.products = [self.world.product(SETTINGS) for _ in range(2)]

    async def press(self) -> None:
        """One press of someone; refusals are fine, they cost nothing."""
        product, user = self.chance.choice(self.products), self.chance.choice(PEOPLE)
        model, values = self._something()
        door = self.chance.choice(
            [
                self._raw,
                self._at_once,
                self._card,
                self._card_agreed,
                self._card_seen,
                self._repeat,
                self._several,
                self._program,
                self._preset,
            ]
        )
        try:
            await door(product, user, model, values)
        except (InvalidInput, LimitReached, ApplicationError):
            return

    async def _raw(self, product: Product, user: UserId, model: Model, values: Mapping[str, Any]) -> None:
        """The command line, the API: the core alone, into a group or not."""
        quote = product.quote_draft()(model, values)
        if quote.violations:
            return
        shown = quote.credits
        request = GenerationRequest(
            user=user,
            destination=HERE,
            language="en",
            model=model.id,
            input=values,
            request_key=self._key(),
            in_group=self.chance.random() < 0.5,
            most_credits=shown,
        )
        self._note(await product.request_generation()(request), shown)

    async def _at_once(self, product: Product, user: UserId, model: Model, values: Mapping[str, Any]) -> None:
        """One tap, /generate, inline: nothing is agreed to, so a dear one must ask first."""
        order = RunOrder(language="en", request_key=self._key())
        outcome = await product.run_at_once()(user, HERE, model, DraftContent(values=values), order)
        if outcome.generation is not None:
            assert (outcome.quote.credits or 0) < CONFIRM, "ran without a question"
            self._note(outcome.generation, outcome.quote.credits)

    async def _card(self, product: Product, user: UserId, model: Model, values: Mapping[str, Any]) -> None:
        """A card or a preset, run without an answer to the question."""
        draft = await product.start_draft()(user, HERE, model, DraftContent(values=values))
        outcome = await product.run_draft()(draft, RunOrder(language="en", in_group=True))
        if outcome.generation is not None:
            assert (outcome.quote.credits or 0) < CONFIRM, "ran without a question"
            self._note(outcome.generation, outcome.quote.credits)

    async def _card_agreed(self, product: Product, user: UserId, model: Model, values: Mapping[str, Any]) -> None:
        """A card whose price the person agreed to, pressed twice on two instances."""
        draft = await product.start_draft()(user, HERE, model, DraftContent(values=values))
        shown = product.quote_draft()(model, draft.values).credits
        order = RunOrder(language="en", agreed_credits=shown)
        found = await asyncio.gather(
            *(each.run_draft()(draft, order) for each in self.products), return_exceptions=True
        )
        for outcome in found:
            if isinstance(outcome, RunOutcome) and outcome.generation is not None:
                self._note(outcome.generation, shown)

    async def _card_seen(self, product: Product, user: UserId, model: Model, values: Mapping[str, Any]) -> None:
        """A card that is pressed when its price is not what it says any more: it was changed elsewhere, or prices moved."""
        draft = await product.start_draft()(user, HERE, model, DraftContent(values=values))
        shown = product.quote_draft()(model, draft.values).credits
        self._move_prices()
        changed = evolve(draft, values=self._other_values(model))
        for each in self.products:
            outcome = await each.run_draft()(changed, RunOrder(language="en", shown_credits=shown))
            if outcome.generation is not None:
                self._note(outcome.generation, shown)

    async def _repeat(self, product: Product, user: UserId, _model: Model, _values: Mapping[str, Any]) -> None:
        """Once more, with what was run before: the button says what that could cost."""
        earlier = next((row for row in self.world.store.rows.values() if row.user == user), None)
        if earlier is not None:
            key = self._key()
            order = RepeatOrder(destination=HERE, language="en", values=earlier.input, request_key=key)
            self._move_prices()
            await product.repeat_generation()(earlier, order)
            for row in self.world.store.rows.values():
                if row.request_key == key:
                    self._note(row, price_again(earlier))

    async def _several(self, product: Product, user: UserId, model: Model, values: Mapping[str, Any]) -> None:
        """Two takes for the price of both together, when prices have moved since they were shown."""
        wanted = [(model, DraftContent(values=values))] * 2
        price = (await product.run_several().quote(user, wanted)).price
        shown = price.high if price else 0.0
        self._move_prices()
        order = SeveralOrder(
            destination=HERE, language="en", key=self._key(), shown_credits=shown, agreed_credits=shown
        )
        rows = (await product.run_several()(user, wanted, order)).generations
        assert sum(row.reserved_credits or 0 for row in rows) <= shown + 0.01
        for row in rows:
            self._note(row, row.reserved_credits)

    async def _program(self, product: Product, user: UserId, model: Model, values: Mapping[str, Any]) -> None:
        """A program with the price that it was shown as the most, sent to two instances under one key."""
        draft = await product.start_draft()(user, HERE, model, DraftContent(values=values))
        shown, key = product.quote_draft()(model, draft.values).credits or 0.0, self._key()
        self._move_prices()
        found = await asyncio.gather(
            *(
                each.run_within_budget()(draft, max_credits=shown, language="en", request_key=key)
                for each in self.products
            ),
            return_exceptions=True,
        )
        for row in found:
            if isinstance(row, Generation):
                self._note(row, shown)

    async def _preset(self, product: Product, user: UserId, model: Model, values: Mapping[str, Any]) -> None:
        """A preset that is pressed at the price that it had when it was opened."""
        draft = await product.start_draft()(user, HERE, model, DraftContent(values=values))
        kept = await product.use_presets().save(draft, f"preset {self._key()}")
        opened = await product.use_presets().start(kept.id, user, HERE)
        shown = product.quote_draft()(model, opened.values).credits
        self._move_prices()
        outcome = await product.run_draft()(opened, RunOrder(language="en", shown_credits=shown))
        if outcome.generation is not None:
            self._note(outcome.generation, shown)

    def _other_values(self, model: Model) -> Mapping[str, Any]:
        return self.chance.choice([given for given, _ in priced_inputs(model.id)])

    def _move_prices(self) -> None:
        """The feed says other prices for anything, on one instance sooner than on the other."""
        if not self.moving:
            return
        models = self.chance.sample(OFFERED, 40)
        factor = self.chance.choice([0.5, 1.0, 3.0])
        entries = [
            BookPrice(
                price=FeedPrice(model=model.id, place=place, credits=rule.credits * factor, row=""),
                read_at=NOON,
                held=False,
            )
            for model in models
            for place, rule in enumerate(model.prices)
        ]
        self.chance.choice(self.products).quote_price().use(entries)

    def _something(self) -> tuple[Model, Mapping[str, Any]]:
        model = self.chance.choice(OFFERED)
        return model, self.chance.choice([given for given, _ in priced_inputs(model.id)])

    def _note(self, generation: Generation, shown: float | None) -> None:
        self.shown.setdefault(generation.id, shown or 0.0)

    def _key(self) -> str:
        self.keys += 1
        return f"press {self.keys}"


@pytest.mark.parametrize("seed", range(6))
async def test_spent_is_at_most_shown_and_at_most_the_limit(seed: int) -> None:
    doors = Doors(random.Random(seed))
    for _ in range(12):
        await asyncio.gather(*(doors.press() for _ in range(5)))
    rows = list(doors.world.store.rows.values())
    assert rows
    for row in rows:
        dearest = bill(row.model_id, row.input).most
        assert dearest <= doors.shown[row.id] + 0.01, (row.model_id, row.input, doors.shown[row.id])
        assert dearest <= (row.reserved_credits or 0) + 0.01, (row.model_id, row.input, row.reserved_credits)
    for user in PEOPLE:
        assert sum(bill(row.model_id, row.input).most for row in rows if row.user == user) <= USER_LIMIT


@pytest.mark.parametrize("seed", range(6))
async def test_nothing_is_reserved_beyond_what_was_shown_while_prices_move(seed: int) -> None:
    doors = Doors(random.Random(seed), moving=True)
    for _ in range(12):
        await asyncio.gather(*(doors.press() for _ in range(5)))
    rows = list(doors.world.store.rows.values())
    assert rows
    for row in rows:
        assert (row.reserved_credits or 0) <= doors.shown[row.id] + 0.01, (row.model_id, row.request_key)
