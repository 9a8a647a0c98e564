"""What is sent keeps to Telegram's limits, and outlasts what Telegram asks for beyond them."""

import asyncio
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import AnswerCallbackQuery, EditMessageText, SendChatAction, SendMessage, TelegramMethod
from hypothesis import given
from hypothesis import strategies as st

from adapters.memory.clock import ManualClock
from adapters.telegram.api.errors import LONGEST_WAIT_S
from adapters.telegram.api.rate_limits import CHAT_LIMIT, GLOBAL_LIMIT, GROUP_LIMIT, RateLimits, RequestWindow
from adapters.telegram.api.session import Patience, Waiting, patiently
from tests.support.telegram_simulator import TOKEN

GROUP = "-100"


class Line:
    """A bot whose requests are noted with their time, and answered by what ``refusals`` hold."""

    def __init__(self) -> None:
        self.clock = ManualClock()
        self.sent_at: list[float] = []
        self.refusals: list[int] = []
        self._waiting, self._limits = Waiting(self.clock), RateLimits(self.clock)
        self._bot = Bot(TOKEN)

    async def send(self, method: TelegramMethod[Any]) -> None:
        async def limited(bot: Bot, method: TelegramMethod[Any]) -> Any:
            return await self._limits(self._request, bot, method)

        await self._waiting(limited, self._bot, method)

    async def _request(self, _bot: Bot, method: TelegramMethod[Any]) -> Any:
        if self.refusals:
            raise TelegramRetryAfter(method, "Too Many Requests", self.refusals.pop(0))
        self.sent_at.append(self.clock.monotonic())

    async def handler(self, *methods: TelegramMethod[Any]) -> None:
        with patiently():
            for method in methods:
                await self.send(method)


def said(chat: str = "5") -> SendMessage:
    return SendMessage(chat_id=chat, text="hello")


def edited(chat: str = "5") -> EditMessageText:
    return EditMessageText(chat_id=chat, message_id=1, text="hello")


async def pass_time(line: Line, seconds: float) -> None:
    for _ in range(int(seconds)):
        await line.clock.advance(1.0)


async def test_a_private_chat_gets_a_short_burst_and_then_a_message_a_second() -> None:
    line = Line()
    sending = asyncio.create_task(line.handler(*[said()] * 9))
    await pass_time(line, 20)
    await sending
    count, period_s = CHAT_LIMIT
    assert line.sent_at == pytest.approx([period_s * (number // count) for number in range(9)])


async def test_a_group_gets_twenty_a_minute_edits_among_them() -> None:
    line = Line()
    methods = [method for _ in range(15) for method in (said(GROUP), edited(GROUP))]
    sending = asyncio.create_task(line.handler(*methods))
    await pass_time(line, 130)
    await sending
    count, period_s = GROUP_LIMIT
    assert [at for at in line.sent_at if at < period_s] == [0.0] * count


async def test_all_chats_together_get_thirty_a_second() -> None:
    line = Line()
    sending = [asyncio.create_task(line.handler(said(str(chat)))) for chat in range(1, 91)]
    await pass_time(line, 5)
    await asyncio.gather(*sending)
    assert [sum(int(at) == second for at in line.sent_at) for second in range(3)] == [GLOBAL_LIMIT[0]] * 3


async def test_an_answer_survives_a_wait_of_minutes() -> None:
    line = Line()
    line.refusals = [60, 180]
    answering = asyncio.create_task(line.handler(said()))
    await pass_time(line, 250)
    await answering
    assert len(line.sent_at) == 1
    assert line.sent_at[0] >= 240


async def test_a_wait_of_days_is_cut_to_a_quarter_of_an_hour_and_asked_again() -> None:
    line = Line()
    line.refusals = [86_400]
    answering = asyncio.create_task(line.handler(said()))
    await pass_time(line, LONGEST_WAIT_S + 2)
    await answering
    assert line.sent_at


async def test_a_hand_over_ends_the_wait_and_nothing_is_sent() -> None:
    line, stop = Line(), asyncio.Event()
    line.refusals = [60]

    async def answer() -> None:
        with patiently(Patience(stop=stop)):
            await line.send(said())

    answering = asyncio.create_task(answer())
    await pass_time(line, 2)
    stop.set()
    with pytest.raises(asyncio.CancelledError):
        await answering
    assert line.sent_at == []


async def test_who_would_rather_hear_of_it_is_refused_as_telegram_would_and_nothing_leaves() -> None:
    line = Line()
    for _ in range(GROUP_LIMIT[0]):
        await line.send(said(GROUP))
    with pytest.raises(TelegramRetryAfter) as refused:
        await line.send(said(GROUP))
    assert refused.value.retry_after == GROUP_LIMIT[1]
    assert len(line.sent_at) == GROUP_LIMIT[0]


async def test_after_a_429_the_chat_is_left_alone_and_the_others_are_not() -> None:
    line = Line()
    line.refusals = [60]
    for method, refused in ((said(), True), (said(), True), (said("6"), False)):
        before = len(line.sent_at)
        try:
            await line.send(method)
        except TelegramRetryAfter:
            assert refused
        assert (len(line.sent_at) == before) is refused


@pytest.mark.parametrize(
    "method", [AnswerCallbackQuery(callback_query_id="1"), SendChatAction(chat_id=5, action="typing")]
)
async def test_what_is_of_no_use_later_is_not_waited_for(method: TelegramMethod[Any]) -> None:
    line = Line()
    line.refusals = [60]
    with pytest.raises(TelegramRetryAfter):
        await line.handler(method)


@given(st.lists(st.tuples(st.floats(0, 3), st.integers(1, 4)), max_size=40), st.integers(1, 5), st.floats(0.5, 5))
def test_no_period_ever_holds_more_than_the_window(calls: list[tuple[float, int]], count: int, period_s: float) -> None:
    window, now, taken = RequestWindow(count, period_s), 0.0, list[float]()
    for pause_s, size in calls:
        now += pause_s
        now += window.wait_s(now, size)
        window.take(now, size)
        taken += [now] * min(size, count)
    assert all(sum(at <= other < at + period_s * 0.999 for other in taken) <= count for at in taken)
