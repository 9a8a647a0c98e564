"""Waiting alone: our adapter and our planned ages, with nothing stored and nothing delivered."""

import asyncio

import aiohttp

from adapters.kie_http import KieHttpProvider
from adapters.system.machine import SystemClock
from application.ports.media_provider import Submission, TaskRunning
from bench.load import PICTURE, Load, prompt_of
from bench.record import Record, follow_all
from bench.simulated_kie import API_KEY
from domain.polling import PollPlanner


def planned(base: str, load: Load) -> Record:
    """Create, then read at the ages that pay for run times like those seen before."""
    clock, planner = SystemClock(), PollPlanner()
    for seconds in load.experience():
        planner.observe(PICTURE.id, seconds)

    async def run() -> Record:
        async with aiohttp.ClientSession() as session:
            provider = KieHttpProvider(session, api_key=API_KEY, api_base=base, upload_base=base, clock=clock)

            async def follow(seconds: float) -> str:
                born, started = clock.now(), clock.monotonic()
                task_id = await provider.submit(Submission(model=PICTURE, input={"prompt": prompt_of(seconds)}))
                while True:
                    age_s = clock.monotonic() - started
                    await clock.sleep(planner.next_delay(PICTURE.id, PICTURE.output, age_s))
                    if not isinstance(await provider.look_up(PICTURE, task_id, submitted_at=born), TaskRunning):
                        return task_id

            return await follow_all(load, follow)

    return asyncio.run(run())
