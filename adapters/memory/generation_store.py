"""Generations in a dict, with the rules of the real store."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime, timedelta
from functools import partial

from attrs import evolve

from adapters.memory.ledger import InMemoryLedger
from adapters.memory.trouble import Script
from application.errors import ApplicationError, ModelPaused, NotLeader, StaleGeneration
from application.limits import DAY, GroupLimits, UsedToday, UserLimits, checked
from application.ports.clock import Clock
from application.ports.generation_store import LOOKED_THROUGH
from application.ports.limit_store import PersonalLimit
from domain.generation import Destination, Generation, GenerationId, GenerationState, TaskId, UserId
from domain.ledger import Entry, reservation_of
from domain.model import ModelId
from domain.operation import ModelPause
from domain.provider_account import AccountName


class InMemoryGenerationStore:
    """``GenerationStore`` for tests and the demo without a database; several instances of the service may share one.

    ``rows`` holds every generation, oldest first, those in ``erased`` without their content. ``epoch`` is the newest
    leadership's: raise it to depose writers. ``watchers`` are called with what changed its state. ``spent_beside`` says what a
    user spent since a moment on other things than generations, ``paused`` why a model is switched off, ``own_limit`` what an
    admin set for a user.
    ``on_…`` are the scripts of trouble, one a method; ``on_read`` serves all that read more than one row by its id.
    """

    def __init__(self, clock: Clock, ledger: InMemoryLedger | None = None) -> None:
        self.clock = clock
        self.ledger = ledger or InMemoryLedger(clock)
        self.rows: dict[GenerationId, Generation] = {}
        self.erased: set[GenerationId] = set()
        self.epoch = 0
        self.on_add = Script(clock)
        self.on_get = Script(clock)
        self.on_save = Script(clock)
        self.on_report_task = Script(clock)
        self.on_note_progress_message = Script(clock)
        self.on_mark_quiet = Script(clock)
        self.on_read = Script(clock)
        self._listeners: set[asyncio.Queue[GenerationId]] = set()
        self.watchers: list[Callable[[Generation], None]] = []
        self.spent_beside: Callable[[UserId, datetime], float] = lambda _user, _since: 0.0
        self.paused: Callable[[ModelId], ModelPause | None] = lambda _model: None
        self.own_limit: Callable[[UserId], PersonalLimit | None] = lambda _user: None

    async def add(
        self,
        generation: Generation,
        /,
        *,
        limits: UserLimits | None = None,
        group_limits: GroupLimits | None = None,
    ) -> Generation:
        [added] = await self.add_together([generation], limits=limits, group_limits=group_limits)
        return added

    async def add_together(
        self,
        generations: Sequence[Generation],
        /,
        *,
        limits: UserLimits | None = None,
        group_limits: GroupLimits | None = None,
    ) -> Sequence[Generation]:
        async with self.on_add.around():
            before, added = dict(self.rows), [self._known(one) for one in generations]
            try:
                for place, generation in enumerate(generations):
                    if added[place] is generation:
                        await self._check_all(generation, limits, group_limits)
                        self.rows[generation.id] = generation
                self.ledger.write_all([entry for one in generations if (entry := self._to_hold(one, before))])
            except ApplicationError:
                self.rows = before
                raise
            for generation in added:
                if generation.id not in before:
                    self._announce(generation.id)
                    self._show(generation)
        return added

    async def by_request_keys(self, keys: Sequence[str], /) -> Sequence[Generation]:
        async with self.on_read.around():
            found = {row.request_key: row for row in self._visible()}
            return [found[key] for key in sorted(keys) if key in found]

    async def by_task(self, task_id: TaskId, /) -> Generation | None:
        async with self.on_read.around():
            return next((row for row in self._visible() if task_id in (row.task_id, row.reported_task_id)), None)

    async def get(self, generation_id: GenerationId, /) -> Generation | None:
        async with self.on_get.around():
            return None if generation_id in self.erased else self.rows.get(generation_id)

    async def save(self, generation: Generation, /, *, epoch: int | None = None) -> Generation:
        async with self.on_save.around():
            if epoch is not None and epoch < self.epoch:
                raise NotLeader(f"epoch {self.epoch} has begun, this was {epoch}")
            row = self.rows.get(generation.id)
            if row is None or row.version != generation.version:
                raise StaleGeneration(generation.id)
            saved = evolve(
                generation,
                version=row.version + 1,
                input=generation.input if generation.input_changed else row.input,
                input_changed=False,
                reported_task_id=row.reported_task_id,
                progress_message=row.progress_message,
                quiet=row.quiet,
            )
            self.rows[generation.id] = saved
            self.ledger.settle(saved)
            if saved.state is not row.state:
                self._show(saved)
            if saved.state is GenerationState.CANCELLED:
                self._announce(saved.id)
        return saved

    async def report_task(self, generation_id: GenerationId, task_id: TaskId, /) -> bool:
        async with self.on_report_task.around():
            row = self.rows.get(generation_id)
            if row is None:
                return False
            if row.task_id is None:
                self.rows[generation_id] = evolve(row, reported_task_id=row.reported_task_id or task_id)
            self._announce(generation_id)
        return True

    async def note_progress_message(self, generation_id: GenerationId, message: str, /) -> None:
        async with self.on_note_progress_message.around():
            if row := self.rows.get(generation_id):
                self.rows[generation_id] = evolve(row, progress_message=message)

    async def mark_quiet(self, generation_id: GenerationId, /) -> bool:
        async with self.on_mark_quiet.around():
            row = self.rows.get(generation_id)
            if row is None:
                return False
            self.rows[generation_id] = evolve(row, quiet=True)
            self._announce(generation_id)
            self._show(row)
        return True

    async def unfinished(self) -> Sequence[Generation]:
        async with self.on_read.around():
            return sorted((row for row in self.rows.values() if not row.is_terminal), key=_age)

    async def last_of(self, user: UserId, model_id: ModelId, /) -> Generation | None:
        async with self.on_read.around():
            return next((row for row in self._kept(user) if row.model_id == model_id), None)

    async def history(
        self,
        user: UserId,
        /,
        *,
        limit: int,
        before: datetime | None = None,
        after: datetime | None = None,
        text: str = "",
        delivered: bool = False,
    ) -> Sequence[Generation]:
        async with self.on_read.around():
            beside = [
                row
                for row in self._kept(user)
                if (before is None or row.created_at < before) and (after is None or row.created_at > after)
            ]
            near = beside[:LOOKED_THROUGH] if after is None else beside[-LOOKED_THROUGH:]
            fitting = [row for row in near if _mentions(row, text) and (_succeeded(row) or not delivered)]
            return fitting[:limit] if after is None else fitting[-limit:]

    async def with_ids(self, user: UserId, ids: Sequence[str], /) -> Sequence[Generation]:
        async with self.on_read.around():
            return [row for row in self._kept(user) if any(row.is_named_by(one) for one in ids)]

    async def erase(self, generation_id: GenerationId, user: UserId, /) -> bool:
        async with self.on_save.around():
            row = self.rows.get(generation_id)
            if row is None or generation_id in self.erased or row.user != user or not row.is_terminal:
                return False
            self._erase(row)
            return True

    async def erase_closed(self, before: datetime, /, *, limit: int) -> int:
        async with self.on_save.around():
            old = [row for row in self._visible() if row.closed_at and row.closed_at < before]
            for row in old[:limit]:
                self._erase(row)
            return len(old[:limit])

    async def submitted_since(self, since: datetime, /) -> Sequence[tuple[AccountName, datetime]]:
        async with self.on_read.around():
            counted = (row for row in self.rows.values() if row.id not in self.erased)
            left = ((row.account, row.submitted_at) for row in counted if row.submitted_at)
            return sorted(((account, at) for account, at in left if at >= since), key=lambda one: one[1])

    async def durations(self, model_id: ModelId, /, *, limit: int = 200) -> Sequence[float]:
        async with self.on_read.around():
            ends = sorted(
                (
                    (row.ended_at, (row.ended_at - row.submitted_at).total_seconds())
                    for row in self.rows.values()
                    if row.model_id == model_id and row.ended_at and row.submitted_at and row.failure is None
                ),
                reverse=True,
            )
            return [seconds for _, seconds in ends[:limit]]

    async def forget_secrets(self, closed_before: datetime, /, *, limit: int) -> int:
        async with self.on_save.around():
            old = [row for row in self.rows.values() if row.secret and row.closed_at and row.closed_at < closed_before]
            for row in old[:limit]:
                self.rows[row.id] = evolve(row, secret="")
            return len(old[:limit])

    def changes(self) -> AbstractAsyncContextManager[AsyncIterator[GenerationId]]:
        return self._changes()

    def interrupt_changes(self) -> None:
        """As after a break in the connection: every listener hears of all that is unfinished."""
        for row in self.rows.values():
            if not row.is_terminal:
                self._announce(row.id)

    @asynccontextmanager
    async def _changes(self) -> AsyncIterator[AsyncIterator[GenerationId]]:
        async with self.on_read.around():
            heard: asyncio.Queue[GenerationId] = asyncio.Queue()
        self._listeners.add(heard)
        try:
            yield _drawn_from(heard)
        finally:
            self._listeners.discard(heard)

    def _announce(self, generation_id: GenerationId) -> None:
        for listener in self._listeners:
            listener.put_nowait(generation_id)

    def _show(self, generation: Generation) -> None:
        for watcher in self.watchers:
            watcher(generation)

    def _erase(self, row: Generation) -> None:
        self.erased.add(row.id)
        self.rows[row.id] = evolve(
            row,
            input={},
            results=(),
            receipts=(),
            failure=row.failure and evolve(row.failure, provider_message=None, violation=None),
            progress_message=None,
            task_id=None,
            reported_task_id=None,
            secret="",
            destination=Destination(chat=row.destination.chat),
            version=row.version + 1,
        )
        self._show(row)

    def _visible(self) -> Sequence[Generation]:
        return [row for row in self.rows.values() if row.id not in self.erased]

    def _known(self, generation: Generation) -> Generation:
        rows = (row for row in self.rows.values() if row.request_key == generation.request_key)
        return next(rows, generation)

    def _to_hold(self, generation: Generation, before: Mapping[GenerationId, Generation]) -> Entry | None:
        is_new = generation.id in self.rows and generation.id not in before
        return reservation_of(generation) if is_new else None

    async def _check_all(
        self, generation: Generation, limits: UserLimits | None, group_limits: GroupLimits | None
    ) -> None:
        """Nothing else runs meanwhile: it waits for nothing."""
        if not generation.forced and (pause := self.paused(generation.model_id)):
            raise ModelPaused(pause.reason)
        if own := self.own_limit(generation.user):
            limits = (limits or UserLimits()).with_own(own.credits_per_day)
        if limits:
            await checked(partial(self._check_user, limits, generation))
        if group_limits:
            await checked(partial(self._check_group, group_limits, generation))

    async def _check_user(self, limits: UserLimits, generation: Generation, later: timedelta) -> None:
        since, rows = generation.created_at - DAY + later, self._newest_first(generation.user)
        used = _used(rows, since, beside=self.spent_beside(generation.user, since))
        limits.check(evolve(used, in_flight=0) if later else used, generation.counted_credits)

    async def _check_group(self, limits: GroupLimits, generation: Generation, later: timedelta) -> None:
        here = [row for row in self.rows.values() if row.destination.chat == generation.destination.chat]
        limits.check(_used(here, generation.created_at - DAY + later), generation.counted_credits)

    def _kept(self, user: UserId) -> Sequence[Generation]:
        return [row for row in self._newest_first(user) if row.id not in self.erased]

    def _newest_first(self, user: UserId) -> Sequence[Generation]:
        return sorted((row for row in reversed(self.rows.values()) if row.user == user), key=_age, reverse=True)

    def spent_by(self, user: UserId, since: datetime) -> float:
        """Credits that a user spent since a moment, on generations and beside them."""
        own = [row for row in self._newest_first(user) if row.created_at > since and not came_to_nothing(row)]
        return sum(row.counted_credits for row in own) + self.spent_beside(user, since)


def _used(rows: Sequence[Generation], since: datetime, *, beside: float = 0.0) -> UsedToday:
    """What of these rows counts against limits, from a moment on."""
    lasting = [row for row in rows if row.created_at > since and not came_to_nothing(row)]
    return UsedToday(
        in_flight=sum(not row.is_terminal for row in rows),
        per_day=len(lasting),
        credits=sum(row.counted_credits for row in lasting) + beside,
    )


def came_to_nothing(row: Generation) -> bool:
    """Whether it counts in no limit."""
    return row.failure is not None or row.state is GenerationState.CANCELLED


def _succeeded(row: Generation) -> bool:
    return row.state is GenerationState.DELIVERED and row.failure is None


def _age(row: Generation) -> datetime:
    return row.created_at


def _mentions(row: Generation, text: str) -> bool:
    prompt = row.prompt.lower()
    return all(word in prompt for word in text.lower().split())


async def _drawn_from(heard: asyncio.Queue[GenerationId]) -> AsyncIterator[GenerationId]:
    while True:
        yield await heard.get()
