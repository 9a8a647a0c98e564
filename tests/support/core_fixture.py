"""The whole core on fakes: one instance, led or not, driven by a clock that only the test moves."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from attrs import define, field
from dependency_injector import providers

from adapters.memory.alarm_store import InMemoryAlarmStore
from adapters.memory.attachment_source import InMemoryAttachmentSource
from adapters.memory.clock import ManualClock
from adapters.memory.generation_store import InMemoryGenerationStore
from adapters.memory.ids import SequentialIds
from adapters.memory.leader_lock import InMemoryLeaderLock, LockRoom
from adapters.memory.media_files import InMemoryMediaFiles
from adapters.memory.media_provider import InMemoryProvider
from adapters.memory.messenger import InMemoryMessenger
from adapters.memory.metrics import CountingMetrics
from adapters.memory.model_switches import InMemoryModelSwitches
from adapters.memory.reference_store import InMemoryReferenceStore
from adapters.memory.result_fetcher import InMemoryResultFetcher
from application.catalog.find_models import FindModels
from application.generating.fetch_result import FetchResult
from application.generating.request_generation import GenerationRequest
from application.results.follow_ups import NextSteps
from config.packaged import packaged_vocabulary
from config.settings import Settings
from config.slices.generating import Generating
from domain.generation import Destination, Generation, GenerationId, UserId
from tests.support.generations import ANN
from tests.support.registry import catalog

CATALOG = catalog()
VOCABULARY = packaged_vocabulary()
FIND_MODELS = FindModels(CATALOG, VOCABULARY)
NEXT_STEPS = NextSteps(catalog=CATALOG, vocabulary=VOCABULARY)
"""Immutable, and built once for all tests of a process: together they take tens of milliseconds."""
PICTURE_MODEL = "z-image"


def wish(
    user: UserId = ANN, *, key: str = "update-1", model: str = PICTURE_MODEL, **values: object
) -> GenerationRequest:
    """A wish that is valid unless the values say otherwise."""
    return GenerationRequest(
        user=user,
        destination=Destination(chat=user.partition(":")[2]),
        language="en",
        model=model,
        input=values or {"prompt": "a red fox in snow"},
        request_key=key,
    )


@define
class World:
    """What outlives an instance: time, the store, the provider, the chats, the lock."""

    clock: ManualClock = field(factory=ManualClock)
    store: InMemoryGenerationStore = field(init=False)
    switches: InMemoryModelSwitches = field(init=False)
    alarms: InMemoryAlarmStore = field(init=False)
    provider: InMemoryProvider = field(init=False)
    messenger: InMemoryMessenger = field(init=False)
    fetcher: InMemoryResultFetcher = field(init=False)
    attachments: InMemoryAttachmentSource = field(init=False)
    media_files: InMemoryMediaFiles = field(factory=InMemoryMediaFiles)
    metrics: CountingMetrics = field(factory=CountingMetrics)
    references: InMemoryReferenceStore = field(factory=InMemoryReferenceStore)
    ids: SequentialIds = field(factory=SequentialIds)
    room: LockRoom = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.store = InMemoryGenerationStore(self.clock)
        self.switches = InMemoryModelSwitches(self.clock)
        self.alarms = InMemoryAlarmStore(self.clock)
        self.store.paused = self.switches.pauses.get
        self.provider = InMemoryProvider(self.clock)
        self.messenger = InMemoryMessenger(self.clock)
        self.fetcher = InMemoryResultFetcher(self.clock)
        self.attachments = InMemoryAttachmentSource(self.clock)
        self.room = LockRoom(self.clock)

    def instance(self, settings: Settings | None = None) -> Generating:
        """The use cases of one process, which keeps no files and sells nothing."""
        return Generating(**self.ports(settings))

    def ports(self, settings: Settings | None = None) -> dict[str, Any]:
        """What stands for each port; the further ports are those of the worlds that need them."""
        return {
            "settings": settings or Settings(),
            "catalog": CATALOG,
            "vocabulary": VOCABULARY,
            "media_provider": self.provider,
            "generations": self.store,
            "switches": self.switches,
            "alarms": self.alarms,
            "messenger": self.messenger,
            "attachments": self.attachments,
            "media_files": self.media_files,
            "fetcher": self.fetcher,
            "result_files": FetchResult(self.fetcher),
            "clock": self.clock,
            "ids": self.ids,
            "metrics": self.metrics,
            "references": self.references,
            "reserve_credits": providers.Object(None),
        }

    @asynccontextmanager
    async def leading(self, instance: Generating) -> AsyncIterator[None]:
        """The instance leads and drives; leaving the context kills it without a word, as a crash would."""
        lock = InMemoryLeaderLock(self.room, bot="1")
        leadership = await lock.acquire()
        self.store.epoch = leadership.epoch
        driving = asyncio.create_task(instance.drive_generations().run(leadership))
        try:
            yield
            if driving.done():
                driving.result()
        finally:
            driving.cancel()
            with suppress(asyncio.CancelledError):
                await driving
            await instance.turns().close()
            leadership.drop()

    def row(self, generation: Generation | GenerationId) -> Generation:
        """The generation as the store has it."""
        return self.store.rows[generation if isinstance(generation, str) else generation.id]
