"""How quick the studio and the API are: ``python -m bench.bench_studio``.

The whole of `mediabot run`, with its PostgreSQL, on one core. The first page of people who have some results is asked for fifty
times a second, and so are a price and a list of generations of the API; then a thousand pages of as many people are open while generations are accepted for some of them, and what is
measured is the time from the write to the event on the page. Memory is that of the process, before and with the open pages.
"""

import asyncio
import hashlib
import hmac
import statistics
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

import aiohttp
from aiohttp.client import _RequestContextManager as RequestContextManager
from attrs import frozen

from adapters.postgres_store import PostgresGenerationStore, open_database
from adapters.postgres_store.api_key_store import PostgresApiKeyStore
from adapters.system.machine import SystemClock, SystemIds
from application.operating.create_api_key import CreateApiKey
from application.ports.generation_store import GenerationStore
from bench.aims import Aim, at_most, run_alone
from bench.bench_answers import running
from bench.processes import OTHER_CORE, pin
from domain.generation import Destination, UserId
from tests.support.audit import an_audit
from tests.support.generations import a_generation
from tests.support.postgres import FAST_AND_LOSE, cloned_database, create_template, own_server
from tests.support.service import TOKEN, free_port, service_environment

PER_S: Final = 50.0
KEY_PER_S: Final = 10.0
KEY_REQUESTS: Final = 200
REQUESTS: Final = 600
WARM_UP: Final = 50
PAGES: Final = 1000
EVENTS: Final = 300
NO_ONE: Final = "http://127.0.0.1:9"
"""Where Telegram and KIE would be: nothing is sent there."""
READY_S: Final = 30.0


@frozen
class Subject:
    """The service: its address, its process, its store."""

    base: str
    pid: int
    store: GenerationStore
    key: str

    @property
    def memory_kb(self) -> int:
        """Resident memory."""
        status = Path(f"/proc/{self.pid}/status").read_text("utf-8")
        return int(status.partition("VmRSS:")[2].split()[0])


@asynccontextmanager
async def subject() -> AsyncIterator[Subject]:
    """The service as it is deployed, on a database of its own."""
    async with own_server(**FAST_AND_LOSE) as postgres:
        await create_template(postgres.dsn)
        async with cloned_database(postgres.dsn) as dsn, open_database(dsn) as database:
            port = free_port()
            environment = service_environment(dsn=dsn, telegram=NO_ONE, kie=NO_ONE, port=port)
            command = (str(Path(sys.executable).with_name("mediabot")), "run")
            async with running(*command, environment=environment):
                base = f"http://127.0.0.1:{port}"
                await ready(base)
                bot = TOKEN.partition(":")[0]
                create = CreateApiKey(
                    keys=PostgresApiKeyStore(database, bot), ids=SystemIds(), clock=SystemClock(), audit=an_audit()
                )
                _, key = await create("bench", UserId("telegram:1"))
                yield Subject(base, process_on(port), PostgresGenerationStore(database, bot), key)


async def ready(base: str) -> None:
    """Wait until pages are served."""
    async with asyncio.timeout(READY_S), aiohttp.ClientSession() as session:
        while True:
            try:
                async with session.get(f"{base}/studio/sign-in") as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.1)


def process_on(port: int) -> int:
    """The process that was given this port."""
    for folder in Path("/proc").iterdir():
        try:
            if f"PORT={port}\0" in (folder / "environ").read_text("utf-8", "replace"):
                return int(folder.name)
        except (OSError, ValueError):
            continue
    raise AssertionError("no such process")


def sign_in(base: str, number: int) -> str:
    """The address that Telegram's login would lead person ``number`` to."""
    fields = {"id": str(number), "first_name": "Ann", "auth_date": str(int(time.time()))}
    text = "\n".join(f"{name}={value}" for name, value in sorted(fields.items()))
    proof = hmac.new(hashlib.sha256(TOKEN.encode()).digest(), text.encode(), hashlib.sha256).hexdigest()
    return f"{base}/studio/sign-in/telegram?{urlencode({**fields, 'hash': proof})}"


async def cookie_of(session: aiohttp.ClientSession, base: str, number: int) -> dict[str, str]:
    """The session cookie of person ``number``; each comes from an address of their own, as far as limits go."""
    async with session.get(sign_in(base, number), allow_redirects=False) as answer:
        said = answer.headers["Set-Cookie"]
    name, _, value = said.partition(";")[0].partition("=")
    return {"Cookie": f"{name}={value}"}


async def first_pages(subject: Subject) -> list[float]:
    """Milliseconds of each first page at ``PER_S``."""
    async with aiohttp.ClientSession() as session:
        people = [await cookie_of(session, subject.base, number) for number in range(1, 11)]
        return await at_a_pace(
            PER_S, lambda number: session.get(f"{subject.base}/studio", headers=people[number % len(people)])
        )


async def api_calls(subject: Subject) -> list[float]:
    """Milliseconds of each call of the API, as often as a key may: a price and a list, in turns."""
    choice = {"model": "z-image", "input": {"prompt": "a red fox in snow"}}
    headers = {"Authorization": f"Bearer {subject.key}"}
    async with aiohttp.ClientSession(headers=headers) as session:

        def call(number: int) -> RequestContextManager:
            if number % 2:
                return session.get(f"{subject.base}/api/v1/generations")
            return session.post(f"{subject.base}/api/v1/price", json=choice)

        return await at_a_pace(KEY_PER_S, call, requests=KEY_REQUESTS)


async def at_a_pace(
    per_s: float, call: Callable[[int], RequestContextManager], *, requests: int = REQUESTS
) -> list[float]:
    """Milliseconds of each call, however long the one before takes."""
    took: list[float] = []

    async def ask(number: int) -> None:
        began_at = time.perf_counter()
        async with call(number) as answer:
            assert answer.status == 200
            await answer.read()
        took.append((time.perf_counter() - began_at) * 1000)

    async with asyncio.TaskGroup() as group:
        next_at = time.perf_counter()
        for number in range(requests + WARM_UP):
            group.create_task(ask(number))
            next_at += 1 / per_s
            await asyncio.sleep(max(0.0, next_at - time.perf_counter()))
    return took[WARM_UP:]


async def open_pages(subject: Subject) -> tuple[list[float], float]:
    """Milliseconds from a write to the event, and KB of memory for each open page."""
    async with AsyncExitStack() as stack:
        connector = aiohttp.TCPConnector(limit=0)
        session = await stack.enter_async_context(aiohttp.ClientSession(connector=connector))
        people = [await cookie_of(session, subject.base, number) for number in range(1, 11)]
        before = subject.memory_kb
        streams = []
        for number in range(PAGES):
            stream = await stack.enter_async_context(
                session.get(
                    f"{subject.base}/studio/events",
                    headers=people[number % len(people)],
                    timeout=aiohttp.ClientTimeout(),
                )
            )
            await stream.content.readline()
            streams.append(stream)
        grown = (subject.memory_kb - before) / PAGES
        other = await cookie_of(session, subject.base, 101)
        watched = await stack.enter_async_context(session.get(f"{subject.base}/studio/events", headers=other))
        await watched.content.readline()
        return [await event_after_write(subject, watched) for _ in range(EVENTS)], grown


async def event_after_write(subject: Subject, stream: aiohttp.ClientResponse) -> float:
    """Milliseconds until a page shows a generation that was just written."""
    user = UserId("telegram:101")
    generation = a_generation(user=user, destination=Destination(chat=f"web:{user}"), model_id="z-image")
    began_at = time.perf_counter()
    await subject.store.add(generation)
    while generation.id.encode() not in await stream.content.readline():
        pass
    return (time.perf_counter() - began_at) * 1000


def p99(figures: list[float]) -> float:
    """The 99th percentile."""
    return statistics.quantiles(figures, n=100)[98]


async def measure() -> list[Aim]:
    """Both parts, one after the other."""
    pin(OTHER_CORE)
    async with subject() as running_subject:
        pages = await first_pages(running_subject)
        calls = await api_calls(running_subject)
        events, grown = await open_pages(running_subject)
    return [
        at_most("studio: first page, p99 at 50 requests a second on one core", p99(pages), 50, unit=" ms"),
        at_most("API: a price or a list, p99 at 10 calls a second with one key", p99(calls), 50, unit=" ms"),
        at_most("studio: from a write to an open page, p99 with 1,000 pages open", p99(events), 100, unit=" ms"),
        at_most("studio: memory for an open page", grown, 40, unit=" KB"),
    ]


def main(_arguments: object = ()) -> list[Aim]:
    """Measure."""
    return asyncio.run(measure())


if __name__ == "__main__":
    run_alone(main)
