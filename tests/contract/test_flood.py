"""One chat that floods, or that Telegram makes wait, keeps no one else waiting."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator
from statistics import median, quantiles

import pytest

from simulators.telegram import PersonClient, TelegramFault, TelegramWorld
from tests.support.fleet import Fleet, fleet
from tests.support.telegram_journey import Journey, journey
from tests.support.telegram_updates import until, updates_line

pytestmark = pytest.mark.leases

PEOPLE = 20
ROUNDS = 6
NOISE_S = 0.25
"""What a busy machine may add to the slowest of all answers."""
PROCESS_NOISE_S = 3.0
"""The same for whole processes, of which three share the machine. Who waits for the flood waits for a minute."""
ROUND_S = 30.0


@pytest.fixture
async def trip() -> AsyncIterator[Journey]:
    async with journey() as running:
        yield running


async def answer_times(trip: Journey, people: list[PersonClient]) -> list[float]:
    """How long each of these people waits for each answer when all write at the same time, round after round."""

    async def ask(person: PersonClient) -> float:
        began = time.perf_counter()
        await trip.of(person).say("/help")
        return time.perf_counter() - began

    times: list[float] = []
    for _ in range(ROUNDS):
        times += await asyncio.gather(*map(ask, people))
    return times


def p99(times: list[float]) -> float:
    return quantiles(times, n=100)[98]


async def test_the_flood_of_one_is_not_felt_by_twenty_others(trip: Journey) -> None:
    people = [trip.telegram.add_person(f"Person {number}") for number in range(PEOPLE)]
    quiet = p99(await answer_times(trip, people))
    flood = TelegramFault.flood(60, method="sendMessage", chat_id=trip.person.id, times=None)
    trip.telegram.faults.add(flood)
    for number in range(300):
        trip.person.say(f"/help {number}")
    assert p99(await answer_times(trip, people)) <= 2 * quiet + NOISE_S
    assert flood.struck


async def test_an_answer_that_has_to_wait_comes_late_and_once(trip: Journey) -> None:
    trip.telegram.faults.add(TelegramFault.flood(2, method="sendMessage", chat_id=trip.person.id))
    answer = await trip.say("/help")
    assert "/models" in answer.words
    assert len(trip.words()) == 1


@pytest.mark.parametrize("drained", [True, False], ids=["hand-over", "kill"])
async def test_a_takeover_while_an_answer_waits_loses_nothing_and_says_nothing_twice(drained: bool) -> None:
    async with updates_line() as line:
        line.telegram.faults.add(TelegramFault.flood(60, method="sendMessage"))
        line.person().say("answer me")
        async with line.leading():
            await until(lambda: line.telegram.log.of("sendMessage"))
            if drained:
                async with asyncio.timeout(2):  # a wait of a minute holds no hand-over up
                    await line.polling.drain()
        assert len(line.inbox.received) == 1
        async with line.leading():
            await until(lambda: not line.inbox.received)
        assert [call.status for call in line.telegram.log.of("sendMessage")] == [429, 200]


async def timed_round(telegram: TelegramWorld, people: list[PersonClient], words: str) -> float:
    """All write at the same moment; the p99 of how long they wait for their answers."""
    began = time.perf_counter()
    before = len(telegram.log.of("sendMessage"))
    for person in people:
        person.say(words)
    times: dict[str, float] = {}
    asked = {str(person.id) for person in people}
    async with asyncio.timeout(ROUND_S):
        while times.keys() < asked:
            await asyncio.sleep(0.005)
            for call in telegram.log.of("sendMessage")[before:]:
                chat = str(call.parameters["chat_id"])
                if call.status == 200 and chat in asked:
                    times.setdefault(chat, time.perf_counter() - began)
    return p99(list(times.values()))


async def middle_round(telegram: TelegramWorld, people: list[PersonClient], words: str) -> float:
    """The middle one of three rounds: a machine that stands still for one of them says nothing of the flood, which lasts for all."""
    return median([await timed_round(telegram, people, f"{words} {number}") for number in range(3)])


@pytest.mark.parametrize("drained", [True, False], ids=["hand-over", "kill"])
async def test_a_flood_is_not_felt_through_a_429_of_a_minute_and_a_takeover_and_nothing_comes_twice(
    *, drained: bool
) -> None:
    async with updates_line() as line:
        people = [line.telegram.add_person(f"Person {number}") for number in range(PEOPLE)]
        flooder = line.person()
        async with line.leading():
            quiet = max([await timed_round(line.telegram, people, f"answer {number}") for number in range(3)])
            line.telegram.faults.add(TelegramFault.flood(60, method="sendMessage", chat_id=flooder.id, times=None))
            for number in range(150):
                flooder.say(f"answer the flood {number}")
            assert await middle_round(line.telegram, people, "answer during") <= 2 * quiet + NOISE_S
            if drained:
                async with asyncio.timeout(5):
                    await line.polling.drain()
        async with line.leading():
            assert await middle_round(line.telegram, people, "answer after") <= 2 * quiet + NOISE_S
        answers = Counter(
            call.parameters["chat_id"] for call in line.telegram.log.of("sendMessage") if call.status == 200
        )
        assert {int(str(chat)): count for chat, count in answers.items()} == {person.id: 9 for person in people}


def pictures(place: Fleet) -> Counter[str]:
    """How many pictures came to each chat."""
    return Counter(str(call.parameters["chat_id"]) for call in place.telegram.log.of("sendPhoto") if call.status == 200)


@pytest.mark.postgres
async def test_a_flood_a_429_of_a_minute_and_the_kill_of_an_instance_together_are_felt_by_no_one_else(
    database: str,
) -> None:
    async with fleet(database, ("first", "second"), environment={"KIE_CREATE_LIMIT": "1000/10"}) as place:
        people = [place.telegram.add_person(f"Person {number}") for number in range(PEOPLE)]
        flooder = place.telegram.add_person("Flooder")
        leader, epoch = await place.settled()
        quiet = max([await timed_round(place.telegram, people, "/help") for _ in range(3)])
        flood = TelegramFault.flood(60, method="sendMessage", chat_id=flooder.id, times=None)
        place.telegram.faults.add(flood)
        for _ in range(150):
            flooder.say("/help")
        await place.until(lambda: flood.struck)
        assert await timed_round(place.telegram, people, "/help") <= 2 * quiet + PROCESS_NOISE_S
        for person in people:
            person.say("/generate z-image a fox !slow 3")
        await place.until(lambda: len(place.kie.account.tasks) == PEOPLE)
        await place.instances[leader].kill()
        await place.leader(after=epoch)
        await place.until(lambda: len(pictures(place)) == PEOPLE)
        assert await timed_round(place.telegram, people, "/help") <= 2 * quiet + PROCESS_NOISE_S
        assert flood.struck > 1, "the flood's first answer waits with the successor too"
        assert set(pictures(place).values()) == {1}
        assert len(place.kie.account.tasks) == PEOPLE
