"""The clients that we are measured against: the least one can write, and two that people use elsewhere."""

import asyncio
from typing import Any, Final

import aiohttp
import fal_client.client
import replicate.client

from bench.load import PICTURE, Load, prompt_of
from bench.record import Record, follow_all
from bench.simulated_kie import API_KEY
from domain.polling import NAIVE_INTERVAL_S

CREATE: Final = "/api/v1/jobs/createTask"
READ: Final = "/api/v1/jobs/recordInfo"


def naive(base: str, load: Load) -> Record:
    """Create, then read every three seconds: KIE's own advice."""

    async def run() -> Record:
        headers = {"Authorization": f"Bearer {API_KEY}"}
        async with aiohttp.ClientSession(base, headers=headers) as session:

            async def follow(seconds: float) -> str:
                body = {"model": PICTURE.id, "input": {"prompt": prompt_of(seconds)}}
                async with session.post(CREATE, json=body) as response:
                    task_id: str = (await response.json())["data"]["taskId"]
                state = "waiting"
                while state not in {"success", "fail"}:
                    await asyncio.sleep(NAIVE_INTERVAL_S)
                    async with session.get(READ, params={"taskId": task_id}) as response:
                        state = (await response.json())["data"]["state"]
                return task_id

            return await follow_all(load, follow)

    return asyncio.run(run())


def with_replicate(base: str, load: Load) -> Record:
    """Replicate's client as its page shows it: the server holds the request until the prediction is there."""

    async def run() -> Record:
        client = replicate.client.Client(api_token="r8_bench", base_url=base)

        async def follow(seconds: float) -> str:
            output = await client.async_run("bench/fox", input={"seconds": seconds}, use_file_output=False)
            return str(output)

        return await follow_all(load, follow)

    return asyncio.run(run())


def with_fal(base: str, load: Load) -> Record:
    """fal's client as its page shows it: ``subscribe``, which asks every 0.1 s."""
    # The client knows hosts by environment variables, but always with https.
    fal_client.client.QUEUE_URL_FORMAT = f"{base}/fal/"

    async def run() -> Record:
        client = fal_client.AsyncClient(key="bench")

        async def follow(seconds: float) -> str:
            answer: Any = await client.subscribe("bench/fox", arguments={"seconds": seconds})
            return str(answer["id"])

        return await follow_all(load, follow)

    return asyncio.run(run())
