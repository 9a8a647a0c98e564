"""The way of updates into handlers, with handlers that a test holds in its hand."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from aiogram import Bot, Dispatcher
from aiogram.exceptions import TelegramConflictError
from aiogram.types import Message, Update
from attrs import define, field, frozen

from adapters.memory.leader_lock import InMemoryLeaderLock, InMemoryLeadership, LockRoom
from adapters.memory.update_inbox import InMemoryUpdateInbox
from adapters.system.machine import SystemClock
from adapters.telegram.api.client import open_bot
from adapters.telegram.api.session import Fenced
from adapters.telegram.bot.menu import Menu
from adapters.telegram.bot.updates.existing_webhook import ExistingWebhook
from adapters.telegram.bot.updates.polling import Polling, PollingRecovery
from adapters.telegram.bot.updates.polling_conflicts import PollingConflicts
from adapters.telegram.bot.updates.update_handler import UpdateHandler
from adapters.telegram.bot.updates.update_worker import UpdateWorker
from simulators.telegram import PersonClient, TelegramWorld, serve
from simulators.telegram.polling import UpdateQueue
from tests.support.telegram_journey import TEXTS
from tests.support.telegram_simulator import TOKEN, connected


@define
class Handled:
    """What reached the handlers: ``begun`` and ``ended`` texts in order. A text in ``gates`` waits for its event."""

    begun: list[str] = field(factory=list)
    ended: list[str] = field(factory=list)
    gates: dict[str, asyncio.Event] = field(factory=dict)

    def gate(self, text: str) -> asyncio.Event:
        """Hold the handler of this text until the event is set."""
        return self.gates.setdefault(text, asyncio.Event())

    async def take(self, message: Message) -> None:
        """The handler. A text that begins with "answer" gets an answer."""
        text = message.text or ""
        self.begun.append(text)
        if text in self.gates:
            await self.gates[text].wait()
        self.ended.append(text)
        if text.startswith("answer"):
            await message.answer("yes")


@frozen(kw_only=True)
class Line:
    """One bot's updates: people on one end, handlers on the other."""

    telegram: TelegramWorld
    url: str
    bot: Bot
    inbox: InMemoryUpdateInbox
    handler: UpdateHandler
    worker: UpdateWorker
    handled: Handled
    polling: Polling
    room: LockRoom

    @property
    def queue(self) -> UpdateQueue:
        """The updates at the simulator."""
        return self.telegram.bots[TOKEN].updates

    def person(self) -> PersonClient:
        """Someone new."""
        return self.telegram.add_person("Somebody")

    def confirmed(self) -> list[bool]:
        """Which updates the simulator may forget, oldest first."""
        return [trace.confirmed_at is not None for trace in self.queue.traces.values()]

    @asynccontextmanager
    async def leading(self) -> AsyncIterator[InMemoryLeadership]:
        """Poll as the leader; leaving the context cancels it, as the loss of the leadership does."""
        leadership = await InMemoryLeaderLock(self.room, bot="1").acquire()
        task = asyncio.create_task(Fenced(self.polling).run(leadership))
        try:
            yield leadership
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            leadership.drop()

    @asynccontextmanager
    async def rival(self) -> AsyncIterator[Callable[[], int]]:
        """Another program polls with the same token, as stubborn as we are; gives how many updates it got."""
        got: list[Update] = []

        async def poll() -> None:
            async with connected(self.url, TOKEN) as bot:
                while True:
                    try:
                        got.extend(await bot.get_updates(timeout=30))
                    except TelegramConflictError:
                        await asyncio.sleep(0.1)

        await until(lambda: self.queue.polls_waited)
        polling = asyncio.create_task(poll())
        try:
            yield lambda: len(got)
        finally:
            polling.cancel()
            await asyncio.gather(polling, return_exceptions=True)


@asynccontextmanager
async def updates_line(*, repeat_rules: bool = True, yields: bool = False) -> AsyncIterator[Line]:
    """A simulator and a bot that does not poll yet."""
    clock = SystemClock()
    telegram = TelegramWorld(tokens=[TOKEN], repeat_rules=repeat_rules)
    handled = Handled()
    dispatcher = Dispatcher(disable_fsm=True)
    dispatcher.message.register(handled.take)
    async with serve(telegram) as url:
        bot = open_bot(TOKEN, clock=clock, api_base=url)
        inbox, handler = InMemoryUpdateInbox(clock), UpdateHandler(bot, dispatcher)
        worker = UpdateWorker(handler, inbox, clock, source=str(bot.id))
        recovery = PollingRecovery(
            clock, ExistingWebhook(bot, own_url="https://own.example"), PollingConflicts(clock, yields=yields)
        )
        yield Line(
            telegram=telegram,
            url=url,
            bot=bot,
            inbox=inbox,
            handler=handler,
            worker=worker,
            handled=handled,
            polling=Polling(bot, worker, Menu(bot=bot, texts=TEXTS), clock, recovery=recovery),
            room=LockRoom(clock),
        )
        await bot.session.close()


async def until(reached: Callable[[], object], *, within_s: float = 30) -> None:
    """Let the others run until it is so. Raises TimeoutError."""
    async with asyncio.timeout(within_s):
        while not reached():
            await asyncio.sleep(0.005)
