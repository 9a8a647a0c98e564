"""A journey whose provider is the simulated KIE, and whose files are looked into."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import aiohttp

from adapters.kie_http import KieHttpProvider
from adapters.media_files import LocalMediaFiles
from adapters.system.machine import SystemClock
from config.settings import Settings
from simulators.kie import KieSimulator, SimulatorOptions
from simulators.kie import serve as serve_kie
from simulators.telegram import Message
from tests.support.telegram_journey import Journey, journey

OPTIONS: Final = SimulatorOptions(duration_s=0.0)


@asynccontextmanager
async def between_simulators(language: str = "en") -> AsyncIterator[tuple[Journey, KieSimulator]]:
    """One person, who speaks this language, and both simulators."""
    kie, clock = KieSimulator(OPTIONS), SystemClock()
    async with serve_kie(kie) as base, aiohttp.ClientSession() as session:
        provider = KieHttpProvider(session, api_key=OPTIONS.api_key, api_base=base, upload_base=base, clock=clock)
        settings = Settings(allow_private_hosts=True)
        async with journey(
            driving=True, language=language, settings=settings, media_provider=provider, media_files=LocalMediaFiles()
        ) as trip:
            yield trip, kie


def newest(trip: Journey) -> Message:
    """The bot's last message."""
    return [each for each in trip.chat.messages.values() if each.sender is not trip.person.person][-1]
