"""Several accounts at the provider pay for one bot: each task stays with its account, and one that refuses is rested."""

from collections.abc import AsyncIterator

import pytest
from attrs import define, evolve, field

from adapters.memory.media_provider import InMemoryProvider
from adapters.memory.trouble import Trouble
from application.errors import ProviderRejected, ProviderUnavailable
from application.generating.creation_rate_limiter import CreationWindow
from application.generating.submit_generation import REST_S
from config.accounts import account_of
from config.settings import Settings
from config.slices.generating import Generating
from domain.failure import Failure, FailureKind
from domain.generation import Generation, GenerationState
from domain.operation import Alarm, AlarmKind
from domain.provider_account import MAIN_ACCOUNT, AccountName, account_name
from domain.reference_set import CharacterId
from tests.support.characters import a_character
from tests.support.core_fixture import World, wish

SECOND = AccountName("second")
REFUSED = Trouble(error=ProviderRejected(Failure(kind=FailureKind.OUT_OF_CREDITS, provider_code="402")))
WIDE = CreationWindow(100, 10.0)
SMALL_WINDOW = Settings(creation_window=CreationWindow(2, 10.0))


FOX = a_character(
    character=CharacterId("character_1"),
    character_account=account_of(None),
)


@define
class Place:
    """A leading instance with two accounts."""

    world: World = field(factory=World)
    second: InMemoryProvider = field(init=False)
    instance: Generating = field(init=False)
    wishes: int = 0

    def __attrs_post_init__(self) -> None:
        self.second = InMemoryProvider(self.world.clock, credits=50.0)
        self.instance = self.world.instance(SMALL_WINDOW)
        self.instance.accounts().use({SECOND: self.second})

    @property
    def main(self) -> InMemoryProvider:
        return self.world.provider

    async def ask(self, **values: object) -> Generation:
        self.wishes += 1
        return await self.instance.request_generation()(wish(key=f"wish{self.wishes}", **values))  # type: ignore[arg-type]  # keyword arguments of several types

    def tasks(self) -> tuple[int, int]:
        """On the bot's own account, and on the second."""
        return len(self.main.tasks), len(self.second.tasks)


@pytest.fixture
async def place() -> AsyncIterator[Place]:
    place = Place()
    async with place.world.leading(place.instance):
        yield place


async def test_each_account_has_a_window_of_its_own_and_its_tasks_are_read_there(place: Place) -> None:
    asked = [await place.ask() for _ in range(4)]
    await place.world.clock.advance(1)
    assert place.tasks() == (2, 2)
    await place.world.clock.advance(60)
    rows = [place.world.row(one) for one in asked]
    assert {row.state for row in rows} == {GenerationState.DELIVERED}
    assert sorted(row.account for row in rows) == [MAIN_ACCOUNT, MAIN_ACCOUNT, SECOND, SECOND]


@pytest.mark.parametrize("kind", [FailureKind.OUT_OF_CREDITS, FailureKind.UNAUTHORISED, FailureKind.USAGE_CAP])
async def test_an_account_that_refuses_is_rested_with_an_alarm_and_the_others_go_on(
    place: Place, kind: FailureKind
) -> None:
    place.main.on_submit.add(Trouble(error=ProviderRejected(Failure(kind=kind))))
    refused = await place.ask()
    await place.world.clock.advance(2)
    assert place.world.row(refused).account == SECOND
    assert [(alarm.account, alarm.about) for alarm in place.instance.provider_health().present()] == [("main", "main")]
    await place.world.clock.advance(30)
    later = await place.ask()
    await place.world.clock.advance(1)
    assert place.tasks() == (0, 2)
    assert place.world.row(later).failure is None


async def test_after_the_rest_one_task_tries_the_account_again(place: Place) -> None:
    place.main.on_submit.add(REFUSED, REFUSED)
    await place.ask()
    await place.world.clock.advance(REST_S + 5)
    for _ in range(3):
        await place.ask()
    await place.world.clock.advance(5)
    assert place.tasks()[0] == 0
    await place.world.clock.advance(2 * REST_S)
    for _ in range(4):
        await place.ask()
    await place.world.clock.advance(1)
    assert place.tasks()[0] > 0


async def test_where_all_accounts_refuse_the_person_learns_why(place: Place) -> None:
    place.main.on_submit.add(*[REFUSED] * 9)
    place.second.on_submit.add(*[REFUSED] * 9)
    asked = await place.ask()
    await place.world.clock.advance(5)
    failure = place.world.row(asked).failure
    assert failure
    assert failure.kind is FailureKind.OUT_OF_CREDITS


async def test_a_character_is_used_on_the_account_it_was_made_with(place: Place) -> None:
    place.world.references.references[FOX.id] = FOX
    asked = [
        await place.ask(
            model="google/gemini-omni-flash-1-1", prompt="she waves", duration="4", character_ids=[FOX.character]
        )
        for _ in range(4)
    ]
    await place.world.clock.advance(300)
    assert {place.world.row(one).account for one in asked} == {MAIN_ACCOUNT}
    assert place.tasks() == (4, 0)


async def test_a_task_is_extended_on_the_account_that_made_it(place: Place) -> None:
    place.instance.accounts().use({SECOND: place.second}, paused=[SECOND])
    first = await place.ask(model="veo3_fast")
    await place.world.clock.advance(60)
    earlier = place.world.row(first)
    place.main.on_submit.add(*[Trouble(error=ProviderUnavailable("busy", retry_after_s=30.0))])
    place.instance.accounts().use({SECOND: place.second})
    extended = await place.ask(model="veo/extend", task_id=str(earlier.task_id), prompt="on and on")
    await place.world.clock.advance(100)
    assert place.world.row(extended).account == MAIN_ACCOUNT
    assert place.tasks() == (2, 0)


async def test_a_paused_account_gets_no_tasks_and_its_own_are_read_to_the_end(place: Place) -> None:
    asked = [await place.ask() for _ in range(2)]
    await place.world.clock.advance(1)
    place.instance.accounts().use({SECOND: place.second}, paused=[SECOND])
    await place.ask()
    await place.world.clock.advance(60)
    assert place.tasks() == (2, 1)
    assert {place.world.row(one).state for one in asked} == {GenerationState.DELIVERED}


async def test_a_task_of_an_account_that_is_gone_is_read_once_it_is_back(place: Place) -> None:
    asked = [await place.ask() for _ in range(2)]
    await place.world.clock.advance(1)
    place.instance.accounts().use({})
    await place.world.clock.advance(60)
    assert sorted(place.world.row(one).state for one in asked) == ["delivered", "running"]
    place.instance.accounts().use({SECOND: place.second})
    await place.world.clock.advance(300)
    assert {place.world.row(one).state for one in asked} == {GenerationState.DELIVERED}


async def test_tasks_of_an_account_that_is_back_are_looked_up_within_ten_seconds_spread_over_them() -> None:
    place = Place()
    place.instance = place.world.instance(evolve(SMALL_WINDOW, public_url="https://bot.example", creation_window=WIDE))
    async with place.world.leading(place.instance):
        place.instance.accounts().use({SECOND: place.second})
        asked = [await place.ask() for _ in range(40)]
        await place.world.clock.advance(1)
        place.instance.accounts().use({})
        await place.world.clock.advance(30)  # by now all have ended, and their callbacks were lost
        place.instance.accounts().use({SECOND: place.second})
        place.instance.look_up_soon()([SECOND])
        await place.world.clock.advance(0.95)
        found = [one for one in asked if place.world.row(one).state is GenerationState.DELIVERED]
        assert 0 < len(found) <= 10
        await place.world.clock.advance(9)
        of_main = {one.id for one in asked if place.world.row(one).account == MAIN_ACCOUNT}
        assert 0 < len(of_main) < 40
        assert {one.id for one in asked if place.world.row(one).state is GenerationState.RUNNING} == of_main


async def test_the_credits_of_all_are_counted_and_one_that_does_not_say_is_left_out(place: Place) -> None:
    assert await place.instance.accounts().credits() == 1050.0
    place.main.on_credits.add(Trouble(error=ProviderUnavailable("away")), Trouble(error=ProviderUnavailable("away")))
    assert await place.instance.read_credits()(at_once=True) == 50.0
    with pytest.raises(ProviderUnavailable, match="main"):
        await place.instance.accounts().credits()


async def test_another_key_ends_the_rest_at_once(place: Place) -> None:
    place.main.on_submit.add(REFUSED)
    await place.ask()
    await place.world.clock.advance(2)
    place.instance.provider_health().forget(MAIN_ACCOUNT)
    place.instance.turns().forget_pause(MAIN_ACCOUNT)
    assert Alarm(kind=AlarmKind.PROVIDER_CREDITS, about="main") not in place.instance.provider_health().present()
    await place.ask()
    await place.world.clock.advance(1)
    assert place.tasks() == (1, 1)


@pytest.mark.parametrize("text", ["main", "", "Second", "a b", "-x", "x" * 33])
def test_what_can_not_be_the_name_of_an_account(text: str) -> None:
    with pytest.raises(ValueError, match="be"):
        account_name(text)
