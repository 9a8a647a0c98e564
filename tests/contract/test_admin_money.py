"""What an operator sees of the money, and the limit of one person, over the simulated Telegram."""

from collections.abc import AsyncIterator

import pytest
from attrs import evolve

from application.ports.generation_store import UserLimits
from config.settings import Settings
from domain.failure import Failure, FailureKind
from domain.generation import UserId
from tests.support.desk import VERA, labels, says
from tests.support.generations import a_generation
from tests.support.telegram_journey import Journey, journey


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
    assert "Vera (100001): 12.5 credits, 1 generations" in page.words
    assert "FLUX" in page.words.upper()
    assert "the last 7 days" in (await desk.say("/admin spend 7")).words


async def test_a_generation_is_found_by_its_id_without_the_persons_words(desk: Journey) -> None:
    row = await desk.generations.add(a_generation(created_at=desk.clock.now(), user=VERA, reserved_credits=9.0))
    refused = Failure(kind=FailureKind.OUT_OF_CREDITS, provider_code="402", provider_message="top up")
    await desk.generations.save(row.failed(refused, at=desk.clock.now()))
    found = (await desk.say(f"/admin find {row.id}")).words
    for told in (row.id, "Vera (100001)", row.model_id, "reserved 9, charged –", "402", "top up"):
        assert told in found
    assert "a red fox" not in found
    assert "no generation “nothing”" in (await desk.say("/admin find nothing")).words


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
    assert "may spend – credits" in (await desk.say(f"/admin limit {key} none")).words
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
