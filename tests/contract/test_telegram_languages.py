"""The main ways through the chat in each language, alone with the bot, in a group and in a topic: no word of another language."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from itertools import product
from typing import Final

import pytest
from attrs import frozen

from application.ports.media_provider import TaskFailed
from domain.failure import Charged, Failure, FailureKind
from simulators.telegram import Chat, Message, SentFile
from simulators.telegram import FileKind as Shown
from tests.support.spoken import foreign
from tests.support.telegram_journey import TEXTS, Journey, journey
from tests.support.telegram_simulator import picture

PHOTO: Final = SentFile(data=picture(), name="1.jpg", mime="image/jpeg")
FILES: Final = (
    PHOTO,
    SentFile(data=picture(kind="PNG"), name="1.png", mime="image/png", kind=Shown.DOCUMENT),
    SentFile(data=b"OggS", name="1.ogg", mime="audio/ogg"),
    SentFile(data=b"ID3", name="1.mp3", mime="audio/mpeg"),
    SentFile(data=b"\0\0\0\x18ftypisom", name="1.mp4", mime="video/mp4"),
)
WISH: Final = {"en": "a red fox in snow", "ru": "рыжая лиса в снегу"}
CHANGE: Final = {"en": "make it night", "ru": "пусть будет ночь"}
PLACES: Final = ("private", "group", "topic")
TOPIC: Final = 77


@frozen(kw_only=True)
class Scene:
    """A person who speaks ``language``, where they speak to the bot: alone, in a group by its name, in a topic of a forum."""

    trip: Journey
    language: str
    place: str
    chat: Chat

    @property
    def thread(self) -> int | None:
        return TOPIC if self.place == "topic" else None

    def text(self, key: str, **values: object) -> str:
        return TEXTS.text(key, self.language, **values)

    def addressed(self, words: str) -> str:
        """In a group one names the bot."""
        bot = next(iter(self.trip.telegram.bots.values()))
        return words if self.place == "private" else f"@{bot.username} {words}"

    async def say(self, words: str, *, reply_to: Message | None = None) -> Message:
        """Words to the bot; gives its answer, which is in the same topic."""
        person = self.trip.person
        return await self.answer_to(
            person.say(self.addressed(words), self.chat, reply_to=reply_to, thread_id=self.thread)
        )

    async def command(self, words: str) -> Message:
        return await self.answer_to(self.trip.person.say(words, self.chat, thread_id=self.thread))

    async def send(self, file: SentFile, words: str) -> Message:
        sent = self.trip.person.send_file(file, self.chat, caption=self.addressed(words), thread_id=self.thread)
        return await self.answer_to(sent)

    async def answer_to(self, message: Message) -> Message:
        answer = await self.trip.answer_to(message)
        assert answer.thread_id == self.thread
        return answer

    async def run(self, end: TaskFailed | None = None) -> Message:
        """A wish, a model, Run, and what comes of it."""
        if end:
            self.trip.provider.outcomes.append(end)
        before = len(self.trip.rows)
        card = await self.say(WISH[self.language])
        await self.trip.press(card, "Z-Image")
        await self.trip.press(card, self.text("tg-run"))
        await self.trip.provider_rings(after=before)
        return next(m for m in reversed(self.chat.messages.values()) if m.sender is not self.trip.person.person)


@asynccontextmanager
async def scene_in(language: str, place: str) -> AsyncIterator[Scene]:
    async with journey(language=language, driving=True) as trip:
        chat = trip.chat
        if place != "private":
            chat = trip.telegram.add_group("🦊", [trip.person], is_forum=place == "topic")
            chat.threads.add(TOPIC)
        scene = Scene(trip=trip, language=language, place=place, chat=chat)
        yield scene
        assert foreign(trip.telegram, language) == []


async def anything_is_answered_with_what_can_be_made_of_it(scene: Scene) -> None:
    for file in FILES:
        offer = await scene.send(file, CHANGE[scene.language])
        assert scene.text("tg-offer") in offer.words or scene.text("tg-offer-which") in offer.words
    theirs = scene.trip.person.send_file(PHOTO, scene.chat, thread_id=scene.thread)
    if scene.place == "private":
        await scene.answer_to(theirs)
    offer = await scene.say(CHANGE[scene.language], reply_to=theirs)
    assert CHANGE[scene.language] in offer.words


async def a_card_is_filled_in_run_and_gone_when_the_result_is_there(scene: Scene) -> None:
    card = await scene.say(WISH[scene.language])
    await scene.trip.press(card, "Z-Image")
    assert WISH[scene.language] in card.words
    await scene.trip.press(card, scene.text("tg-parameter-aspect_ratio"))
    await scene.trip.press(card, "16:9")
    scene.trip.person.say(scene.addressed(CHANGE[scene.language]), scene.chat, reply_to=card, thread_id=scene.thread)
    wanted = f"{WISH[scene.language]}, {CHANGE[scene.language]}"
    await scene.trip.telegram.until(lambda: wanted in card.words)
    await scene.trip.press(card, scene.text("tg-card-models"))
    await scene.trip.press(card, "Z-Image")
    assert await scene.trip.press(card, scene.text("tg-run")) == scene.text("tg-accepted")
    row = await scene.trip.provider_rings()
    assert row.input["prompt"] == wanted
    assert card.deleted


async def a_result_is_repeated_varied_and_taken_further(scene: Scene) -> None:
    result = await scene.run()
    assert result.media
    for key in ("tg-button-more", "tg-button-star", "tg-back"):
        await scene.trip.press(result, scene.text(key))
    await scene.trip.press(result, scene.text("tg-button-options"))
    card = await scene.answer_to(result)
    assert WISH[scene.language] in card.words
    assert await scene.trip.press(result, scene.text("tg-button-again")) == scene.text("tg-accepted")


async def history_settings_models_and_help_speak_the_language(scene: Scene) -> None:
    await scene.run()
    for command, key in (("/help", "tg-help"), ("/start", "tg-start"), ("/nothing@", "tg-unknown-command")):
        if not command.endswith("@") or scene.place == "private":
            said = await scene.command(command.removesuffix("@"))
            assert said.words.split("\n")[0] in scene.text(key).replace("<b>", "").replace("</b>", "")
    for command in ("/history", "/settings", "/presets", "/generate"):
        assert (await scene.command(command)).words
    models = await scene.command("/models")
    await scene.trip.press(models, scene.text("tg-type-text_to_image"))
    faults = await scene.command("/generate z-image aspect_ration=1:1")
    assert (await scene.answer_to(faults)).words


async def a_wish_is_taken_back_and_a_card_closed(scene: Scene) -> None:
    card = await scene.say(WISH[scene.language])
    await scene.trip.press(card, "Z-Image")
    await scene.trip.press(card, scene.text("tg-close"))
    said = await scene.command("/cancel")
    assert said.words == scene.text("tg-cancel-nothing")


async def every_failure_says_what_happened_and_whether_it_was_charged(scene: Scene) -> None:
    for kind, charged in zip(FailureKind, [*Charged] * len(FailureKind), strict=False):
        failure = Failure(kind=kind, charged=charged)
        said = await scene.run(TaskFailed(failure=failure))
        assert scene.text(f"failure-{kind}", charged=charged) in said.words
        assert scene.trip.rows[-1].id in said.words
        assert said.buttons


Way = Callable[[Scene], Awaitable[None]]
WAYS: Final[tuple[Way, ...]] = (
    anything_is_answered_with_what_can_be_made_of_it,
    a_card_is_filled_in_run_and_gone_when_the_result_is_there,
    a_result_is_repeated_varied_and_taken_further,
    history_settings_models_and_help_speak_the_language,
    a_wish_is_taken_back_and_a_card_closed,
    every_failure_says_what_happened_and_whether_it_was_charged,
)


@pytest.mark.parametrize(("language", "place"), list(product(TEXTS.languages, PLACES)))
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
async def test_everywhere_in_every_language(way: Way, language: str, place: str) -> None:
    async with scene_in(language, place) as scene:
        await way(scene)


async def test_a_word_of_the_other_language_is_noticed() -> None:
    for language, other in (("en", "ru"), ("ru", "en")):
        async with journey(language=language) as trip:
            await trip.say("/help")
            assert foreign(trip.telegram, language) == []
            assert foreign(trip.telegram, other)
