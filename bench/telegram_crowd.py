"""People who write to a bot and press its buttons at a steady rate, and how long each waits for an answer."""

import asyncio
import random
from collections.abc import Mapping
from typing import Final

from attrs import define, field

from simulators.telegram import PersonClient, TelegramWorld
from simulators.telegram.events import Event

WORDS: Final = "a red fox in snow, take {number}"
"""Other words each time: a card that says the same already would not change."""
PRESSED: Final = 0.6
"""How much of what people do is a press, where there is a button."""
NOT_PRESSED: Final = ("▶️", "✖")
"""Begin the labels of what would cost something, and of what would leave nothing to press."""
PATIENCE_S: Final = 30.0
"""The first answer waits for the bot to start."""


@define(kw_only=True)
class Crowd:
    """As many people as it takes for everybody to wait for one answer at a time. ``waits_s``: one for each answer."""

    telegram: TelegramWorld
    waits_s: list[float] = field(factory=list)
    _idle: list[PersonClient] = field(factory=list, init=False)
    _waiting: dict[int, tuple[PersonClient, float]] = field(factory=dict, init=False)
    _chance: random.Random = field(factory=lambda: random.Random(0), init=False)

    @property
    def unanswered(self) -> int:
        """How many wait at the moment."""
        return len(self._waiting)

    async def act(self, *, times: int, per_s: float) -> None:
        """Do so many things, evenly, whether the earlier ones were answered or not; then wait for the last answers."""
        self.telegram.listeners.add(self._hear)
        loop = asyncio.get_running_loop()
        began_at = loop.time()
        for number in range(times):
            await asyncio.sleep(began_at + number / per_s - loop.time())
            self._act(WORDS.format(number=number))
        async with asyncio.timeout(PATIENCE_S):
            while self._waiting:  # noqa: ASYNC110 - what is measured is noted by the listener
                await asyncio.sleep(0.01)
        self.telegram.listeners.discard(self._hear)

    def _act(self, words: str) -> None:
        person = self._idle.pop() if self._idle else self.telegram.add_person("Ann")
        self._waiting[person.id] = (person, asyncio.get_running_loop().time())
        buttons = self._buttons_of(person)
        if buttons and self._chance.random() < PRESSED:
            message, data = self._chance.choice(list(buttons.items()))
            person.press_data(person.chat().messages[message], data)
        else:
            person.say(words)

    def _buttons_of(self, person: PersonClient) -> Mapping[int, str]:
        """One button of the newest message that has any."""
        for message in reversed(person.chat().messages.values()):
            harmless = [
                str(button["callback_data"])
                for row in message.buttons
                for button in row
                if "callback_data" in button and not str(button["text"]).startswith(NOT_PRESSED)
            ]
            if harmless:
                return {message.id: self._chance.choice(harmless)}
        return {}

    def _hear(self, event: Event) -> None:
        """The first thing that a person sees happen after what they did."""
        if event.kind == "answer" and event.query:
            self._answered(event.query.person.id)
        elif event.message and event.message.sender in self.telegram.bots.values():
            self._answered(event.message.chat.id)

    def _answered(self, person_id: int) -> None:
        if waited := self._waiting.pop(person_id, None):
            person, since = waited
            self.waits_s.append(asyncio.get_running_loop().time() - since)
            self._idle.append(person)
