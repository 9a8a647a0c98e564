"""Two whole instances on one database, while people write: one talks to Telegram, the other takes over."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import count, pairwise

import aiohttp
import asyncpg
import pytest
from attrs import define, field

from simulators.kie import NO_LIMIT, KieSimulator, SimulatorOptions
from simulators.kie import serve as serve_kie
from simulators.telegram import Message, PersonClient, TelegramWorld
from simulators.telegram import serve as serve_telegram
from tests.support.fleet import router
from tests.support.service import TOKEN, ServiceProcess, service_process

pytestmark = pytest.mark.leases

BETWEEN_WISHES_S = 0.15
NO_TURNS = {"KIE_CREATE_LIMIT": "1000/10"}
"""No one waits for a place in KIE's window: that is another test's matter."""
TAKEOVER_S = 15.0
"""A lease of three seconds at the most, and an interpreter on a busy machine."""


@define(kw_only=True)
class Pair:
    """Both instances, the simulators, and people who go on wishing."""

    dsn: str
    telegram: TelegramWorld
    kie: KieSimulator
    people: list[PersonClient]
    first: ServiceProcess
    second: ServiceProcess
    wishes: dict[str, PersonClient] = field(factory=dict)

    async def elected(self) -> tuple[ServiceProcess, ServiceProcess]:
        """The leader and the standby, once each says that it is one."""
        both = ((self.first, self.second), (self.second, self.first))
        waits = [asyncio.create_task(self._has_roles(*order)) for order in both]
        try:
            done, _ = await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED, timeout=TAKEOVER_S)
            assert done, self.first.log + self.second.log
            return done.pop().result()
        finally:
            for wait in waits:
                wait.cancel()

    async def _has_roles(
        self, leader: ServiceProcess, standby: ServiceProcess
    ) -> tuple[ServiceProcess, ServiceProcess]:
        await leader.wait_for_role("leader", within_s=2 * TAKEOVER_S)
        await standby.wait_for_role("standby", within_s=2 * TAKEOVER_S)
        return leader, standby

    @asynccontextmanager
    async def under_load(self) -> AsyncIterator[None]:
        """Someone asks for something every moment, before the block, in it and after it; then all are answered."""
        loading = asyncio.create_task(self._wish_on())
        try:
            await self.until(lambda: bool(self.answered()))
            yield
            wished = len(self.wishes)
            await self.until(lambda: len(self.wishes) >= wished + 5)
        finally:
            loading.cancel()
        await self.until(lambda: len(self.answered()) == len(self.wishes))

    async def _wish_on(self) -> None:
        for number in count():
            person = self.people[number % len(self.people)]
            words = f"fox number {number} in snow"
            self.wishes[words] = person
            person.say(f"/generate z-image {words}")
            await asyncio.sleep(BETWEEN_WISHES_S)

    def results(self, words: str) -> list[Message]:
        """The pictures made of these words, in the chat of the person who asked for them."""
        said = self.wishes[words].chat().messages.values()
        return [message for message in said if message.media and words in message.words]

    def in_doubt(self, words: str) -> bool:
        """Whether no task was started, and the person was informed that no one knows: the fault fell into the request."""
        said = self.wishes[words].chat().messages.values()
        reported = (m for m in said if m.reply_to and words in m.reply_to.words and "connection broke" in m.words)
        return not self.bought(words) and any(reported)

    def answered(self) -> list[str]:
        """Wishes whose result has come, or whose person knows that none may come."""
        return [words for words in self.wishes if self.results(words) or self.in_doubt(words)]

    def bought(self, words: str) -> int:
        """How many tasks were started for these words."""
        return sum(call.body["input"]["prompt"] == words for call in self.kie.account.accepted())

    def refused_polls(self) -> int:
        """How many polls were answered with 409. One that its own caller had given up tells no one, and is not counted."""
        return sum(call.status == 409 for call in self.telegram.log.of("getUpdates"))

    def overlapping_polls(self) -> int:
        """How often one getUpdates began while another was under way whose caller still waited for it."""
        polls = sorted((call.at, call.at + call.took_s) for call in self.telegram.log.of("getUpdates") if call.status)
        return sum(begins < ended for (_, ended), (begins, _) in pairwise(polls))

    async def until(self, holds: Callable[[], object]) -> None:
        """Wait for what the simulators have seen."""
        try:
            async with asyncio.timeout(2 * TAKEOVER_S):
                while not holds():
                    await asyncio.sleep(0.01)
        except TimeoutError:
            raise AssertionError(f"it did not come about\n{self.first.log}\n{self.second.log}") from None


@pytest.fixture
async def pair(database: str) -> AsyncIterator[Pair]:
    """A leader and a standby."""
    options = SimulatorOptions(duration_s=0.2, creation_limit=NO_LIMIT, callback_retries=100, callback_retry_s=0.2)
    telegram, kie = TelegramWorld(tokens=[TOKEN]), KieSimulator(options)
    instances: dict[str, ServiceProcess] = {}
    async with (
        serve_telegram(telegram) as telegram_url,
        serve_kie(kie) as kie_url,
        router(instances) as public_url,
        service_process(
            dsn=database, telegram=telegram_url, kie=kie_url, public_url=public_url, more=NO_TURNS
        ) as first,
        service_process(
            dsn=database, telegram=telegram_url, kie=kie_url, public_url=public_url, more=NO_TURNS
        ) as second,
    ):
        instances |= {"first": first, "second": second}
        people = [telegram.add_person(name) for name in ("Vera", "Max", "Ida")]
        yield Pair(dsn=database, telegram=telegram, kie=kie, people=people, first=first, second=second)


async def test_one_leads_and_the_other_is_healthy_and_ready(pair: Pair) -> None:
    _, standby = await pair.elected()
    async with aiohttp.ClientSession() as session:
        for path in ("/healthz", "/readyz"):
            async with session.get(standby.url + path) as response:
                assert response.status == 200


async def test_a_clean_stop_hands_over_without_a_message_lost_or_answered_twice(pair: Pair) -> None:
    leader, standby = await pair.elected()
    async with pair.under_load():
        assert await leader.terminate() == 0
        await standby.wait_for_role("leader", within_s=2.0)
    assert {words: pair.bought(words) for words in pair.wishes} == dict.fromkeys(pair.wishes, 1)
    assert {words: len(pair.results(words)) for words in pair.wishes} == dict.fromkeys(pair.wishes, 1)
    assert pair.overlapping_polls() == 0
    assert pair.refused_polls() == 0


async def test_a_killed_leader_is_followed_and_nothing_is_lost_or_bought_twice(pair: Pair) -> None:
    leader, standby = await pair.elected()
    async with pair.under_load():
        await leader.kill()
        await standby.wait_for_role("leader", within_s=TAKEOVER_S)
    assert all(pair.bought(words) <= 1 for words in pair.wishes)
    assert all(len(pair.results(words)) <= 2 for words in pair.wishes)
    assert sum(pair.in_doubt(words) for words in pair.wishes) <= 1


async def test_a_lock_session_that_the_server_ends_leaves_one_leader_and_no_conflict(pair: Pair) -> None:
    await pair.elected()
    connection = await asyncpg.connect(pair.dsn)
    try:
        async with pair.under_load():
            before = await connection.fetchval("SELECT epoch FROM leadership")
            ended = await connection.fetch(
                "SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_stat_activity USING (pid)"
                " WHERE locktype = 'advisory' AND objsubid = 1 AND granted AND application_name LIKE 'mediabot lock %'"
                " AND datname = current_database()"
            )
            assert len(ended) == 1
            async with asyncio.timeout(TAKEOVER_S):  # until then /status may still tell of the old leadership
                while await connection.fetchval("SELECT epoch FROM leadership") == before:
                    await asyncio.sleep(0.01)
            await pair.elected()
    finally:
        await connection.close()
    assert all(pair.bought(words) <= 1 for words in pair.wishes)
    assert sum(pair.in_doubt(words) for words in pair.wishes) <= 1
    assert pair.overlapping_polls() == 0
    assert pair.refused_polls() == 0
