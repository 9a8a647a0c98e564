"""People who go on writing, whatever happens to the service, and what came back to each."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from itertools import count
from typing import Final

from attrs import define, field

from simulators.telegram import PersonClient, TelegramWorld
from simulators.telegram.record import CallLog, CallRecord

QUESTION: Final = "/help"
"""Answered with one message."""


class AnswerLog(CallLog):
    """All calls, and when Telegram took each message, by chat: a run of minutes makes more calls than the simulator remembers."""

    def __init__(self) -> None:
        super().__init__(kept=None)
        self.sent_at: dict[str, list[float]] = defaultdict(list)

    def add(self, call: CallRecord) -> None:
        super().add(call)
        if call.status and call.method == "sendMessage":
            self.sent_at[str(call.parameters["chat_id"])].append(call.at)


@define
class Crowd:
    """``people`` write in turn. Every question asks for one answer, and a chat's answers come in the order of its questions."""

    world: TelegramWorld
    people: Sequence[PersonClient]
    log: AnswerLog
    per_second: float = 25.0
    asked_at: Mapping[int, list[float]] = field(factory=lambda: defaultdict(list))

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[None]:
        """They write before the block (until all have been answered once), in it, and until it has ended."""
        writing = asyncio.create_task(self._write_on())
        try:
            await self.answered_since(self.world.clock())
            yield
        finally:
            writing.cancel()

    async def answered_since(self, moment: float, *, within_s: float = 30.0) -> None:
        """Wait until everybody has an answer to something they wrote after that moment."""

        def all_have() -> bool:
            answers = self.answered_at()
            return all(
                any(asked >= moment for asked in self.asked_at[one.id][: len(answers[one.id])]) for one in self.people
            )

        async with asyncio.timeout(within_s):
            while not all_have():
                await asyncio.sleep(0.02)

    async def all_answered(self, *, within_s: float = 30.0) -> None:
        """Wait until no one waits any more. Raises TimeoutError."""
        async with asyncio.timeout(within_s):
            while self.lost():
                await asyncio.sleep(0.02)

    def answered_at(self) -> Mapping[int, list[float]]:
        """When Telegram took each answer, by chat. Others than these people may talk with the bot as well."""
        return {one.id: self.log.sent_at[str(one.id)] for one in self.people}

    def lost(self) -> int:
        """Questions without an answer."""
        return sum((self._questions() - self._answers()).values())

    def repeated(self) -> int:
        """Answers without a question: something was handled twice."""
        return sum((self._answers() - self._questions()).values())

    def waits_s(self, *, since: float = 0.0) -> list[float]:
        """How long each answered question had waited, of those asked after that moment."""
        answers = self.answered_at()
        return [
            answered - asked
            for chat, questions in self.asked_at.items()
            for asked, answered in zip(questions, answers[chat], strict=False)
            if asked > since
        ]

    def _questions(self) -> Counter[int]:
        return Counter({chat: len(questions) for chat, questions in self.asked_at.items()})

    def _answers(self) -> Counter[int]:
        return Counter({chat: len(answers) for chat, answers in self.answered_at().items()})

    async def _write_on(self) -> None:
        loop = asyncio.get_running_loop()
        began_at = loop.time()
        for number in count():
            person = self.people[number % len(self.people)]
            self.asked_at[person.id].append(self.world.clock())
            person.say(QUESTION)
            await asyncio.sleep(began_at + (number + 1) / self.per_second - loop.time())
