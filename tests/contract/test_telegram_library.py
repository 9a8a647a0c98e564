"""From a wish to a preset, a history and a chat among friends, between both simulators, in both languages."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

import aiohttp
import pytest

from adapters.kie_http import KieHttpProvider
from adapters.system.machine import SystemClock
from config.settings import Settings
from simulators.kie import KieSimulator, SimulatorOptions
from simulators.kie import serve as serve_kie
from simulators.telegram import Message
from tests.support.telegram_journey import Journey, journey

OPTIONS: Final = SimulatorOptions(duration_s=0.0)


@asynccontextmanager
async def between_simulators(language: str) -> AsyncIterator[tuple[Journey, KieSimulator]]:
    kie, clock = KieSimulator(OPTIONS), SystemClock()
    async with serve_kie(kie) as base, aiohttp.ClientSession() as session:
        provider = KieHttpProvider(session, api_key=OPTIONS.api_key, api_base=base, upload_base=base, clock=clock)
        settings = Settings(allow_private_hosts=True)
        async with journey(driving=True, language=language, settings=settings, media_provider=provider) as trip:
            yield trip, kie


def newest(trip: Journey) -> Message:
    """The bot's last message."""
    return [each for each in trip.chat.messages.values() if each.sender is not trip.person.person][-1]


@pytest.mark.parametrize("language", ["en", "ru"])
async def test_what_was_made_is_kept_shown_shared_and_forgotten(language: str) -> None:
    async with between_simulators(language) as (trip, kie):
        card = await trip.say("a red fox in snow")
        await trip.press(card, "Z-Image")
        await trip.press(card, "💾")
        trip.person.say("Fox")
        await trip.telegram.until(lambda: "/presets" in card.words and "Fox" in card.words)
        await trip.press(card, "🔗")
        shared = newest(trip)
        copied: list[Any] = [each["copy_text"] for row in shared.buttons for each in row if "copy_text" in each]
        payload = copied[0]["text"].partition("?start=")[2]

        friend = trip.of(trip.telegram.add_person("Oleg", language=language))
        copy = await friend.say(f"/start {payload}")
        await friend.press(copy, "▶️")
        row = await friend.provider_rings()
        (task,) = kie.account.tasks.values()
        assert (row.task_id, task.input["prompt"]) == (task.id, "a red fox in snow")

        query = friend.person.ask_inline("snow")
        await trip.telegram.until(lambda: query.answer)
        group = trip.telegram.add_group("Friends", [trip.person, friend.person], [])
        (offer,) = query.offers
        assert friend.person.choose(query, offer, group).media

        history = await friend.say("/history fox")
        await friend.press(history, "a red fox in snow")
        assert history.media
        await friend.press(history, "🗑")
        await friend.press(history, "🗑")
        assert "a red fox" not in newest(friend).words
        assert friend.generations.rows[row.id].input == {}
        assert not [call for call in trip.telegram.log.calls if call.status == 400]
