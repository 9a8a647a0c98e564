"""Fills in a card as a person does: pressing its buttons, typing into it, sending it files."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from attrs import define

from adapters.telegram.api.markup import cut
from adapters.telegram.api.screens import LABEL_LIMIT
from adapters.telegram.bot.words import words_for
from domain.model import ModelId, model_key
from simulators.telegram import Message, SentFile
from tests.support.kie_registry import Parameter
from tests.support.telegram_journey import TEXTS, Journey

ALBUM: Final = 10
WORDS: Final = words_for(TEXTS, "en")


@define
class CardWalk:
    """One person at one card. Fails with the card's own words where it does not do what it should."""

    trip: Journey
    card: Message

    async def fill(self, name: str, parameter: Parameter, value: object) -> None:
        """Set a parameter; ``SentFile`` stands where a file is to be sent."""
        if parameter["type"] == "boolean":
            await self._switch(self._label(name), on=bool(value))
            return
        await self._open(self._label(name))
        match value:
            case SentFile():
                await self._send([value], "")
            case [SentFile(), *_]:
                assert isinstance(value, list)
                await self._send(value, f"{self._label(name)}: ")
            case _ if parameter["type"] == "enum":
                await self._choose(parameter["values"], value)
            case _:
                if "➕" in self._labels():
                    await self._press("➕")
                await self._type(_as_typed(value))

    async def run(self) -> str:
        """Press Run, once more where something dear is to be confirmed; what the bot says to it."""
        return await self._press_run() or await self._press_run()

    async def _press_run(self) -> str:
        return await self._press(next(label for label in self._labels() if "Run" in label))

    async def press_in_list(self, label: str) -> None:
        """Press what the label is a part of (a line's end is its end), on whichever screen of a list it is."""
        first = self._look()
        while not (found := [each for each in self._labels() if label in f"{each}\n" and not each.startswith("▶️ ")]):
            assert "▶" in self._labels(), f"no {label!r} on {self._look()}"
            await self._press("▶")
            assert self._look() != first, f"no {label!r} on any screen of {first}"
        await self._press(found[0])

    async def press_model(self, model_id: str) -> None:
        """Open the card of a model, on whichever screen of a list it is: a label may be short, what is behind it is not."""
        ends, first = f":{model_key(ModelId(model_id))}", self._look()
        while not (found := [each for each in self._behind() if each.endswith(ends)]):
            onward = next((each for each in self._labels() if each.endswith("▶")), None)
            assert onward, f"no {model_id!r} on {self._look()}"
            await self._press(onward)
            assert self._look() != first, f"no {model_id!r} on any screen of {first}"
        await self._press(found[0])

    async def _switch(self, label: str, *, on: bool) -> None:
        wanted = f"{label}: {WORDS.plain('tg-on' if on else 'tg-off')}"
        await self._find(label)
        for _ in range(3):
            await self._press(self._button(label))
            if wanted in self._labels():
                return
        raise AssertionError(f"{wanted!r} is not among {self._labels()}")

    async def _choose(self, values: Sequence[object], value: object) -> None:
        """By its button; in a list of several screens after a search for a part of it."""
        if "▶" in self._labels():
            part = str(value)[: len(str(value)) // 2 + 1]
            if part.casefold() not in {str(each).casefold() for each in values}:
                await self._type(part)
        wanted = cut(str(value), LABEL_LIMIT)
        while wanted not in (labels := [label.removeprefix("✅ ") for label in self._labels()]):
            assert "▶" in labels, f"no {wanted!r} among {labels}"
            await self._press("▶")
        await self._press(self._labels()[labels.index(wanted)])

    async def _send(self, files: Sequence[SentFile], counted_after: str) -> None:
        """Ten at a time, as an app lets people, until the card shows them, counted where the parameter is a list."""
        before, count = self._look(), f"× {len(files)}" if counted_after else ""
        for start in range(0, len(files), ALBUM):
            self.trip.person.send_files(files[start : start + ALBUM])
        await self._until(
            lambda: self._look() != before and any(counted_after in each and count in each for each in self._lines())
        )

    async def _type(self, text: str) -> None:
        before = self._look()
        self.trip.person.say(text)
        await self._until(lambda: self._look() != before)

    async def _open(self, label: str) -> None:
        await self._find(label)
        await self._press(self._button(label))

    async def _find(self, label: str) -> None:
        """Go to the page of the card that has this parameter."""
        back = WORDS.plain("tg-back")
        while not self._has(label) and back in self._labels():
            await self._press(back)
        if not self._has(label):
            before = self._look()
            await self._press(next(each for each in self._labels() if each.startswith("⚙️")))
            await self._until(lambda: self._look() != before)  # the press may be answered before the card is drawn
        first = self._look()
        while not self._has(label):
            await self._press("▶")
            assert self._look() != first, f"no {label!r} on any page of {first}"

    def _label(self, name: str) -> str:
        return WORDS.named("tg-parameter", name)

    def _has(self, label: str) -> bool:
        return any(each.startswith(f"{label}: ") for each in self._labels())

    def _button(self, label: str) -> str:
        return next(each for each in self._labels() if each.startswith(f"{label}: "))

    def _labels(self) -> list[str]:
        return [str(button["text"]) for row in self.card.buttons for button in row]

    def _behind(self) -> list[str]:
        return [str(button.get("callback_data")) for row in self.card.buttons for button in row]

    def _lines(self) -> list[str]:
        return [line.removeprefix("• ") for line in self.card.words.splitlines()]

    def _look(self) -> tuple[str, list[str]]:
        return self.card.words, self._labels()

    async def _press(self, label: str) -> str:
        return await self.trip.toast(self.trip.person.press(self.card, label).id)

    async def _until(self, reached: Any) -> None:
        try:
            await self.trip.telegram.until(reached, timeout_s=60)  # Telegram's limits hold for all who walk at once
        except TimeoutError:
            raise AssertionError(f"the card still says {self._look()}") from None


def _as_typed(value: object) -> str:
    """A list is written one value a line, what is nested as JSON."""
    match value:
        case list() if all(not isinstance(each, (list, Mapping)) for each in value):
            return "\n".join(map(str, value))
        case list() | dict():
            return json.dumps(value, ensure_ascii=False)
        case _:
            return str(value)
