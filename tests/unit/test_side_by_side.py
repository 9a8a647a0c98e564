"""Results of one wish by several models: they wait for each other, and come as one album or alone."""

import asyncio
from collections.abc import Sequence

import pytest
from attrs import define, evolve, field

from adapters.memory.clock import ManualClock
from adapters.memory.generation_store import InMemoryGenerationStore
from adapters.memory.messenger import InMemoryMessenger
from adapters.memory.trouble import Script, Trouble
from application.errors import ApplicationError, MessengerUnavailable, StoreUnavailable
from application.generating.side_by_side import GATHER_S, PATIENCE_S, SideBySide
from application.ports.messenger import AlbumPart, Deliverable
from domain.failure import Failure, FailureKind
from domain.generation import Destination, Generation, GenerationId, GenerationState, Receipt
from domain.series import SeriesPlace
from tests.support.generations import NOON, PICTURE, a_generation, life_of

ITEMS = (Deliverable(index=0, result=PICTURE),)
AWAY = Trouble(error=MessengerUnavailable("429"))
BROKEN = Failure(kind=FailureKind.GENERATION_FAILED)


def taken_on(number: int, count: int = 2, chat: str = "1") -> Generation:
    """One of a series, still in the queue."""
    key = SeriesPlace(name="press", number=number, count=count).key
    return a_generation(request_key=key, destination=Destination(chat=chat))


def made(number: int, count: int = 2) -> Generation:
    """One of a series, its result at hand."""
    return life_of(taken_on(number, count))[2]


def failed(number: int, count: int = 2) -> Generation:
    return taken_on(number, count).failed(BROKEN, at=NOON)


@define
class Albums:
    """Keeps which generations came together, in order."""

    on_send: Script
    kept_back: dict[GenerationId, ApplicationError] = field(factory=dict)
    sent: list[list[GenerationId]] = field(factory=list)
    concluded: list[list[GenerationState]] = field(factory=list)

    async def deliver_together(self, parts: Sequence[AlbumPart], /) -> Sequence[Receipt | ApplicationError]:
        async with self.on_send.around():
            self.sent.append([part.generation.id for part in parts])
        names = [part.generation.id for part in parts]
        return [self.kept_back.get(name) or Receipt(indexes=(0,), message=f"of {name}") for name in names]

    async def conclude_together(self, generations: Sequence[Generation], /) -> None:
        self.concluded.append([one.state for one in generations])


@define
class Room:
    """A process that carries these generations of one series; only Telegram has albums."""

    rows: list[Generation]
    clock: ManualClock = field(factory=ManualClock)
    store: InMemoryGenerationStore = field(init=False)
    messenger: InMemoryMessenger = field(init=False)
    albums: Albums = field(init=False)
    side_by_side: SideBySide = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.store = InMemoryGenerationStore(self.clock)
        for row in self.rows:
            self.store.rows[row.id] = row
        self.messenger = InMemoryMessenger(self.clock)
        self.albums = Albums(Script(self.clock))
        self.side_by_side = SideBySide(
            messenger=self.messenger, albums={"telegram": self.albums}, store=self.store, clock=self.clock
        )

    @property
    def alone(self) -> list[GenerationId]:
        """What came without the others."""
        return [one.generation_id for one in self.messenger.deliveries]

    async def waiting(self, generation: Generation) -> asyncio.Task[None]:
        task = asyncio.create_task(self.side_by_side.wait_for_others(generation))
        await self.clock.advance(0)
        return task

    async def sending(self, generation: Generation) -> asyncio.Task[Receipt]:
        task = asyncio.create_task(self.side_by_side.send(generation, ITEMS))
        await self.clock.advance(0)
        return task


async def test_results_of_one_wish_come_as_one_album_in_the_order_that_was_asked_for() -> None:
    first, second = rows = [made(1), made(2)]
    room = Room(rows)
    assert (await room.waiting(second)).done()
    late = await room.sending(second)
    assert not late.done()
    early = await room.sending(first)
    assert room.albums.sent == [[first.id, second.id]]
    assert [(await early).message, (await late).message] == [f"of {first.id}", f"of {second.id}"]
    assert room.alone == []


async def test_a_result_waits_until_the_slower_one_has_ended_too() -> None:
    quick, slow = made(1), taken_on(2)
    room = Room([quick, slow])
    waiting = await room.waiting(quick)
    await room.clock.advance(30)
    assert not waiting.done()
    room.store.rows[slow.id] = life_of(slow)[2]
    await room.clock.advance(1)
    assert waiting.done()


async def test_a_result_comes_by_itself_when_the_others_take_too_long() -> None:
    quick, slow = made(1), taken_on(2)
    room = Room([quick, slow])
    waiting = await room.waiting(quick)
    await room.clock.advance(PATIENCE_S - 1)
    assert not waiting.done()
    await room.clock.advance(1)
    assert waiting.done()
    assert (await room.sending(quick)).done()
    assert room.alone == [quick.id]


async def test_a_store_that_stumbles_only_delays() -> None:
    rows = [made(1), made(2)]
    room = Room(rows)
    room.store.on_read.add(Trouble(error=StoreUnavailable("away")))
    waiting = await room.waiting(rows[0])
    assert not waiting.done()
    await room.clock.advance(1)
    assert waiting.done()


async def test_bad_news_does_not_wait() -> None:
    bad = failed(1)
    room = Room([bad, taken_on(2)])
    assert (await room.waiting(bad)).done()


@pytest.mark.parametrize("one", [taken_on(1, chat="web:1"), a_generation()])
async def test_without_albums_or_a_series_a_result_goes_as_soon_as_it_is_there(one: Generation) -> None:
    delivering = life_of(one)[2]
    room = Room([delivering, taken_on(2, chat="web:1")])
    assert (await room.waiting(delivering)).done()
    assert (await room.sending(delivering)).done()
    assert room.alone == [delivering.id]


async def test_the_only_success_comes_alone() -> None:
    good, bad = made(1), failed(2)
    room = Room([good, bad])
    assert (await room.waiting(good)).done()
    assert (await room.sending(good)).done()
    assert room.alone == [good.id]


async def test_a_result_that_has_arrived_is_not_waited_for_again() -> None:
    """As after a restart in the middle of a series."""
    before = evolve(made(1, 3), receipts=(Receipt(indexes=(0,), message="7"),))
    second, third = made(2, 3), made(3, 3)
    room = Room([before, second, third])
    assert (await room.waiting(second)).done()
    await room.sending(second)
    await room.sending(third)
    assert room.albums.sent == [[second.id, third.id]]
    assert (await room.sending(before)).done()
    assert room.alone == [before.id]


async def test_a_stranger_to_the_album_that_gathers_comes_alone() -> None:
    rows = [made(1, 3), made(2, 3), failed(3, 3)]
    room = Room(rows)
    await room.waiting(rows[0])
    assert (await room.sending(rows[2])).done()
    assert room.alone == [rows[2].id]


async def test_a_file_that_is_not_at_hand_in_time_comes_after_the_others() -> None:
    first, second, slow = rows = [made(number, 3) for number in (1, 2, 3)]
    room = Room(rows)
    await room.waiting(first)
    sendings = [await room.sending(first), await room.sending(second)]
    await room.clock.advance(GATHER_S - 1)
    assert room.albums.sent == []
    await room.clock.advance(1)
    assert room.albums.sent == [[first.id, second.id]]
    assert all(one.done() for one in sendings)
    assert (await room.sending(slow)).done()
    assert room.alone == [slow.id]


async def test_an_album_that_did_not_arrive_is_tried_again_as_a_whole() -> None:
    rows = [made(1), made(2)]
    room = Room(rows)
    room.albums.on_send.add(AWAY)
    await room.waiting(rows[0])
    refused = await asyncio.gather(*[await room.sending(row) for row in rows], return_exceptions=True)
    assert [type(one) for one in refused] == [MessengerUnavailable] * 2
    arrived = await asyncio.gather(*[await room.sending(row) for row in rows])
    assert [receipt.message for receipt in arrived] == [f"of {row.id}" for row in rows]
    assert room.albums.sent == [[row.id for row in rows]]


async def test_what_arrived_of_an_album_is_not_sent_again_for_the_part_that_did_not() -> None:
    first, second = rows = [made(1), made(2)]
    room = Room(rows)
    room.albums.kept_back[second.id] = MessengerUnavailable("429")
    await room.waiting(first)
    arrived, kept_back = await asyncio.gather(*[await room.sending(row) for row in rows], return_exceptions=True)
    assert isinstance(arrived, Receipt)
    assert isinstance(kept_back, MessengerUnavailable)
    assert (await room.sending(second)).done()
    assert (room.albums.sent, room.alone) == ([[first.id, second.id]], [second.id])


async def test_a_result_that_is_cut_short_while_it_waits_comes_once_when_it_comes_again() -> None:
    """As after a lost leadership, when the next one carries the same result again."""
    first, second = rows = [made(1), made(2)]
    room = Room(rows)
    await room.waiting(first)
    cut_short = await room.sending(first)
    cut_short.cancel()
    await asyncio.wait({cut_short})
    again = await room.sending(first)
    assert not again.done()
    await room.sending(second)
    assert room.albums.sent == [[first.id, second.id]]
    assert (await again).message == f"of {first.id}"
    assert room.alone == []


async def test_an_album_that_no_one_waits_for_any_longer_goes_no_further() -> None:
    rows = [made(1), made(2)]
    room = Room(rows)
    room.albums.on_send.add(Trouble(delay_s=60.0))
    await room.waiting(rows[0])
    sendings = [await room.sending(row) for row in rows]
    for sending in sendings:
        sending.cancel()
    await asyncio.wait(sendings)
    await room.clock.advance(61.0)
    assert room.albums.sent == []


async def test_how_a_series_ended_is_said_once_all_of_it_is_closed() -> None:
    done = made(1, 3).delivered(at=NOON)
    bad, waiting = failed(2, 3).delivered(at=NOON), taken_on(3, 3)
    room = Room([done, bad, waiting])
    await room.side_by_side.conclude(bad)
    assert room.albums.concluded == []
    room.store.rows[waiting.id] = cancelled = waiting.cancelled(at=NOON)
    room.store.on_read.add(Trouble(error=StoreUnavailable("away")))
    await room.side_by_side.conclude(cancelled)
    await room.side_by_side.conclude(cancelled)
    states = [GenerationState.DELIVERED, GenerationState.DELIVERED, GenerationState.CANCELLED]
    assert room.albums.concluded == [states]
    await room.side_by_side.conclude(a_generation())
    await room.side_by_side.conclude(taken_on(1, chat="web:1"))
    assert room.albums.concluded == [states]
