"""The first bot's admins learn which bot of the deployment hears nothing from Telegram."""

from structlog.testing import capture_logs

from adapters.memory.bot_states import InMemoryBotStates
from adapters.memory.clock import ManualClock
from adapters.memory.metrics import CountingMetrics
from application.operating.watch_bots import SAY_AGAIN_S, WatchBots, WatchFirstBot
from domain.bot import BotId
from domain.bot_fault import BotFault
from domain.operation import Alarm, AlarmKind

ONE, TWO = BotId("1"), BotId("2")
STOPPED = Alarm(kind=AlarmKind.BOT_STOPPED, about="2")


async def test_a_fault_that_one_instance_notes_is_an_alarm_on_the_others_until_it_is_over() -> None:
    states, clock = InMemoryBotStates(), ManualClock()
    here, there = WatchBots(states, clock, CountingMetrics()), WatchBots(states, clock, CountingMetrics())
    for one in (here, there):
        one.know([ONE, TWO])
    assert here.kinds == frozenset()
    await there.look({TWO: BotFault.TOKEN_REFUSED})
    await here.look({ONE: None})
    assert (here.kinds, set(here.present())) == (frozenset({AlarmKind.BOT_STOPPED}), {STOPPED})
    await there.look({TWO: None})
    await here.look({ONE: None})
    assert here.present() == {}


async def test_every_bot_is_on_the_page_and_those_with_a_fault_come_first() -> None:
    watch = WatchBots(InMemoryBotStates(), ManualClock(), CountingMetrics())
    watch.know([ONE, TWO])
    await watch.look({TWO: BotFault.HOOKED_ELSEWHERE})
    assert [(one.bot, one.fault) for one in await watch()] == [(TWO, BotFault.HOOKED_ELSEWHERE), (ONE, None)]


async def test_the_fault_of_a_bot_that_was_removed_is_no_alarm() -> None:
    watch = WatchBots(InMemoryBotStates(), ManualClock(), CountingMetrics())
    watch.know([ONE, TWO])
    await watch.look({TWO: BotFault.TOKEN_REFUSED})
    await watch.look({})
    assert set(watch.present()) == {STOPPED}
    watch.know([ONE])
    assert watch.present() == {}


async def test_another_bot_of_the_same_operator_speaks_for_the_first_one_that_hears_nothing() -> None:
    three = BotId("3")
    watch = WatchBots(InMemoryBotStates(), ManualClock(), CountingMetrics())
    watch.know([ONE, TWO, three], deputies=[TWO, three])
    second, third = (WatchFirstBot(watch, ONE, own) for own in (TWO, three))
    assert second.kinds == frozenset()
    await watch.look({ONE: BotFault.TOKEN_REFUSED})
    stopped = Alarm(kind=AlarmKind.BOT_STOPPED, about=ONE)
    assert (second.present(), third.present()) == ({stopped: 1.0}, {})
    await watch.look({ONE: BotFault.TOKEN_REFUSED, TWO: BotFault.TOKEN_REFUSED})
    assert (second.present(), third.present()) == ({}, {stopped: 1.0})
    await watch.look({ONE: None, TWO: BotFault.TOKEN_REFUSED})
    assert (second.kinds, third.present()) == (frozenset({AlarmKind.BOT_STOPPED}), {})


async def test_the_gauge_tells_of_every_bot_and_forgets_one_that_was_removed() -> None:
    metrics = CountingMetrics()
    watch = WatchBots(InMemoryBotStates(), ManualClock(), metrics)
    watch.know([ONE, TWO])
    await watch.look({ONE: BotFault.TOKEN_REFUSED, TWO: BotFault.TOKEN_REFUSED})
    assert [metrics.gauged("bot_fault", bot=one) for one in (ONE, TWO)] == [1, 1]
    watch.know([ONE])
    await watch.look({ONE: None})
    assert [metrics.gauged("bot_fault", bot=one) for one in (ONE, TWO)] == [0, 0]


async def test_where_no_bot_can_tell_its_admins_the_log_has_an_error_every_hour() -> None:
    clock = ManualClock()
    watch = WatchBots(InMemoryBotStates(), clock, CountingMetrics())
    watch.know([ONE, TWO], first=ONE, deputies=[TWO])
    refused = {ONE: BotFault.TOKEN_REFUSED, TWO: None}
    with capture_logs() as lines:
        await watch.look(refused)
        assert [line for line in lines if line["log_level"] == "error"] == []
        for _ in range(3):
            await watch.look(refused | {TWO: BotFault.TOKEN_REFUSED})
        await clock.advance(SAY_AGAIN_S)
        await watch.look(refused | {TWO: BotFault.TOKEN_REFUSED})
    said = [(line["event"], line["bot"], line["fault"]) for line in lines if line["log_level"] == "error"]
    assert said == [("bot.alarm_undeliverable", ONE, BotFault.TOKEN_REFUSED)] * 2
