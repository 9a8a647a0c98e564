"""Context, editing by talk, a voice, several at once and small talk in a group, in two languages, as in private."""

import asyncio
from collections.abc import AsyncIterator, Mapping

import pytest
from attrs import define

from domain.generation import GenerationState
from domain.media import files_of
from simulators.telegram import Chat, Message, SentFile
from tests.support.callbacks import naming
from tests.support.telegram_journey import Journey, journey
from tests.support.telegram_simulator import picture

PHOTO = SentFile(data=picture(), name="fox.jpg", mime="image/jpeg")
VOICE = SentFile(data=b"OggS", name="voice.ogg", mime="audio/ogg", duration=4)
SAID: Mapping[str, Mapping[str, str]] = {
    "en": {
        "hello": "hi",
        "answer": "Hello!",
        "wish": "draw a red fox",
        "edit": "make the hat red",
        "undo": "Undo",
        "winter": "make it winter",
        "several": "Run 3",
        "heard": "a red fox in snow",
        "as words": "Take it as words",
    },
    "ru": {
        "hello": "привет",
        "answer": "Привет!",
        "wish": "нарисуй рыжую лису",
        "edit": "сделай шапку красной",
        "undo": "Отменить",
        "winter": "сделай зиму",
        "several": "Запустить 3",
        "heard": "нарисуй рыжую лису",
        "as words": "Принять как слова",
    },
}


@define
class Gathering:
    """A group with the bot, in which someone speaks this language."""

    trip: Journey
    chat: Chat
    words: Mapping[str, str]

    @property
    def name(self) -> str:
        """What the bot is called in the group."""
        return f"@{next(iter(self.trip.telegram.bots.values())).username}"

    async def say(self, what: str, *, to: Message | None = None) -> Message:
        """Say it to the bot by name, or as an answer."""
        text = self.words[what] if to else f"{self.name} {self.words[what]}"
        return await self.trip.answer_to(self.trip.person.say(text, self.chat, reply_to=to))

    async def results(self, count: int) -> None:
        """Wait until so many generations have been delivered."""
        await self.trip.accepted(count)
        async with asyncio.timeout(30):
            while not all(row.is_terminal for row in self.trip.rows):
                for row in self.trip.rows:
                    if row.task_id and row.state is GenerationState.RUNNING:
                        await self.trip.handle_callback(row.id, row.secret, naming(row.task_id))
                await asyncio.sleep(0.01)

    def result(self, number: int) -> Message:
        """The message of a result."""
        return self.chat.messages[int(self.trip.rows[number].receipts[0].message)]


@pytest.fixture(params=["en", "ru"])
async def group(request: pytest.FixtureRequest) -> AsyncIterator[Gathering]:
    async with journey(language=request.param, driving=True) as trip:
        yield Gathering(trip, trip.telegram.add_group("Friends", [trip.person]), SAID[request.param])


async def test_talk_is_answered_and_words_join_their_picture(group: Gathering) -> None:
    assert group.words["answer"] in (await group.say("hello")).words
    assert group.trip.rows == []
    offer = await group.trip.answer_to(group.trip.person.send_file(PHOTO, chat=group.chat, caption=group.name))
    assert "🖼" in offer.words
    joined = await group.say("winter", to=offer)
    assert group.words["winter"] in joined.words
    assert "🖼" in joined.words


async def test_a_picture_is_edited_by_answers_to_it_and_a_step_is_undone(group: Gathering) -> None:
    await group.trip.press(await group.say("wish"), "▶️")
    await group.results(1)
    await group.trip.press(await group.say("edit", to=group.result(0)), "▶️")
    await group.results(2)
    base = group.trip.rows[0].receipts[0].file_ids[0]
    assert {file.reference for file in files_of(group.trip.rows[1].input)} == {base}
    assert group.words["undo"] in str(group.result(1).buttons)


async def test_several_come_as_one_album_to_the_group(group: Gathering) -> None:
    offer = await group.say("wish")
    await group.trip.press(offer, "🔀")
    await group.trip.press(offer, group.words["several"])
    await group.results(3)
    album = [one for one in group.chat.messages.values() if one.group_id]
    assert len({one.group_id for one in album}) == 1
    assert len(album) == 3


async def test_a_voice_that_answers_the_bot_is_taken_as_words(group: Gathering) -> None:
    group.trip.text_model.answers.append(group.words["heard"])
    greeting = await group.say("hello")
    offer = await group.trip.answer_to(group.trip.person.send_file(VOICE, chat=group.chat, reply_to=greeting))
    await group.trip.press(offer, group.words["as words"])
    assert group.words["heard"] in offer.words
