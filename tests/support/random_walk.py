"""A walk through everything that can happen to generations, in any order, over a real store and a clock of its own."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from random import Random
from typing import Any, Final

from attrs import define, field
from dependency_injector import providers

from adapters.memory.attachment_source import InMemoryAttachmentSource
from adapters.memory.clock import ManualClock
from adapters.memory.ids import SequentialIds
from adapters.memory.leader_lock import InMemoryLeaderLock, InMemoryLeadership, LockRoom
from adapters.memory.media_provider import MemoryTask
from adapters.memory.metrics import CountingMetrics
from adapters.memory.model_switches import InMemoryModelSwitches
from adapters.memory.result_fetcher import InMemoryResultFetcher
from adapters.memory.trouble import Trouble
from adapters.postgres_store import PostgresGenerationStore
from application.errors import (
    ApplicationError,
    NotLeader,
)
from application.generating.fetch_result import FetchResult
from application.ports.media_provider import TaskFailed, TaskSucceeded
from config.settings import Settings
from config.slices.generating import Generating
from domain.generation import Generation, GenerationId, GenerationState, Result, TaskId
from domain.media import MediaKind
from tests.support.busy_database import BusyDatabase
from tests.support.callbacks import naming
from tests.support.core_fixture import CATALOG, VOCABULARY, wish
from tests.support.generations import ANN, BOB
from tests.support.listening_fakes import ListeningMessenger, ListeningProvider
from tests.support.verdict import Facts, broken_by
from tests.support.walk_troubles import (
    CREATION_TROUBLES,
    FAILURE,
    FETCH_TROUBLES,
    GONE,
    READ_TROUBLES,
    SEND_TROUBLES,
    STORE_TROUBLES,
)
from tests.support.walking_till import WalkingTill

S = GenerationState
Act = Callable[[], Coroutine[Any, Any, None]]

SETTINGS: Final = Settings(public_url="https://bot.example")
PAUSES_S: Final = (0.0, 0.1, 1.0, 5.0, 20.0, 120.0)
LONGEST_PATIENCE_S: Final = 14 * 3600.0
TAKE_EPOCH: Final = """
INSERT INTO leadership (bot, epoch, holder) VALUES ($1, $2, 'walk') ON CONFLICT (bot) DO UPDATE SET epoch = $2
"""


@define
class RandomWalk:
    """What outlives an instance, the instance that lives now, and what was done to them.

    ``store`` is the one the service uses, which stumbles; ``witness`` is another way to the same rows.
    """

    database: BusyDatabase
    witness: PostgresGenerationStore
    bot: str
    chance: Random
    clock: ManualClock
    till: WalkingTill
    provider: ListeningProvider = field(init=False)
    messenger: ListeningMessenger = field(init=False)
    fetcher: InMemoryResultFetcher = field(init=False)
    room: LockRoom = field(init=False)
    metrics: CountingMetrics = field(factory=CountingMetrics, init=False)
    named: set[GenerationId] = field(factory=set, init=False)
    cut_off: set[GenerationId] = field(factory=set, init=False)
    may_be_gone: bool = field(default=False, init=False)
    history: list[str] = field(factory=list, init=False)
    _ids: SequentialIds = field(factory=SequentialIds, init=False)
    _instance: Generating = field(init=False)
    _leadership: InMemoryLeadership | None = field(default=None, init=False)
    _driving: "asyncio.Task[None] | None" = field(default=None, init=False)
    _requests: int = field(default=0, init=False)

    def __attrs_post_init__(self) -> None:
        self.provider = ListeningProvider(self.clock)
        self.messenger = ListeningMessenger(self.clock)
        self.fetcher = InMemoryResultFetcher(self.clock)
        self.room = LockRoom(self.clock)
        self._instance = self._begin_process()

    async def step(self) -> None:
        """Something happens, and then some time passes."""
        act, pause_s = self.chance.choice(self._acts()), self.chance.choice(PAUSES_S)
        self.history.append(f"{act.__name__}, {pause_s} s")
        await act()
        await self.clock.advance(pause_s)

    async def come_to_the_end(self) -> None:
        """Someone leads for as long as the longest patience lasts."""
        await self.start()
        ends_at = self.clock.monotonic() + LONGEST_PATIENCE_S
        while self.clock.monotonic() < ends_at and not all(row.is_terminal for row in await self.rows()):
            await self.clock.advance(60)
        await self.crash()

    async def rows(self) -> Sequence[Generation]:
        """Every generation."""
        return [row for user in (ANN, BOB) for row in await self.witness.history(user, limit=1000)]

    async def verdict(self) -> list[str]:
        """What was promised and not kept."""
        broken = [f"{line}: {row}" for row in await self.rows() for line in broken_by(self._facts(row))]
        faults = self.metrics.counted("generation_fault")
        money = await self.till.finish()
        return [*broken, *([f"{faults} faults of ours"] if faults else []), *money]

    def _facts(self, row: Generation) -> Facts:
        tasks = self._tasks_of(row.id)
        return Facts(
            row=row,
            bought=len(tasks),
            paid=sum(isinstance(task.end, TaskSucceeded) for task in tasks),
            arrived=sum(len(each.indexes) for each in self.messenger.deliveries if each.generation_id == row.id),
            bad_news=sum(sent.id == row.id for sent in self.messenger.conclusions),
            unconfirmed=self.messenger.unconfirmed[row.id],
            doubtful=row.id in self.cut_off or any(f"/{row.id}/" in url for url in self.provider.lost_answers),
            named=row.id in self.named or row.task_id is not None,
            gone=self.may_be_gone,
        )

    def _acts(self) -> Sequence[Act]:
        wishes = [self.ask, self.ask, self.ask, self.cancel, self.ring, self.ring]
        troubles = [
            self.spoil_task,
            self.spoil_creation,
            self.spoil_reads,
            self.spoil_sends,
            self.spoil_store,
            self.lose_a_save,
        ]
        ends = [self.crash, self.depose, self.end_amid, self.end_amid] if self._driving else [self.start] * 4
        money = [self.buy, self.buy, self.refund, self.correct]
        return [*wishes, *money, *troubles, *ends]

    async def ask(self) -> None:
        """A new wish, or one that was asked already."""
        self._requests += self.chance.random() < 0.8
        asked = wish((ANN, BOB)[self._requests % 2], key=f"request {self._requests}")
        await self._beside(self._instance.request_generation()(asked))

    async def buy(self) -> None:
        """Someone pays for credits."""
        await self._beside(self.till.buy(self.chance.choice((ANN, BOB))))

    async def refund(self) -> None:
        """A payment goes back."""
        await self._beside(self.till.refund())

    async def correct(self) -> None:
        """The operator puts a charge right."""
        await self._beside(self.till.correct(self.chance.choice((ANN, BOB))))

    async def cancel(self) -> None:
        """Someone takes a wish back, or tries to."""
        if row := await self._some_row():
            await self._beside(self._instance.cancel_generation()(row.id, row.user))

    async def ring(self) -> None:
        """The provider reports a task, early, late or once more; or someone forges it."""
        row = await self._some_row()
        if row is None:
            return
        if self.chance.random() < 0.2:
            assert not await self._beside(
                self._instance.handle_callback()(row.id, "guessed", naming(TaskId("foreign")))
            )
        for task in self._tasks_of(row.id):
            if self.chance.random() < 0.5:
                self.provider.end_now(task.id)
            taken = await self._beside(self._instance.handle_callback()(row.id, row.secret, naming(task.id)))
            now = await self.witness.get(row.id)
            if taken and now and now.failure is None:
                self.named.add(row.id)

    async def spoil_task(self) -> None:
        """The next task fails, or has several results."""
        urls = [f"https://results.example/{self.chance.random()}.png" for _ in range(self.chance.randint(1, 5))]
        results = tuple(Result(kind=MediaKind.IMAGE, url=url) for url in urls)
        self.provider.outcomes.append(self.chance.choice((TaskFailed(failure=FAILURE), TaskSucceeded(results=results))))

    async def spoil_creation(self) -> None:
        """The next creation meets something."""
        self.provider.on_submit.add(self.chance.choice(CREATION_TROUBLES))

    async def spoil_reads(self) -> None:
        """The next reads of tasks meet something."""
        self.provider.on_look_up.add(*self.chance.choices(READ_TROUBLES, k=2))

    async def spoil_sends(self) -> None:
        """The next deliveries, last words or fetches meet something."""
        if self.chance.random() < 0.1:
            self.may_be_gone = True
            self.messenger.on_deliver.add(GONE)
        script = self.chance.choice((self.messenger.on_deliver, self.messenger.on_conclude, self.fetcher.on_fetch))
        troubles = FETCH_TROUBLES if script is self.fetcher.on_fetch else SEND_TROUBLES
        script.add(*self.chance.choices(troubles, k=2))

    async def spoil_store(self) -> None:
        """The next calls of the store meet something."""
        self.database.on_call.add(*self.chance.choices(STORE_TROUBLES, k=self.chance.randint(1, 6)))

    async def lose_a_save(self) -> None:
        """A turn comes, and the store's answer to what is written then is lost."""
        self._instance.turns().pause(5.0)
        await self.ask()
        self.database.on_call.add(STORE_TROUBLES[1], STORE_TROUBLES[0])
        await self.clock.advance(5)

    async def start(self) -> None:
        """The instance takes the lead."""
        if self._driving:
            return
        self._leadership = await InMemoryLeaderLock(self.room, bot=self.bot).acquire()
        async with self.database.untroubled() as connection:
            await connection.execute(TAKE_EPOCH, self.bot, self._leadership.epoch)
        self._driving = asyncio.create_task(self._instance.drive_generations().run(self._leadership))

    async def depose(self) -> None:
        """The lock is lost: the duties are cancelled, the process goes on and hears what comes of its requests."""
        under_way = list(self.provider.in_flight)
        await self._stop_driving()
        cut_off = [row.id for row in await self.rows() if row.state is S.SUBMITTING]
        self.cut_off.update(id_ for id_ in cut_off if not any(f"/{id_}/" in url for url in under_way))

    async def end_amid(self) -> None:
        """The leadership or the process ends while a request is on its way."""
        state, script = self.chance.choice(
            ((S.SUBMITTING, self.provider.on_submit), (S.DELIVERING, self.messenger.on_deliver))
        )
        script.add(*[Trouble(delay_s=4.0)] * 3)
        await self.ask()
        for _ in range(60):
            if any(row.state is state for row in await self.rows()):
                break
            await self.clock.advance(0.5)
        await self.chance.choice((self.depose, self.depose, self.crash))()
        await self.clock.advance(self.chance.choice((0.0, 6.0)))
        await self.start()

    async def crash(self) -> None:
        """The process ends without a word; what was in its memory is gone, and who hears what was on its way."""
        self.messenger.unconfirmed.update(row.id for row in await self.rows() if row.state is S.DELIVERING)
        self.provider.lost_answers.extend(self.provider.in_flight)
        await self._stop_driving()
        await self._instance.background().drain(0.0)
        self.cut_off.update(row.id for row in await self.rows() if row.state is S.SUBMITTING)
        await self._instance.turns().close()
        self._instance = self._begin_process()

    def _begin_process(self) -> Generating:
        return Generating(
            settings=SETTINGS,
            catalog=CATALOG,
            vocabulary=VOCABULARY,
            media_provider=self.provider,
            generations=PostgresGenerationStore(self.database, self.bot),
            switches=InMemoryModelSwitches(self.clock),
            messenger=self.messenger,
            attachments=InMemoryAttachmentSource(self.clock),
            fetcher=self.fetcher,
            result_files=FetchResult(self.fetcher),
            clock=self.clock,
            ids=self._ids,
            metrics=self.metrics,
            reserve_credits=providers.Object(self.till.reserve()),
            earlier_ids=providers.Object(None),
        )

    async def _stop_driving(self) -> None:
        if self._driving and self._leadership:
            self._leadership.drop()
            self._driving.cancel()
            with suppress(asyncio.CancelledError, NotLeader):
                await self._driving
        self._driving = None

    async def _beside(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Do it while the clock goes on; None where it is refused."""
        task = asyncio.create_task(work)
        while not task.done():
            await self.clock.advance(1)
        try:
            return task.result()
        except ApplicationError:
            return None

    async def _some_row(self) -> Generation | None:
        rows = await self.rows()
        return self.chance.choice(rows) if rows else None

    def _tasks_of(self, generation_id: GenerationId) -> Sequence[MemoryTask]:
        """The tasks that were created for a generation, as their callbacks' addresses name it."""
        tasks = self.provider.tasks.values()
        return [task for task in tasks if f"/{generation_id}/" in str(task.submission.callback_url)]
