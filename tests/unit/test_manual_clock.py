import asyncio

from adapters.memory.clock import ManualClock


async def test_a_sleeper_wakes_exactly_when_its_time_has_come() -> None:
    clock = ManualClock()
    sleeper = asyncio.create_task(clock.sleep(10))

    await clock.advance(9.999)
    assert not sleeper.done()
    await clock.advance(0.001)
    assert sleeper.done()


async def test_sleepers_wake_in_the_order_of_their_deadlines() -> None:
    clock = ManualClock()
    woken: list[tuple[str, float]] = []

    async def sleep(name: str, seconds: float) -> None:
        await clock.sleep(seconds)
        woken.append((name, clock.monotonic()))

    async with asyncio.TaskGroup() as group:
        for name, seconds in (("late", 3.0), ("early", 1.0), ("late too", 3.0)):
            group.create_task(sleep(name, seconds))
        await clock.advance(60)

    assert woken == [("early", 1.0), ("late", 3.0), ("late too", 3.0)]


async def test_a_loop_of_sleeps_runs_as_often_as_its_interval_fits() -> None:
    clock = ManualClock()
    rounds: list[float] = []

    async def poll() -> None:
        while True:
            await clock.sleep(3)
            rounds.append(clock.monotonic())

    poller = asyncio.create_task(poll())
    await clock.advance(10)
    poller.cancel()

    assert rounds == [3.0, 6.0, 9.0]


async def test_wall_time_and_monotonic_time_move_together() -> None:
    clock = ManualClock()
    start = clock.now()
    await clock.advance(90)
    assert (clock.now() - start).total_seconds() == clock.monotonic() == 90


async def test_a_cancelled_sleeper_no_longer_counts() -> None:
    clock = ManualClock()
    sleeper = asyncio.create_task(clock.sleep(10))
    await asyncio.sleep(0)
    assert clock.sleeping == 1

    sleeper.cancel()
    await clock.advance(20)
    assert sleeper.cancelled()
    assert clock.sleeping == 0
