"""Help from chat models: who is asked, what it may cost, what becomes of the answer."""

from datetime import timedelta
from decimal import Decimal
from importlib.resources import files

import pytest
from attrs import define, field

from adapters.memory.clock import ManualClock
from adapters.memory.generation_store import InMemoryGenerationStore
from adapters.memory.ids import SequentialIds
from adapters.memory.limit_store import InMemoryLimitStore
from adapters.memory.metrics import CountingMetrics
from adapters.memory.text_call_store import InMemoryTextCallStore
from adapters.memory.text_model import InMemoryTextModel
from adapters.memory.trouble import Trouble
from adapters.yaml_catalog.text_models import load_recipes
from application.assisting.ask_text_model import REST_S, AskTextModel
from application.assisting.further_text_models import FurtherTextModels
from application.assisting.improve_prompt import ImprovePrompt
from application.billing.end_lost_calls import EndLostCalls
from application.billing.free_credits import GiveFreeCredits
from application.billing.reserve_credits import ReserveCredits
from application.errors import (
    AssistanceUnavailable,
    InsufficientCredits,
    LimitReached,
    ProviderOutcomeUnknown,
    ProviderRejected,
    ProviderUnavailable,
)
from application.limits import TextLimits
from application.ports.limit_store import PersonalLimit
from domain.failure import Failure, FailureKind
from domain.ledger import Entry, EntryKind
from domain.media import MediaKind
from domain.package import PriceList
from domain.provider_account import MAIN_ACCOUNT, AccountName
from domain.reservation import units_of
from domain.text_call import TextFile, TextPurpose, TextQuestion
from tests.support.generations import ANN
from tests.support.registry import catalog, model

QUESTION = TextQuestion(instructions="Make it better.", text="fox")
AWAY = Trouble(error=ProviderUnavailable("503"))
LOST = Trouble(error=ProviderOutcomeUnknown("TimeoutError"))


@define
class World:
    """Three models of two vendors over one store; ``pays``: people pay for what is asked."""

    limits: TextLimits = field(factory=TextLimits)
    pays: bool = False
    factor: Decimal = Decimal(1)
    clock: ManualClock = field(factory=ManualClock)
    ids: SequentialIds = field(factory=SequentialIds)
    generations: InMemoryGenerationStore = field(init=False)
    calls: InMemoryTextCallStore = field(init=False)
    own_limits: InMemoryLimitStore = field(init=False)
    further: FurtherTextModels = field(factory=FurtherTextModels)
    first: InMemoryTextModel = field(init=False)
    sister: InMemoryTextModel = field(init=False)
    other: InMemoryTextModel = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.generations = InMemoryGenerationStore(self.clock)
        self.calls = InMemoryTextCallStore(self.clock, self.generations)
        self.own_limits = InMemoryLimitStore(self.clock)
        self.first = InMemoryTextModel(self.clock, "first", vendor="a")
        self.sister = InMemoryTextModel(self.clock, "sister", vendor="a")
        self.other = InMemoryTextModel(self.clock, "other", vendor="b", takes=frozenset())

    @property
    def ask(self) -> AskTextModel:
        ledger = self.generations.ledger
        gifts = GiveFreeCredits(ledger=ledger, clock=self.clock)
        prices = PriceList(stars_per_credit=Decimal(1), factor=self.factor)
        reserve = ReserveCredits(prices=prices, give_free_credits=gifts)
        return AskTextModel(
            models=[self.first, self.sister, self.other],
            calls=self.calls,
            clock=self.clock,
            ids=self.ids,
            metrics=CountingMetrics(),
            limits=self.limits,
            personal_limits=self.own_limits,
            reserve=reserve if self.pays else None,
            prices=prices if self.pays else None,
            further=self.further,
        )

    @property
    def improve(self) -> ImprovePrompt:
        return ImprovePrompt(ask=self.ask, recipes=load_recipes(files("config") / "prompt_recipes.yaml"))

    @property
    def asked(self) -> list[str]:
        return [one.id for one in (self.first, self.sister, self.other) if one.questions]

    async def answer(self, question: TextQuestion = QUESTION, *, is_paid: bool = True) -> str:
        return (await self.ask(ANN, TextPurpose.IMPROVE, question, timeout_s=6, is_paid=is_paid)).text

    async def pay_in(self, units: int) -> None:
        entry = Entry(user=ANN, kind=EntryKind.GRANT, units=units, key="gift", at=self.clock.now())
        await self.generations.ledger.add(entry)


async def test_after_a_fault_a_model_of_another_vendor_is_asked() -> None:
    world = World()
    world.first.on_ask.add(AWAY)
    assert (await world.answer()).startswith("fox")
    assert world.asked == ["other"]


async def test_for_a_sound_only_models_that_hear_are_asked() -> None:
    world = World()
    world.first.on_ask.add(AWAY)
    sound = TextFile(url="https://files.example/a.ogg", kind=MediaKind.AUDIO)
    await world.answer(TextQuestion(instructions="Write it down.", files=(sound,)))
    assert world.asked == ["sister"]


async def test_no_more_than_two_are_asked_and_then_it_is_reported() -> None:
    world = World()
    world.first.on_ask.add(LOST)
    world.other.on_ask.add(AWAY)
    with pytest.raises(AssistanceUnavailable):
        await world.answer()
    assert world.asked == []


async def test_a_refusal_of_the_account_is_not_tried_elsewhere() -> None:
    world = World()
    world.first.on_ask.add(Trouble(error=ProviderRejected(Failure(kind=FailureKind.OUT_OF_CREDITS))))
    with pytest.raises(AssistanceUnavailable):
        await world.answer()
    assert world.asked == []


async def test_where_an_account_refuses_the_bots_next_is_asked_and_its_row_says_which() -> None:
    world, second = World(), AccountName("second")
    there = InMemoryTextModel(world.clock, "there", vendor="a")
    world.further.use({AccountName("empty"): [world.sister], second: [there]})
    refused = ProviderRejected(Failure(kind=FailureKind.OUT_OF_CREDITS))
    world.first.on_ask.add(Trouble(error=refused))
    world.sister.on_ask.add(Trouble(error=refused))
    assert await world.answer()
    assert there.questions
    assert [(one.account, one.cost) for one in world.calls.calls.values()][:2] == [(MAIN_ACCOUNT, 0), ("empty", 0)]
    assert next(reversed(world.calls.calls.values())).account == second


async def test_an_account_that_refused_is_passed_over_for_a_minute() -> None:
    world = World()
    world.further.use({AccountName("second"): [world.sister]})
    world.first.on_ask.add(Trouble(error=ProviderRejected(Failure(kind=FailureKind.OUT_OF_CREDITS))))
    ask = world.ask
    for _ in range(2):
        await ask(ANN, TextPurpose.IMPROVE, QUESTION, timeout_s=1)
    await world.clock.advance(REST_S)
    await ask(ANN, TextPurpose.IMPROVE, QUESTION, timeout_s=1)
    accounts = [one.account for one in world.calls.calls.values()]
    assert accounts == [MAIN_ACCOUNT, "second", "second", MAIN_ACCOUNT]


async def test_a_fault_that_is_not_the_accounts_is_not_taken_to_another_account() -> None:
    world = World()
    world.further.use({AccountName("second"): [world.sister]})
    world.first.on_ask.add(AWAY)
    world.other.on_ask.add(AWAY)
    with pytest.raises(AssistanceUnavailable):
        await world.answer()
    assert world.asked == []


async def test_an_answer_counts_with_what_it_cost_and_a_lost_one_with_the_most_it_can_have_cost() -> None:
    world = World()
    await world.answer()
    assert await world.ask.spent_today() == pytest.approx(0.1)
    world.first.on_ask.add(LOST)
    world.other.on_ask.add(AWAY)
    with pytest.raises(AssistanceUnavailable):
        await world.answer()
    lost, free = list(world.calls.calls.values())[1:]
    assert lost.charged_credits is None
    assert free.charged_credits == 0
    assert await world.ask.spent_today() == pytest.approx(0.1 + lost.most_credits)


async def test_nothing_is_sent_beyond_the_operators_limit() -> None:
    world = World(limits=TextLimits(all_per_day=0.1))
    with pytest.raises(LimitReached):
        await world.answer()
    assert world.asked == []
    world.limits = TextLimits(all_per_day=10)
    await world.answer()


async def test_a_persons_own_limit_holds_unless_the_operator_pays() -> None:
    world = World(limits=TextLimits(user_per_day=100))
    await world.own_limits.set(PersonalLimit(user=ANN, credits_per_day=0))
    with pytest.raises(LimitReached):
        await world.answer()
    await world.answer(is_paid=False)


async def test_who_pays_reserves_first_and_pays_the_real_price() -> None:
    world = World(pays=True)
    with pytest.raises(InsufficientCredits):
        await world.answer()
    assert world.asked == []
    await world.pay_in(1_000)
    await world.answer()
    balance = world.generations.ledger.balance_now(ANN)
    assert (balance.units, balance.reserved) == (900, 0)


async def test_what_a_dead_process_held_back_is_released() -> None:
    world = World(pays=True)
    await world.pay_in(1_000)
    world.first.on_ask.add(Trouble(error=KeyboardInterrupt()))  # type: ignore[arg-type]  # as a kill in between
    with pytest.raises(KeyboardInterrupt):
        await world.answer()
    end = EndLostCalls(calls=world.calls, clock=world.clock)
    assert await end() == 0
    await world.clock.advance(timedelta(minutes=11).total_seconds())
    assert await end() == 1
    assert world.generations.ledger.balance_now(ANN).units == 1_000
    assert await end() == 0


@pytest.mark.parametrize("factor", ["1", "1.5", "30"])
async def test_the_price_shown_bounds_what_is_reserved(factor: str) -> None:
    world = World(pays=True, factor=Decimal(factor))
    shown = world.ask.price(QUESTION)
    await world.pay_in(1_000_000)
    await world.answer()
    [call] = world.calls.calls.values()
    assert call.reservation
    assert 0 < call.reservation.units <= units_of(shown.high)


async def test_better_words_come_beside_the_persons_own() -> None:
    world = World()
    world.first.answers.append('"A red fox in deep snow at dawn."')
    improved = await world.improve(ANN, model("z-image"), "лиса в снегу")
    assert (improved.before, improved.after) == ("лиса в снегу", "A red fox in deep snow at dawn.")
    assert not improved.is_translated


async def test_a_model_that_wants_english_gets_english() -> None:
    world = World()
    improved = await world.improve(ANN, model("ideogram/v3-text-to-image"), "лиса в снегу")
    assert improved.is_translated
    [question] = world.first.questions
    assert "Write in English" in question.instructions
    assert "double quotes" in question.instructions  # the model's own recipe
    assert question.text == "лиса в снегу"
    assert "лиса" not in question.instructions  # what a person wrote is no instruction


@pytest.mark.parametrize("answer", ["", "x" * 20_000])
async def test_words_that_the_model_can_not_take_are_thrown_away(answer: str) -> None:
    world = World()
    world.first.answers.append(answer)
    with pytest.raises(AssistanceUnavailable):
        await world.improve(ANN, model("z-image"), "a fox")


@pytest.mark.parametrize("name", ["elevenlabs/text-to-speech-multilingual-v2", "recraft/remove-background"])
def test_words_to_be_spoken_are_not_improved(name: str) -> None:
    assert World().improve.price(model(name), "Hello, dear listeners") is None


def test_without_words_there_is_nothing_to_improve() -> None:
    assert World().improve.price(model("z-image"), " ") is None


def test_every_recipe_is_of_a_model_that_there_is() -> None:
    recipes = load_recipes(files("config") / "prompt_recipes.yaml")
    ids = [one.id for one in catalog().models()]
    assert [start for start in recipes.models if not any(name.startswith(start) for name in ids)] == []
