"""Sixty wishes at once where KIE takes 20 creations in 10 s: ``python -m bench.bench_burst``.

The service beside a client that sends all of them and tries again after 3 s when it is turned away, each on an account of
its own, at the same time.
"""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Final

import aiohttp
from attrs import frozen
from rich.table import Table

from application.generating.creation_rate_limiter import CreationWindow
from bench.aims import Aim, at_least, at_most, console, run_alone
from bench.clients import CREATE
from bench.load import PICTURE
from bench.processes import OTHER_CORE, Child, pin, served
from bench.service import running_service
from bench.simulated_kie import API_KEY, Creation, simulated_kie
from tests.support.postgres import FAST_AND_LOSE, cloned_database, create_template, own_server

WISHES: Final = 60
PER_10_S: Final = 20
AGAIN_AFTER_S: Final = 3.0


def of_the_service(kie: str, dsn: str) -> None:
    """Every wish at the same moment, from as many people."""

    async def run() -> None:
        async with running_service(kie, dsn, callbacks=True, window=CreationWindow(PER_10_S, 10.0)) as service:
            await asyncio.gather(*(service.wish(PICTURE.id, "a red fox in snow") for _ in range(WISHES)))
            await service.idle()

    asyncio.run(run())


def of_a_naive_client(kie: str) -> None:
    """Send, and send again when refused."""

    async def run() -> None:
        async with aiohttp.ClientSession(kie, headers={"Authorization": f"Bearer {API_KEY}"}) as session:

            async def create() -> None:
                body = {"model": PICTURE.id, "input": {"prompt": "a red fox in snow"}}
                while True:
                    async with session.post(CREATE, json=body) as response:
                        if (await response.json())["code"] == 200:
                            return
                    await asyncio.sleep(AGAIN_AFTER_S)

            await asyncio.gather(*(create() for _ in range(WISHES)))

    asyncio.run(run())


@frozen(kw_only=True)
class Burst:
    """How the creations went: ``last_s`` is the time from the first request to the last one taken."""

    requests: int
    placed: int
    refused: int
    last_s: float


def burst(creations: Sequence[Creation]) -> Burst:
    taken = [call.at for call in creations if call.code == 200]
    return Burst(
        requests=len(creations),
        placed=len(taken),
        refused=sum(call.code == 429 for call in creations),
        last_s=max(taken) - creations[0].at,
    )


async def measure() -> dict[str, Burst]:
    async with own_server(**FAST_AND_LOSE) as server:
        await create_template(server.dsn)
        async with cloned_database(server.dsn) as dsn:
            with served(simulated_kie, PER_10_S) as mediabot, served(simulated_kie, PER_10_S) as naive:
                children = [Child(of_the_service, mediabot.base, dsn), Child(of_a_naive_client, naive.base)]
                for child in children:
                    child.result()
                return {
                    "mediabot": burst(mediabot.report().creations),
                    "naive, again after 3 s": burst(naive.report().creations),
                }


def report(found: Mapping[str, Burst]) -> Table:
    table = Table(
        "", "requests", "placed", "429", "last placed after s", title=f"{WISHES} wishes at once, 20 creations in 10 s"
    )
    for name, one in found.items():
        table.add_row(name, str(one.requests), str(one.placed), str(one.refused), f"{one.last_s:.2f}")
    return table


def main(_arguments: Sequence[str] = ()) -> list[Aim]:
    """Print the table."""
    pin(OTHER_CORE)
    found = asyncio.run(measure())
    console().print(report(found))
    mediabot = found["mediabot"]
    return [
        at_least(f"{WISHES} wishes at once: placed", mediabot.placed, WISHES, digits=0),
        at_most(f"{WISHES} wishes at once: refused with 429", mediabot.refused, 0, digits=0),
        at_most(f"{WISHES} wishes at once: last one placed after", mediabot.last_s, 20.5, unit=" s"),
    ]


if __name__ == "__main__":
    run_alone(main)
