"""The operator before a whole service: on both simulators and PostgreSQL, killed in the middle of a broadcast."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack

import asyncpg
import pytest
from attrs import define

from simulators.kie import KieSimulator, SimulatorOptions
from simulators.kie import serve as serve_kie
from simulators.telegram import Chat, Message, PersonClient, TelegramFault, TelegramWorld
from simulators.telegram import serve as serve_telegram
from tests.support.service import TOKEN, ServiceProcess, service_process
from tests.support.telegram_updates import until

pytestmark = pytest.mark.postgres

PEOPLE = 20
BEFORE_THE_KILL = 4
WITHIN_S = 20.0
FIRST_PERSON = 100_001


@define
class Scene:
    """The service, its operator, and people who use it."""

    dsn: str
    telegram: TelegramWorld
    service: ServiceProcess
    vera: PersonClient
    people: list[PersonClient]

    async def says(self, person: PersonClient, text: str) -> Message:
        mine = person.say(text)
        return await self.telegram.next_message(mine.chat, after=mine.id, timeout_s=WITHIN_S)

    async def press(self, message: Message, label: str) -> None:
        labels = [str(button["text"]) for row in message.buttons for button in row]
        found = next(each for each in labels if label in each)
        query = self.vera.press(message, found)
        await self.telegram.until(lambda: self.telegram.queries[query.id].answer is not None, timeout_s=WITHIN_S)

    def got(self, words: str) -> list[int]:
        """How often each of the people, the operator last, has it in their chat."""
        return [sum(message.words == words for message in chat.messages.values()) for chat in self._chats()]

    async def reaches(self, reached: Callable[[], object]) -> None:
        await until(reached, within_s=WITHIN_S)

    def times_said(self, part: str) -> int:
        """How many messages in the operator's chat say this."""
        return sum(part in message.words for message in self.vera.chat().messages.values())

    def _chats(self) -> list[Chat]:
        return [person.chat() for person in [*self.people, self.vera]]


@pytest.fixture
async def scene(database: str) -> AsyncIterator[Scene]:
    telegram = TelegramWorld(tokens=[TOKEN])
    kie = KieSimulator(SimulatorOptions(duration_s=0.05))
    vera = telegram.add_person("Vera")
    assert vera.id == FIRST_PERSON
    people = [telegram.add_person(f"Person {number}") for number in range(PEOPLE)]
    async with AsyncExitStack() as stack:
        service = await stack.enter_async_context(
            service_process(
                dsn=database,
                telegram=await stack.enter_async_context(serve_telegram(telegram)),
                kie=str(await stack.enter_async_context(serve_kie(kie))),
                more={"ADMIN_USERS": str(vera.id)},
            )
        )
        await service.wait_for_role("leader")
        yield Scene(database, telegram, service, vera, people)


async def test_a_broadcast_survives_a_kill_and_the_operator_is_informed_of_it(scene: Scene) -> None:
    for person in scene.people:
        await scene.says(person, "/start")
    page = await scene.says(scene.vera, "/admin")
    assert "leads, epoch 1" in page.words
    assert "credits left at KIE" in page.words
    await scene.says(scene.vera, "/admin pause z-image under repair")
    preview = await scene.says(scene.vera, "/admin broadcast hello")
    card = await scene.telegram.next_message(preview.chat, after=preview.id)
    scene.telegram.faults.add(TelegramFault(method="sendMessage", hang_s=0.05, times=None))
    await scene.press(card, "Send to everybody")
    await scene.reaches(lambda: sum(scene.got("hello")[:-1]) >= BEFORE_THE_KILL)
    await scene.service.kill()
    before = scene.got("hello")
    assert sum(before[:-1]) < PEOPLE
    scene.service.start()
    await scene.reaches(lambda: scene.times_said("changed unexpectedly"))
    await scene.reaches(lambda: "broadcast.done" in scene.service.log)
    after = scene.got("hello")
    assert max(after[:-1]) == 1
    assert after[-1] <= 2  # the preview, and her own copy
    assert sum(after) >= PEOPLE + 1
    assert scene.times_said("changed unexpectedly") == 1
    await scene.press(page, "Refresh")
    assert "leads, epoch 2" in page.words
    assert "vanished without a word" in page.words
    did = (await scene.says(scene.vera, "/admin audit")).words
    assert [
        f"{FIRST_PERSON} · {what}" in did for what in ("switched a model off: z-image under repair", "sent a broadcast")
    ]
    assert "under repair" in (await scene.says(scene.people[0], "/generate z-image a fox")).words
    tally = await in_database(scene.dsn, "SELECT state, count(*) FROM broadcast_recipients GROUP BY state")
    assert sum(tally.values()) == PEOPLE + 1
    assert set(tally) <= {"sent", "unknown"}
    assert tally.get("unknown", 0) <= 1


async def in_database(dsn: str, statement: str) -> dict[str, int]:
    connection = await asyncpg.connect(dsn)
    try:
        return {row[0]: row[1] for row in await connection.fetch(statement)}
    finally:
        await connection.close()
