"""A generation store in each of its adapters, with what the contract needs beside it."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, Protocol

import asyncpg
from attrs import evolve, frozen

from adapters.memory.clock import ManualClock
from adapters.memory.generation_store import InMemoryGenerationStore
from adapters.postgres_store import PostgresGenerationStore, open_database
from application.errors import LimitReached
from application.limits import UserLimits
from application.ports.generation_store import GenerationStore
from application.ports.limit_store import PersonalLimit
from domain.generation import Generation, GenerationState, UserId
from domain.model import ModelId
from domain.operation import ModelPause
from tests.support.generations import NOON, a_generation, life_of


class Place(Protocol):
    """Where generations are kept, and what may happen there."""

    @property
    def store(self) -> GenerationStore: ...

    @property
    def other(self) -> GenerationStore:
        """Another instance's."""
        ...

    async def begin_leadership(self, epoch: int) -> None: ...

    async def break_connections(self) -> None: ...

    async def pause(self, model_id: ModelId, reason: str) -> None:
        """The operator switches a model off."""
        ...

    async def limit(self, user: UserId, credits_per_day: float | None) -> None:
        """An admin sets a limit of one person's own."""
        ...


@frozen
class MemoryPlace:
    store: InMemoryGenerationStore

    @property
    def other(self) -> GenerationStore:
        return self.store

    async def begin_leadership(self, epoch: int) -> None:
        self.store.epoch = epoch

    async def break_connections(self) -> None:
        self.store.interrupt_changes()

    async def pause(self, model_id: ModelId, reason: str) -> None:
        self.store.paused = {model_id: ModelPause(model_id=model_id, reason=reason, at=NOON)}.get

    async def limit(self, user: UserId, credits_per_day: float | None) -> None:
        self.store.own_limit = {user: PersonalLimit(user=user, credits_per_day=credits_per_day)}.get


@frozen
class PostgresPlace:
    store: PostgresGenerationStore
    other: PostgresGenerationStore
    _operator: "asyncpg.Connection[asyncpg.Record]"

    async def begin_leadership(self, epoch: int) -> None:
        await self._operator.execute(
            "INSERT INTO leadership (bot, epoch) VALUES ('1', $1) ON CONFLICT (bot) DO UPDATE SET epoch = $1", epoch
        )

    async def break_connections(self) -> None:
        await self._operator.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )

    async def pause(self, model_id: ModelId, reason: str) -> None:
        await self._operator.execute(
            "INSERT INTO paused_models (bot, model_id, reason, paused_at) VALUES ('1', $1, $2, $3)",
            model_id,
            reason,
            NOON,
        )

    async def limit(self, user: UserId, credits_per_day: float | None) -> None:
        await self._operator.execute(
            "INSERT INTO personal_limits (bot, user_id, credits_per_day) VALUES ('1', $1, $2)", user, credits_per_day
        )


def memory_place() -> Place:
    return MemoryPlace(InMemoryGenerationStore(ManualClock()))


@asynccontextmanager
async def opened_place(database: str) -> AsyncIterator[Place]:
    """Two instances on a database, and an operator beside them."""
    async with AsyncExitStack() as stack:
        one, another = [await stack.enter_async_context(open_database(database)) for _ in range(2)]
        operator = await asyncpg.connect(database)
        stack.push_async_callback(operator.close)
        yield PostgresPlace(PostgresGenerationStore(one, "1"), PostgresGenerationStore(another, "1"), operator)


async def kept(store: GenerationStore, generation: Generation) -> Generation:
    row = await store.get(generation.id)
    assert row is not None
    return row


async def lived(store: GenerationStore, generation: Generation, until: GenerationState) -> Generation:
    """Added, and taken through its life up to that state."""
    row = await store.add(generation)
    for later in life_of(generation):
        row = await store.save(evolve(later, version=row.version))
        if row.state is until:
            return row
    raise AssertionError(until)


async def refusal(store: GenerationStore, limits: UserLimits, **wish: Any) -> str | None:
    """The limit that refuses one more wish of Ann's, None if it is taken."""
    generation = a_generation(**wish)
    try:
        await store.add(generation, limits=limits)
    except LimitReached as error:
        assert await store.get(generation.id) is None
        return error.limit
    return None
