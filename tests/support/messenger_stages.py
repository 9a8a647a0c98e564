"""One stage a messenger: what the contract needs of it beyond the port."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final, Protocol

from attrs import field, frozen

from adapters.api_http import ApiMessenger
from adapters.cli.messenger import CliMessenger
from adapters.cli.progress import progress_line
from adapters.memory.api_key_store import InMemoryWebhookOutbox
from adapters.memory.chat_session_store import InMemoryChatSessionStore
from adapters.memory.clock import ManualClock
from adapters.memory.messenger import InMemoryMessenger
from adapters.memory.preference_store import InMemoryPreferenceStore
from adapters.memory.trouble import Trouble
from adapters.system.machine import SystemClock
from adapters.telegram.api.client import open_bot
from adapters.telegram.bot.results.messenger import TelegramMessenger
from adapters.web import WebMessenger, destination_of
from application.errors import DeliveryOutcomeUnknown, DestinationGone, MessengerUnavailable
from application.ports.messenger import Deliverable, Messenger, Progress
from domain.generation import Destination, Generation, Receipt, UserId
from simulators.telegram import Chat, Message, PersonClient, TelegramFault, TelegramWorld, serve
from tests.support.cli import terminal, written
from tests.support.core_fixture import NEXT_STEPS
from tests.support.registry import catalog
from tests.support.telegram_journey import TEXTS
from tests.support.telegram_simulator import TOKEN


class Stage(Protocol):
    """A messenger and someone who is spoken to. ``arrived`` counts the results that reached them."""

    @property
    def messenger(self) -> Messenger: ...
    @property
    def user(self) -> UserId: ...
    @property
    def destination(self) -> Destination: ...
    def arrived(self) -> int: ...


class HardToReach(Protocol):
    """A chat that can be made to fail."""

    def leave(self) -> None:
        """From now on the chat can't be reached."""
        ...

    def refuse_once(self) -> None:
        """The next message is certainly not sent."""
        ...

    def lose_the_answer_once(self) -> None:
        """The next message arrives, and no one hears of it."""
        ...


class TroubledStage(Stage, HardToReach, Protocol):
    """A stage whose chat can be made to fail."""


@frozen
class MemoryStage:
    """The fake."""

    messenger: InMemoryMessenger
    user: UserId
    destination: Destination

    def arrived(self) -> int:
        return sum(len(delivery.indexes) for delivery in self.messenger.deliveries)

    def leave(self) -> None:
        for script in (self.messenger.on_deliver, self.messenger.on_show_progress, self.messenger.on_conclude):
            script.add(*[Trouble(error=DestinationGone("gone"))] * 9)

    def refuse_once(self) -> None:
        self.messenger.on_deliver.add(Trouble(error=MessengerUnavailable("later", retry_after_s=7)))

    def lose_the_answer_once(self) -> None:
        self.messenger.on_deliver.add(Trouble(error=DeliveryOutcomeUnknown("lost"), takes_effect=True))


@frozen
class CliStage:
    """A terminal: it is always there."""

    messenger: CliMessenger
    user: UserId
    destination: Destination
    _out: Callable[[], str]

    def arrived(self) -> int:
        return len(self._out().splitlines())


@frozen
class TelegramStage:
    """The simulated Telegram. Messages that hold a file or a link count as results; texts say ``result``."""

    world: TelegramWorld
    person: PersonClient
    preferences: InMemoryPreferenceStore
    messenger: TelegramMessenger
    successor: TelegramMessenger
    """The next leader's: it has shown nothing yet."""

    @property
    def user(self) -> UserId:
        return UserId(f"telegram:{self.person.id}")

    @property
    def destination(self) -> Destination:
        return Destination(chat=str(self.person.id))

    @property
    def chat(self) -> Chat:
        return self.person.chat()

    def messages(self) -> list[Message]:
        """What the bot has said and not taken back."""
        return [message for message in self.chat.messages.values() if message.sender is not self.person.person]

    def arrived(self) -> int:
        with_link = [message for message in self.messages() if "link" in message.words]
        texts = [message for message in self.messages() if message.words.startswith("result")]
        return sum(message.media is not None for message in self.messages()) + len(with_link) + len(texts)

    def leave(self) -> None:
        self.person.block()

    def refuse_once(self) -> None:
        self.world.faults.add(TelegramFault.flood(7))

    def lose_the_answer_once(self) -> None:
        self.world.faults.add(TelegramFault(drop=True, after_effect=True))


@frozen
class Recording:
    """A messenger whose receipts are kept."""

    _messenger: Messenger
    receipts: list[Receipt] = field(factory=list)

    def upload_limit_bytes(self, destination: Destination, /) -> int:
        return self._messenger.upload_limit_bytes(destination)

    async def show_progress(self, generation: Generation, progress: Progress, /) -> str | None:
        return await self._messenger.show_progress(generation, progress)

    async def deliver(self, generation: Generation, items: Sequence[Deliverable], /) -> Receipt:
        receipt = await self._messenger.deliver(generation, items)
        self.receipts.append(receipt)
        return receipt

    def batches(self, generation: Generation, /) -> Sequence[Sequence[int]]:
        return self._messenger.batches(generation)

    async def conclude(self, generation: Generation, /) -> None:
        await self._messenger.conclude(generation)


@frozen
class KeptStage:
    """What a page shows of a generation, or the API serves, is what its receipts cover."""

    messenger: Recording
    user: UserId
    destination: Destination

    def arrived(self) -> int:
        return sum(len(receipt.indexes) for receipt in self.messenger.receipts)


@asynccontextmanager
async def web_stage() -> AsyncIterator[KeptStage]:
    user = UserId("telegram:1")
    yield KeptStage(Recording(WebMessenger()), user, destination_of(user))


@asynccontextmanager
async def api_stage() -> AsyncIterator[KeptStage]:
    messenger = ApiMessenger(InMemoryWebhookOutbox(), ManualClock())
    yield KeptStage(Recording(messenger), UserId("telegram:1"), Destination(chat="api:abcdefghij"))


@asynccontextmanager
async def memory_stage() -> AsyncIterator[MemoryStage]:
    yield MemoryStage(InMemoryMessenger(ManualClock()), UserId("memory:1"), Destination(chat="1"))


@asynccontextmanager
async def cli_stage(folder: Path) -> AsyncIterator[CliStage]:
    streams = terminal()
    messenger = CliMessenger(streams, progress_line(streams.err), save_to=folder)
    yield CliStage(messenger, UserId("cli:me"), Destination(chat="terminal"), lambda: written(streams.out))


@asynccontextmanager
async def telegram_stage() -> AsyncIterator[TelegramStage]:
    world, clock = TelegramWorld(tokens=[TOKEN]), SystemClock()
    person = world.add_person("Anna")
    world.private_chat(person.person, world.bots[TOKEN])
    async with serve(world) as url:
        bot = open_bot(TOKEN, clock=clock, api_base=url)
        preferences = InMemoryPreferenceStore(clock)
        first, second = (
            TelegramMessenger(
                bot,
                catalog=catalog(),
                next_steps=NEXT_STEPS,
                texts=TEXTS,
                preferences=preferences,
                sessions=InMemoryChatSessionStore(clock),
                clock=ManualClock(),  # no pause between edits ends while a busy machine is slow
            )
            for _ in range(2)
        )
        yield TelegramStage(world, person, preferences, first, second)
        await bot.session.close()


RESULT_TEXT: Final = "result: a fox, red, in snow"
