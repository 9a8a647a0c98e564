"""The contract of ``Announcer``."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Protocol

import pytest
from attrs import define, frozen

from adapters.memory.announcer import InMemoryAnnouncer
from adapters.memory.clock import ManualClock
from adapters.memory.trouble import Trouble
from adapters.system.machine import SystemClock
from adapters.telegram.api.client import open_bot
from adapters.telegram.bot.announcer import TelegramAnnouncer
from application.errors import DeliveryOutcomeUnknown, DestinationGone, MessageRefused, MessengerUnavailable
from application.ports.announcer import Announcer
from domain.broadcast import Announcement
from domain.operation import Alarm, AlarmKind
from simulators.telegram import Message, PersonClient, TelegramFault, TelegramWorld, serve
from tests.support.messenger_stages import HardToReach
from tests.support.registry import catalog
from tests.support.telegram_journey import TEXTS
from tests.support.telegram_simulator import TOKEN, photo

WORDS = Announcement(text="News")


class Stage(HardToReach, Protocol):
    """An announcer, and someone in ``chat`` who has ``photo``. Refused once, a message would be sent in 7 s."""

    @property
    def announcer(self) -> Announcer: ...
    @property
    def chat(self) -> str: ...
    @property
    def photo(self) -> str: ...
    def arrived(self) -> int:
        """How many messages."""
        ...

    def dislike_once(self) -> None:
        """The next message is not taken in its form."""
        ...


@define
class MemoryStage:
    """The fake."""

    announcer: InMemoryAnnouncer
    chat: str = "1"
    photo: str = "file"

    def arrived(self) -> int:
        return len(self.announcer.announced) + len(self.announcer.alarms)

    def leave(self) -> None:
        self._meet(Trouble(error=DestinationGone("gone")))

    def refuse_once(self) -> None:
        self._meet(Trouble(error=MessengerUnavailable("later", retry_after_s=7)))

    def lose_the_answer_once(self) -> None:
        self._meet(Trouble(error=DeliveryOutcomeUnknown("lost"), takes_effect=True))

    def dislike_once(self) -> None:
        self._meet(Trouble(error=MessageRefused("form")))

    def _meet(self, trouble: Trouble) -> None:
        self.announcer.on_announce.add(trouble)
        self.announcer.on_alarm.add(trouble)


@frozen
class TelegramStage:
    """The Bot API."""

    announcer: TelegramAnnouncer
    world: TelegramWorld
    person: PersonClient
    photo: str

    @property
    def chat(self) -> str:
        return str(self.person.id)

    def messages(self) -> list[Message]:
        return [each for each in self.person.chat().messages.values() if each.sender is not self.person.person]

    def arrived(self) -> int:
        return len(self.messages())

    def leave(self) -> None:
        self.person.block()

    def refuse_once(self) -> None:
        self.world.faults.add(TelegramFault.flood(7))

    def lose_the_answer_once(self) -> None:
        self.world.faults.add(TelegramFault(drop=True, after_effect=True))

    def dislike_once(self) -> None:
        self.world.faults.add(TelegramFault(status=400, description="Bad Request: something nobody knows"))


@asynccontextmanager
async def telegram_stage() -> AsyncIterator[TelegramStage]:
    world = TelegramWorld(tokens=[TOKEN])
    person = world.add_person("Vera")
    world.private_chat(person.person, world.bots[TOKEN])
    async with serve(world) as url:
        bot = open_bot(TOKEN, clock=SystemClock(), api_base=url)
        shown = await bot.send_photo(person.id, photo())
        await shown.delete()
        assert shown.photo
        announcer = TelegramAnnouncer(bot, catalog=catalog(), texts=TEXTS)
        yield TelegramStage(announcer, world, person, shown.photo[-1].file_id)
        await bot.session.close()


@pytest.fixture(params=["memory", "telegram"])
async def stage(request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    if request.param == "memory":
        yield MemoryStage(InMemoryAnnouncer(ManualClock()))
        return
    async with telegram_stage() as running:
        yield running


async def test_words_a_photo_and_alarms_arrive_one_message_each(stage: Stage) -> None:
    await stage.announcer.announce(stage.chat, WORDS)
    await stage.announcer.announce(stage.chat, Announcement(text="Look", photo=stage.photo))
    await stage.announcer.announce(stage.chat, Announcement(text="", photo=stage.photo))
    for kind in AlarmKind:
        await stage.announcer.alarm(stage.chat, "en", Alarm(kind=kind, about="z-image"), figure=3.5)
    assert stage.arrived() == 3 + len(AlarmKind)


async def test_a_chat_that_is_gone_is_recognised(stage: Stage) -> None:
    stage.leave()
    with pytest.raises(DestinationGone):
        await stage.announcer.announce(stage.chat, WORDS)
    assert stage.arrived() == 0


async def test_a_wait_that_is_asked_for_is_passed_on(stage: Stage) -> None:
    stage.refuse_once()
    with pytest.raises(MessengerUnavailable) as error:
        await stage.announcer.announce(stage.chat, WORDS)
    assert error.value.retry_after_s == 7
    assert stage.arrived() == 0


async def test_an_answer_that_was_lost_is_no_refusal(stage: Stage) -> None:
    stage.lose_the_answer_once()
    with pytest.raises(DeliveryOutcomeUnknown):
        await stage.announcer.announce(stage.chat, WORDS)
    assert stage.arrived() == 1


async def test_a_form_that_is_refused_does_not_make_the_chat_gone(stage: Stage) -> None:
    stage.dislike_once()
    with pytest.raises(MessageRefused):
        await stage.announcer.announce(stage.chat, WORDS)
    await stage.announcer.announce(stage.chat, WORDS)
    assert stage.arrived() == 1


async def test_an_alarm_names_the_model_in_the_admins_language() -> None:
    english = "Z-Image, 5 failures in a row"
    alarm = Alarm(kind=AlarmKind.MODEL_FAILING, about="z-image")
    async with telegram_stage() as stage:
        for language, said in (("en", english), ("ru", "Z-Image, 5 сбоев подряд"), ("tlh", english)):
            await stage.announcer.alarm(stage.chat, language, alarm, figure=5)
            assert said in stage.messages()[-1].words
