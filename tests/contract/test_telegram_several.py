"""One wish to several models side by side, over the simulated Telegram: one price, one album, a button for each."""

import asyncio

import pytest
from attrs import evolve

from adapters.memory.trouble import Trouble
from adapters.telegram.api.client import open_bot
from application.errors import ProviderRejected
from application.ports.media_provider import TaskFailed
from config.settings import Settings
from domain.failure import Failure, FailureKind
from domain.generation import GenerationState
from simulators.telegram import Message, TelegramFault
from tests.support.callbacks import naming
from tests.support.telegram_journey import Journey, at_work, journey
from tests.support.telegram_simulator import TOKEN


async def page_of(trip: Journey, wish: str, button: str = "🔀") -> Message:
    offer = await trip.say(wish)
    await trip.press(offer, button)
    return offer


async def all_closed(trip: Journey, count: int) -> None:
    await trip.accepted(count)
    async with asyncio.timeout(30):
        while not all(row.is_terminal for row in trip.rows):
            for row in trip.rows:
                if row.task_id and row.state is GenerationState.RUNNING:
                    await trip.handle_callback(row.id, row.secret, naming(row.task_id))
            await asyncio.sleep(0.02)


@pytest.mark.parametrize(
    ("language", "wish", "run"), [("en", "a red fox in snow", "Run 3"), ("ru", "нарисуй рыжую лису", "Запустить 3")]
)
async def test_three_models_come_as_one_album_with_a_button_each(language: str, wish: str, run: str) -> None:
    async with journey(language=language, driving=True) as trip:
        page = await page_of(trip, wish)
        await trip.press(page, run)
        await all_closed(trip, 3)
        assert len({row.model_id for row in trip.rows}) == 3
        album = [one for one in trip.chat.messages.values() if one.group_id]
        assert len(album) == 3
        assert len({one.group_id for one in album}) == 1
        below = await trip.telegram.until(
            lambda: next((m for m in trip.chat.messages.values() if "1 · " in str(m.buttons)), None)
        )
        assert len(below.buttons) == 3
        await trip.press(below, "2 · ")
        await trip.telegram.until(lambda: "3 done" in page.words or "готово 3" in page.words)
        again = await trip.answer_to(below)
        assert "🔁" in str(again.buttons) or "⋯" in str(again.buttons)


async def test_the_button_says_what_all_of_them_cost_together() -> None:
    async with journey() as trip:
        page = await page_of(trip, "a red fox in snow")
        labels = [str(one["text"]) for row in page.buttons for one in row]
        [run] = [label for label in labels if label.startswith("▶️")]
        prices = [float(label.rsplit("· ", 1)[1].split(" cr")[0]) for label in labels if label.startswith("✅")]
        assert len(prices) == 3
        assert run == f"▶️ Run 3 · {sum(prices):g} cr"
        assert len(page.buttons) <= 7


async def test_a_model_is_put_in_and_out_and_one_alone_does_not_run() -> None:
    async with journey() as trip:
        page = await page_of(trip, "a red fox in snow")
        await trip.press(page, "✅")
        assert "Run 2" in str(page.buttons)
        await trip.press(page, "✅")
        assert "Run" not in str(page.buttons)


async def test_four_takes_of_one_model() -> None:
    async with journey(driving=True) as trip:
        page = await page_of(trip, "a red fox in snow")
        takes = next(str(one["text"]) for row in page.buttons for one in row if "🎲" in str(one["text"]))
        await trip.press(page, "🎲")
        assert f"▶️ Run 4 · {takes.rsplit('· ', 1)[1]}" in str(page.buttons)
        await trip.press(page, "Run 4")
        assert "4 × GPT Image" in page.words
        await all_closed(trip, 4)
        assert len({row.model_id for row in trip.rows}) == 1


async def test_what_fails_is_reported_and_the_rest_comes() -> None:
    async with journey(driving=True) as trip:
        trip.provider.outcomes.append(TaskFailed(failure=Failure(kind=FailureKind.CONTENT_REFUSED)))
        page = await page_of(trip, "a red fox in snow")
        await trip.press(page, "Run 3")
        await all_closed(trip, 3)
        failed = [row for row in trip.rows if row.failure]
        assert len(failed) == 1
        assert len([one for one in trip.chat.messages.values() if one.group_id]) == 2
        await trip.telegram.until(lambda: "2 done, 1 failed" in page.words)
        assert any("not charged" in said.lower() or "cost nothing" in said.lower() for said in trip.words())


async def test_how_a_series_ended_is_said_by_the_process_that_comes_after_a_restart() -> None:
    async with journey() as trip:
        page = await page_of(trip, "a red fox in snow")
        await trip.press(page, "Run 3")
        await trip.accepted(3)
        assert "3 at once" in page.words
        bot = open_bot(TOKEN, clock=trip.clock, api_base=trip.url)
        after = trip.build(Settings(), bot, trip.provider)
        async with at_work([after.drive_generations().run(trip.leadership)]):
            await all_closed(trip, 3)
            await trip.telegram.until(lambda: "3 done" in page.words)
        await bot.session.close()


async def test_one_that_is_refused_at_once_leaves_a_single_result_alone() -> None:
    async with journey(driving=True) as trip:
        refused = Trouble(error=ProviderRejected(Failure(kind=FailureKind.INPUT_REJECTED)))
        trip.provider.on_submit.add(refused)
        page = await page_of(trip, "a red fox in snow")
        await trip.press(page, "✅")
        await trip.press(page, "Run 2")
        await all_closed(trip, 2)
        assert sum(row.state is GenerationState.DELIVERED and row.failure is None for row in trip.rows) == 1
        assert not [one for one in trip.chat.messages.values() if one.group_id]


async def test_all_or_none_are_taken_on() -> None:
    limits = evolve(Settings().user_limits, per_day=2)
    async with journey(settings=evolve(Settings(), user_limits=limits)) as trip:
        page = await page_of(trip, "a red fox in snow")
        await trip.press(page, "Run 3")
        assert trip.rows == []


async def test_what_is_dear_together_is_asked_about_first() -> None:
    async with journey(settings=evolve(Settings(), confirm_credits=3.0)) as trip:
        offer = await trip.say("a red fox in snow, z-image")
        await trip.press(offer, "🔀")
        await trip.press(offer, "🎲")
        await trip.press(offer, "Run 4")
        assert trip.rows == []
        for said in ("a red fox in snow", "4 × Z-Image", "expensive: 3.2 credits"):
            assert said in offer.words
        await trip.press(offer, "▶️")
        await trip.accepted(4)


async def test_pressed_twice_it_buys_once() -> None:
    async with journey() as trip:
        page = await page_of(trip, "a red fox in snow")
        await trip.press(page, "Run 3")
        await trip.accepted(3)
        assert len(trip.rows) == 3


@pytest.mark.parametrize(
    "meets",
    [
        TelegramFault.flood(5, method="sendPhoto"),
        TelegramFault(method="sendPhoto", status=502, description="Bad Gateway"),
    ],
    ids=["a flood limit", "a gateway's page"],
)
async def test_a_picture_that_came_by_itself_comes_once_whatever_the_next_one_meets(meets: TelegramFault) -> None:
    async with journey(driving=True) as trip:
        trip.telegram.faults.add(TelegramFault(method="sendMediaGroup", status=400, description="Bad Request: refused"))
        trip.telegram.faults.add(TelegramFault(method="sendPhoto", hang_s=0.001))  # the first one only takes its time
        trip.telegram.faults.add(meets)
        page = await page_of(trip, "a red fox in snow")
        await trip.press(page, "Run 3")
        await all_closed(trip, 3)
        assert [row.state for row in trip.rows] == [GenerationState.DELIVERED] * 3
        assert len([one for one in trip.chat.messages.values() if one.media]) == 3
