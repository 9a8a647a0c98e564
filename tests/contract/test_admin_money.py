"""What an operator sees of the money, and the limit of one person, over the simulated Telegram."""

from collections.abc import AsyncIterator
from typing import Final

import aiohttp
import pytest
from attrs import evolve

from adapters.kie_http import KieHttpProvider
from adapters.system.machine import SystemClock
from application.limits import UserLimits
from config.settings import Settings
from domain.failure import Failure, FailureKind
from domain.generation import TaskId, UserId
from simulators.kie import KieSimulator, SimulatorOptions
from simulators.kie import serve as serve_kie
from tests.support.desk import VERA, said_to, says
from tests.support.generations import a_generation
from tests.support.telegram_journey import Journey, at_work, journey
from tests.support.telegram_simulator import labels


@pytest.fixture
async def desk() -> AsyncIterator[Journey]:
    """Vera, who acts for ``Journey.person``, is an admin; everyone may spend 20 credits a day."""
    async with journey(admins=[VERA], settings=Settings(user_limits=UserLimits(credits_per_day=20.0))) as trip:
        yield trip


async def test_spending_is_a_button_of_the_first_page(desk: Journey) -> None:
    now = desk.clock.now()
    await desk.generations.add(a_generation(created_at=now, user=VERA, reserved_credits=12.5))
    page = await desk.say("/admin")
    await desk.press(page, "Spending")
    assert "Vera (100001): 12.5 credits, 1 generation" in page.words
    assert "FLUX" in page.words.upper()
    assert "the last 7 days" in (await desk.say("/admin spend 7")).words
    await desk.generations.add(a_generation(created_at=now, user=UserId("telegram:7"), reserved_credits=1.0))
    assert "7 (7): 1 credit, 1 generation" in (await desk.say("/admin spend")).words


async def test_a_generation_is_found_by_its_id_without_the_persons_words(desk: Journey) -> None:
    row = await desk.generations.add(a_generation(created_at=desk.clock.now(), user=VERA, reserved_credits=9.0))
    refused = Failure(kind=FailureKind.OUT_OF_CREDITS, provider_code="402", provider_message="top up")
    await desk.generations.save(row.failed(refused, at=desk.clock.now()))
    found = (await desk.say(f"/admin find {row.id}")).words
    for reported in (row.id, "Vera (100001)", row.model_id, "reserved 9, charged –", "402", "top up"):
        assert reported in found
    assert "a red fox" not in found
    assert "with the id “nothing”" in (await desk.say("/admin find nothing")).words
    assert "/admin find ID" in (await desk.say("/admin find")).words
    await desk.generations.report_task(row.id, TaskId("KIE-7"))
    for name in (row.id.upper(), "KIE-7"):
        assert row.id in (await desk.say(f"/admin find {name}")).words


async def test_one_person_gets_a_limit_of_their_own_at_once(desk: Journey) -> None:
    bob = desk.telegram.add_person("Bob")
    key = str(bob.id)
    assert "may spend 20 credits" in (await desk.say(f"/admin limit {key}")).words
    assert "may spend 3 credits in 24 hours (an own limit" in (await desk.say(f"/admin limit {key} 3")).words
    refused = await says(desk, bob, "/generate google/nano-banana a fox")
    assert "3" in refused.words
    assert desk.rows == []
    await desk.say(f"/admin limit {key} default")
    bob.say("/generate google/nano-banana a fox")
    await desk.accepted()
    assert "may spend 0 credits" in (await desk.say(f"/admin limit {key} 0")).words
    assert (
        "may spend any number of credits in 24 hours (an own limit)"
        in (await desk.say(f"/admin limit {key} none")).words
    )
    assert (await desk.limits.get(UserId(f"telegram:{key}"))) is not None


@pytest.mark.parametrize("line", ["", "x 5", "7 -1", "7 nan", "7 1e9", "7 5 5x"])
async def test_a_limit_that_cannot_be_read_changes_nothing(desk: Journey, line: str) -> None:
    said = (await desk.say(f"/admin limit {line}")).words
    assert ("/admin limit ID 50" in said) == (line != "7 5 5x")


async def test_always_filtering_takes_the_switch_away_and_is_sent_whatever_is_asked() -> None:
    settings = Settings(content_filter="always")
    async with journey(admins=[VERA], settings=settings) as trip:
        trip.person.say("/generate z-image a fox nsfw_checker=false")
        await trip.accepted()
        assert trip.rows[-1].input["nsfw_checker"] is True
        without = (await trip.say("/admin filter")).words
        assert "without a content filter" in without
        assert any("Content filter" in label for label in labels(await trip.say("/settings")))
        await trip.preferences.save(evolve(await trip.preferences.get(VERA), safe_is_fixed=True))
        assert not any("Content filter" in label for label in labels(await trip.say("/settings")))


FIRST_REFUSALS: Final = [
    ("en", "401", "KIE refuses the key", "KIE refuses the key"),
    ("ru", "402", "KIE отказал в задаче: не хватает кредитов", "на счёте KIE кончились кредиты"),
    ("en", "433", "A usage cap of the KIE account is reached", "a usage cap of the KIE account is reached"),
]


@pytest.mark.parametrize(("language", "code", "alarm", "on_the_page"), FIRST_REFUSALS)
async def test_the_first_refusal_of_the_account_is_an_alarm_and_is_looked_up_by_its_id(
    language: str, code: str, alarm: str, on_the_page: str
) -> None:
    options = SimulatorOptions(duration_s=0.0)
    async with serve_kie(KieSimulator(options)) as base, aiohttp.ClientSession() as session:
        kie = KieHttpProvider(session, api_key=options.api_key, api_base=base, upload_base=base, clock=SystemClock())
        async with journey(driving=True, language=language, admins=[VERA], media_provider=kie) as trip:
            await trip.say("/admin")  # the bot may write to those alone who have written to it
            trip.person.say(f"/generate z-image a red fox !refuse {code}")
            await trip.telegram.until(lambda: any(row.failure for row in trip.rows))
            async with at_work([trip.graph.watch_service().run(trip.leadership)]):
                await trip.telegram.until(lambda: any(alarm in each for each in said_to(trip.person)))
            assert on_the_page in (await trip.say("/admin")).words
            [row] = trip.rows
            found = (await trip.say(f"/admin find {row.id}")).words
            assert all(reported in found for reported in (code, "z-image", "Vera (100001)"))
            assert "red fox" not in found
