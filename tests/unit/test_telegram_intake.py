"""One update, once, whatever the store and the handlers do."""

import asyncio

import pytest
import structlog
from aiogram import Bot, Dispatcher
from aiogram.types import Message, Update

from adapters.memory.clock import ManualClock
from adapters.memory.trouble import Trouble
from adapters.memory.update_log import InMemoryUpdateLog
from adapters.telegram.bot.updates.intake import STORE_PAUSE_S, Intake
from application.errors import StoreUnavailable
from tests.support.telegram_simulator import TOKEN


class AdminUseCases:
    """An intake with one handler, which notes what it was given and may fail."""

    def __init__(self) -> None:
        self.clock = ManualClock()
        self.log = InMemoryUpdateLog(self.clock)
        self.handled: list[str] = []
        self.error: Exception | None = None
        dispatcher = Dispatcher(disable_fsm=True)
        dispatcher.message.register(self.handle)
        self.intake = Intake(Bot(TOKEN), dispatcher, self.log, self.clock)

    async def handle(self, message: Message) -> None:
        self.handled.append(message.text or "")
        if self.error:
            raise self.error

    def update(self, update_id: int = 1) -> Update:
        message = {"message_id": 1, "date": 0, "chat": {"id": 5, "type": "private"}, "text": "hello"}
        update = self.intake.read({"update_id": update_id, "message": message})
        assert update
        return update


@pytest.fixture
def desk() -> AdminUseCases:
    return AdminUseCases()


async def test_an_update_acts_once(desk: AdminUseCases) -> None:
    await desk.intake.take(desk.update())
    await desk.intake.take(desk.update())
    await desk.intake.take(desk.update(2))
    assert desk.handled == ["hello", "hello"]


async def test_without_the_store_it_waits_rather_than_act_twice_or_lose_the_update(desk: AdminUseCases) -> None:
    desk.log.on_call.add(*[Trouble(error=StoreUnavailable("away"))] * 2)
    taking = asyncio.create_task(desk.intake.take(desk.update()))
    await desk.clock.advance(STORE_PAUSE_S)
    assert desk.handled == []
    await desk.clock.advance(STORE_PAUSE_S)
    await taking
    assert desk.handled == ["hello"]


async def test_a_handler_that_fails_is_logged_and_counts_as_handled(desk: AdminUseCases) -> None:
    desk.error = RuntimeError("broken")
    with structlog.testing.capture_logs() as logs:
        await desk.intake.take(desk.update())
        await desk.intake.take(desk.update())
    assert desk.handled == ["hello"]
    assert [entry["event"] for entry in logs] == ["update.failed", "update.repeated"]


async def test_an_update_that_could_not_be_remembered_is_no_reason_to_stop(desk: AdminUseCases) -> None:
    desk.log.on_call.add(Trouble(), Trouble(error=StoreUnavailable("away")))
    await desk.intake.take(desk.update())
    await desk.intake.take(desk.update())
    assert desk.handled == ["hello", "hello"]


async def test_a_cancelled_update_does_not_count_as_handled(desk: AdminUseCases) -> None:
    desk.error = asyncio.CancelledError()  # type: ignore[assignment]  # what a lost leadership raises in a handler
    with pytest.raises(asyncio.CancelledError):
        await desk.intake.take(desk.update())
    desk.error = None
    await desk.intake.take(desk.update())
    assert desk.handled == ["hello", "hello"]


def test_what_is_no_update_is_none(desk: AdminUseCases) -> None:
    assert desk.intake.read({"update_id": 1, "message": {"message_id": "no number"}}) is None
