"""The service under a mixed load for as long as SOAK_S says (`make soak`). What it takes from the machine stays level."""

import asyncio
import os
import random
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from statistics import median
from typing import Final

import asyncpg
import pytest
from attrs import field, frozen

from simulators.kie import SlowAnswer
from simulators.telegram import PersonClient, TelegramFault
from simulators.telegram.person import SentFile
from tests.support.fleet import Fleet, fleet
from tests.support.kie_client import CREATE
from tests.support.telegram_simulator import picture

pytestmark = pytest.mark.postgres

SOAK_S: Final = float(os.environ.get("SOAK_S", "20"))
SEED: Final = int(os.environ.get("SOAK_SEED", "1"))
ACTS_A_SECOND: Final = 8.0
SETTLED_WITHIN_S: Final = 300.0
"""Pauses between two tries to deliver take a minute, and a busy machine has a backlog."""
REST_S: Final = 40.0
"""Longer than an idle HTTP connection is kept open."""
WARM_S: Final = 120.0
"""A shorter run is over before everything is loaded once: its memory says nothing of what comes later."""
GROWTH: Final = {"memory_mb": 12.0 if SOAK_S >= WARM_S else 60.0, "descriptors": 40, "connections": 2, "temporary": 6}
"""What the last quarter of a run may have more than the second one: caches that fill, and what happens to be under way."""
AT_REST: Final = {"descriptors": 3, "temporary": 0}
"""What is left some seconds after the last request, more than before the first one."""
CONNECTIONS: Final = 10
"""What an instance may ever have: the store's eight, one that listens, one that holds the lock."""

LINES: Final = (
    *["/help"] * 8, *["/generate z-image a red fox"] * 4, *["a lighthouse at night"] * 2, "/history", "/settings", "/models",
    "/generate z-image !fail 501 no", "/generate z-image !gone", "/generate z-image !refuse 422 no", "/start", "/cancel", "💥" * 900,
)  # fmt: skip


@frozen(kw_only=True)
class Sample:
    """What the process has at one moment."""

    memory_mb: float
    descriptors: int
    connections: int
    temporary: int


@frozen
class Load:
    """People who write, files, faults of both APIs, and strangers at the port, until it is cancelled."""

    _fleet: Fleet
    _chance: random.Random = field(factory=lambda: random.Random(SEED))
    done: Counter[str] = field(factory=Counter)

    async def run(self) -> None:
        """Begin something a few times a second."""
        self._fleet.telegram.faults.add(TelegramFault(method="sendMessage", drop=True, times=None, probability=0.01))
        self._fleet.telegram.faults.add(TelegramFault(status=502, times=None, probability=0.005))
        self._fleet.telegram.faults.add(TelegramFault(status=429, retry_after_s=1, times=None, probability=0.005))
        async with asyncio.TaskGroup() as strangers:
            while True:
                kind = self._chance.choices(["words", "file", "stranger", "slow"], weights=[80, 5, 14, 1])[0]
                self.done[kind] += 1
                person = self._chance.choice(self._fleet.crowd.people)
                match kind:
                    case "words":
                        person.say(self._chance.choice(LINES))
                    case "file":
                        _send_file(person)
                    case "stranger":
                        strangers.create_task(self._knock())
                    case _:
                        self._fleet.kie.faults.add(CREATE, SlowAnswer(2.0))
                await asyncio.sleep(1 / ACTS_A_SECOND)

    async def _knock(self) -> None:
        """A stranger's request, whole, wrong or half; some wait to be dropped."""
        host, port = self._fleet.instances["only"].url.removeprefix("http://").split(":")
        head = self._chance.choice(
            [
                "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET / HT",
                "POST /kie/callback/a/b HTTP/1.1\r\nContent-Length: 9\r\n\r\n{",
                "\x00",
            ]
        )
        with suppress(OSError, TimeoutError):
            reader, writer = await asyncio.open_connection(host, int(port))
            writer.write(head.encode())
            async with asyncio.timeout(self._chance.choice([0.1, 30.0])):
                while await reader.read(1000):
                    pass
            writer.close()


def _send_file(person: PersonClient) -> None:
    person.send_file(
        SentFile(data=picture(), name="fox.jpg", mime="image/jpeg"), caption="/generate recraft/remove-background"
    )


async def sample(pid: int, temporary: Path, database: asyncpg.Connection) -> Sample:
    """Look at the process from outside."""
    status = Path(f"/proc/{pid}/status").read_text()
    memory_kb = int(status.partition("VmRSS:")[2].split()[0])
    connections = await database.fetchval(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
    )
    return Sample(
        memory_mb=memory_kb / 1024,
        descriptors=len(os.listdir(f"/proc/{pid}/fd")),
        connections=connections,
        temporary=sum(1 for _ in temporary.iterdir()),
    )


def grown(samples: Sequence[Sample]) -> Mapping[str, float]:
    """By how much the median of the last quarter is above that of the second one."""
    quarter = len(samples) // 4
    return {
        name: median(getattr(one, name) for one in samples[-quarter:])
        - median(getattr(one, name) for one in samples[quarter : 2 * quarter])
        for name in GROWTH
    }


def beyond(limits: Mapping[str, float], figures: Mapping[str, float]) -> Mapping[str, float]:
    """The figures that are above their limit."""
    return {name: figures[name] for name, limit in limits.items() if figures[name] > limit}


@asynccontextmanager
async def under_load(place: Fleet) -> AsyncIterator[Load]:
    load = Load(place)
    running = asyncio.create_task(load.run())
    try:
        yield load
        assert not running.done(), running
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        place.telegram.faults.clear()


async def settled(database: asyncpg.Connection) -> None:
    """Wait until no wish is under way any more. A lost answer to a create request is waited for half an hour by design."""
    deadline = asyncio.get_running_loop().time() + SETTLED_WITHIN_S
    while left := await database.fetch(
        "SELECT state, input, age(now(), created_at) FROM generations"
        " WHERE state NOT IN ('delivered', 'undeliverable', 'cancelled', 'unknown')"
    ):
        assert asyncio.get_running_loop().time() < deadline, left
        await asyncio.sleep(0.2)


@pytest.mark.timeout(SOAK_S + 600)
async def test_memory_descriptors_connections_and_temporary_files_stay_level(database: str, tmp_path: Path) -> None:
    async with fleet(database, ("only",), environment={"TMPDIR": str(tmp_path)}) as place:
        connection = await asyncpg.connect(database)
        await place.settled()
        pid = place.instances["only"].pid
        before, samples = await sample(pid, tmp_path, connection), list[Sample]()
        async with under_load(place) as load:
            for _ in range(int(SOAK_S)):
                await asyncio.sleep(1.0)
                samples.append(await sample(pid, tmp_path, connection))
        print(f"\n{dict(load.done)}\nbefore {before}\nlast {samples[-1]}\ngrowth {grown(samples)}")
        await settled(connection)
        await asyncio.sleep(REST_S)
        after = await sample(pid, tmp_path, connection)
        errors = [event for event in place.instances["only"].events if event["level"] == "error"]
        await connection.close()
    left = {name: getattr(after, name) - getattr(before, name) for name in AT_REST}
    print(f"at rest {after}")
    assert not errors, errors
    assert max(one.connections for one in [*samples, after]) <= CONNECTIONS
    assert beyond(AT_REST, left) == {}
    assert beyond(GROWTH, grown(samples)) == {}
