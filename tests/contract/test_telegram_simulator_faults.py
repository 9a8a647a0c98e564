"""Scripted trouble, flood limits and the record of calls, as a bot meets them."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiogram.exceptions import (
    ClientDecodeError,
    RestartingTelegram,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)

from simulators.telegram import TelegramFault
from tests.support.telegram_simulator import TOKEN, Simulated, photo, simulated


@pytest.fixture
async def sim() -> AsyncIterator[Simulated]:
    async with simulated() as running:
        yield running


async def test_a_flood_error_says_how_long_to_wait(sim: Simulated) -> None:
    sim.world.faults.add(TelegramFault.flood(7, method="sendMessage"))
    with pytest.raises(TelegramRetryAfter) as caught:
        await sim.bot.send_message(sim.anna.id, "x")
    assert caught.value.retry_after == 7
    assert (await sim.bot.send_message(sim.anna.id, "x")).text == "x"


async def test_any_error_can_be_scripted(sim: Simulated) -> None:
    sim.world.faults.add(TelegramFault(status=403, description="Forbidden: bot was blocked by the user"))
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await sim.bot.send_message(sim.anna.id, "x")
    sim.world.faults.add(TelegramFault(status=500, description="Internal Server Error: restart"))
    with pytest.raises(RestartingTelegram):
        await sim.bot.get_me()
    sim.world.faults.add(TelegramFault(status=502, body="<html>Bad Gateway</html>"))
    with pytest.raises(ClientDecodeError):
        await sim.bot.get_me()


async def test_a_call_can_take_effect_without_its_caller_knowing(sim: Simulated) -> None:
    sim.world.faults.add(TelegramFault(method="sendMessage", drop=True, after_effect=True))
    with pytest.raises(TelegramNetworkError):
        await sim.bot.send_message(sim.anna.id, "it arrived")
    assert [message.words for message in sim.anna.chat().messages.values()] == ["it arrived"]
    sim.world.faults.add(TelegramFault(method="sendMessage", status=500, after_effect=True))
    with pytest.raises(TelegramServerError):
        await sim.bot.send_message(sim.anna.id, "this too")
    assert len(sim.anna.chat().messages) == 2


async def test_a_connection_dropped_before_the_effect_leaves_nothing(sim: Simulated) -> None:
    sim.world.faults.add(TelegramFault(method="sendMessage", drop=True))
    with pytest.raises(TelegramNetworkError):
        await sim.bot.send_message(sim.anna.id, "lost")
    assert not sim.anna.chat().messages
    assert sim.world.log.of("sendMessage")[0].status == 0


async def test_a_call_can_hang(sim: Simulated) -> None:
    sim.world.faults.add(TelegramFault(hang_s=0.2))
    started_at = asyncio.get_running_loop().time()
    await sim.bot.get_me()
    assert asyncio.get_running_loop().time() - started_at >= 0.2
    sim.world.faults.add(TelegramFault(hang_s=60))
    with pytest.raises(TelegramNetworkError, match="timeout"):
        await sim.bot.get_me(request_timeout=1)


async def test_too_many_messages_to_one_chat_are_refused() -> None:
    async with simulated(flood_limits=True) as sim:
        for number in range(3):
            await sim.bot.send_message(sim.anna.id, str(number))
        with pytest.raises(TelegramRetryAfter):
            await sim.bot.send_message(sim.anna.id, "one too many")


async def test_every_call_is_recorded_without_the_bytes_of_files(sim: Simulated) -> None:
    await sim.bot.send_photo(sim.anna.id, photo(), caption="hello")
    (call,) = sim.world.log.of("sendPhoto")
    assert call.status == 200
    assert call.token == TOKEN
    assert call.parameters["caption"] == "hello"
    assert all(isinstance(value, str) and len(value) < 100 for value in call.parameters.values())
    assert TOKEN not in repr(call)


async def test_old_messages_make_room_for_new_ones(sim: Simulated) -> None:
    for number in range(600):
        sim.anna.say(str(number))
    kept = list(sim.anna.chat().messages.values())
    assert len(kept) == 500
    assert kept[-1].words == "599"
