"""The service killed with SIGKILL at random moments, and started again each time."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable

import pytest
from attrs import frozen

from adapters.kie_simulator import NO_LIMIT, KieSimulator, SimulatorOptions
from adapters.kie_simulator import serve as serve_kie
from adapters.telegram_simulator import Message, PersonClient, TelegramWorld
from adapters.telegram_simulator import serve as serve_telegram
from tests.support.kie_registry import raw_registry
from tests.support.service import TOKEN, ServiceProcess, service_process


@frozen(kw_only=True)
class Scene:
    """A person, the simulators and the service between them."""

    telegram: TelegramWorld
    person: PersonClient
    kie: KieSimulator
    service: ServiceProcess

    def wish(self, words: str) -> None:
        """Ask for a picture in one message."""
        self.person.say(f"/generate z-image {words}")

    def results(self, words: str) -> list[Message]:
        """The pictures in the chat that were made of these words."""
        said = self.person.chat().messages.values()
        return [message for message in said if message.media and words in message.words]

    def answered(self, words: str) -> bool:
        """Whether the result is there, or the person was told that nobody knows whether the task began."""
        said = self.person.chat().messages.values()
        in_doubt = (m for m in said if m.reply_to and words in m.reply_to.words and "connection broke" in m.words)
        return bool(self.results(words)) or (not self.accepted(words) and any(in_doubt))

    def accepted(self, words: str) -> int:
        """How many tasks were started for these words."""
        return sum(call.body["input"]["prompt"] == words for call in self.kie.account.accepted())

    async def until(self, holds: Callable[[], object]) -> None:
        """Wait for what KIE, Telegram or both have seen."""
        try:
            async with asyncio.timeout(20):
                while not holds():
                    await asyncio.sleep(0.005)
        except TimeoutError:
            raise AssertionError(f"it did not come about\n{self.service.log}") from None

    async def revive(self) -> None:
        """Kill the service without warning, begin it again, and wait until it leads."""
        await self.service.kill()
        self.service.start()
        await self.service.wait_for_role("leader")


@pytest.fixture
async def scene(database: str) -> AsyncIterator[Scene]:
    """A leading service whose tasks take a second; callbacks are repeated for longer than a restart takes."""
    options = SimulatorOptions(
        duration_s=1.0, creation_limit=NO_LIMIT, callback_retries=100, callback_retry_s=0.2, callback_timeout_s=1.0
    )
    telegram, kie = TelegramWorld(tokens=[TOKEN], repeat_rules=False), KieSimulator(raw_registry(), options)
    async with (
        serve_telegram(telegram) as telegram_url,
        serve_kie(kie) as kie_url,
        service_process(dsn=database, telegram=telegram_url, kie=kie_url) as service,
    ):
        await service.wait_for_role("leader")
        yield Scene(telegram=telegram, person=telegram.add_person("Vera"), kie=kie, service=service)


async def test_kills_at_random_moments_leave_no_wish_without_an_answer(scene: Scene) -> None:
    chance = random.Random(7)
    wishes = [f"wish number {number} of the owl" for number in range(6)]
    for start in range(0, len(wishes), 3):
        for words in wishes[start : start + 3]:
            scene.wish(words)
        await asyncio.sleep(chance.uniform(0.0, 1.5))  # the moment of the kill, whatever it falls into
        await scene.revive()
    await scene.until(lambda: all(scene.answered(words) for words in wishes))
    assert max(scene.accepted(words) for words in wishes) == 1
    assert max(scene.kie.account.accepted_per_callback().values()) == 1
    assert all(len(scene.results(words)) <= 2 for words in wishes)
