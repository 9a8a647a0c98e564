"""The updates waiting for one bot, and the rules by which getUpdates hands them out.

Rules copied from tdlib/telegram-bot-api ``Client.cpp`` 10.0 (process_get_updates_query, do_get_updates,
abort_long_poll, fail_query_conflict); the same code base serves api.telegram.org.
"""

import asyncio
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator

from attrs import define, field

from simulators.telegram.errors import ApiError, conflict

MAX_POLL_S = 50
MAX_UPDATES = 100
_CONFLICT_PAUSE_S = 3.0
_TRACES_KEPT = 20_000

OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
SET_WEBHOOK = "terminated by setWebhook request"
WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"

#: How long an update of a kind is kept, in seconds; a day for those not named.
_LIFETIMES_S = {
    "callback_query": 150.0,
    "pre_checkout_query": 150.0,
    "shipping_query": 150.0,
    "inline_query": 30.0,
    "chosen_inline_result": 600.0,
}
_DAY_S = 86_400.0


@define(kw_only=True)
class UpdateTrace:
    """What happened to one update. Times are of the world's clock, in seconds since 1970."""

    kind: str
    created_at: float
    delivered_at: list[float] = field(factory=list)
    confirmed_at: float | None = None


@define(kw_only=True)
class PendingUpdate:
    """An update not yet confirmed. ``conversation`` is what keeps its order: the chat, or the person."""

    body: dict[str, object]
    id: int
    conversation: int
    expires_at: float


class UpdateQueue:
    """The updates of one bot, oldest first. ``repeat_rules`` are those that slow a poller that asks too often.

    For tests and benches: ``traces`` by update id, ``conflicts`` by their text, and how many polls found nothing and
    waited (``polls_waited``).
    """

    def __init__(self, *, clock: Callable[[], float], first_id: int = 1, repeat_rules: bool = True) -> None:
        self._clock = clock
        self._repeat_rules = repeat_rules
        self._pending: OrderedDict[int, PendingUpdate] = OrderedDict()
        self._next_id = first_id
        self._waiting: asyncio.Future[str | None] | None = None
        self._last_offset: int | None = None
        self._last_poll_at = float("-inf")
        self._next_conflict_at = float("-inf")
        self.arrived = asyncio.Event()
        self.traces: OrderedDict[int, UpdateTrace] = OrderedDict()
        self.conflicts: Counter[str] = Counter()
        self.polls_waited = 0

    def __len__(self) -> int:
        return len(self._pending)

    def __iter__(self) -> Iterator[PendingUpdate]:
        return iter(list(self._pending.values()))

    def add(self, kind: str, payload: dict[str, object], *, conversation: int) -> int:
        """Queue an update and wake the one who waits for it. Returns its id."""
        now = self._clock()
        update_id = self._next_id
        self._next_id += 1
        body: dict[str, object] = {"update_id": update_id, kind: payload}
        expires_at = now + _LIFETIMES_S.get(kind, _DAY_S)
        self._pending[update_id] = PendingUpdate(
            body=body, id=update_id, conversation=conversation, expires_at=expires_at
        )
        self.traces[update_id] = UpdateTrace(kind=kind, created_at=now)
        if len(self.traces) > _TRACES_KEPT:
            self.traces.popitem(last=False)
        self.arrived.set()
        self._wake(None)
        return update_id

    async def poll(self, *, offset: int, limit: int, timeout_s: float) -> list[dict[str, object]]:
        """Answer one getUpdates. Raises ApiError 409 when a newer one, or a webhook, takes over while it waits."""
        limit, timeout_s = self._slowed(offset, min(max(limit, 1), MAX_UPDATES), min(max(timeout_s, 0), MAX_POLL_S))
        first = self._confirm(offset)
        batch = self._batch(first, limit)
        if batch or not timeout_s:
            return batch
        self._wake(OTHER_POLLER)
        reason = await self._wait(timeout_s)
        if reason is not None:
            raise await self.refused(reason)
        return self._batch(first, limit)

    async def refused(self, reason: str) -> ApiError:
        """The 409 for ``reason``: at once, or 3 s late when another was given less than 3 s ago."""
        self.conflicts[reason] += 1
        loop = asyncio.get_running_loop()
        if loop.time() < self._next_conflict_at:
            await asyncio.sleep(_CONFLICT_PAUSE_S)
        else:
            self._next_conflict_at = loop.time() + _CONFLICT_PAUSE_S
        return conflict(reason)

    def now(self) -> int:
        """The world's time, in whole seconds."""
        return int(self._clock())

    def interrupt(self, reason: str | None) -> None:
        """End a waiting poll: with a 409 for ``reason``, or with what there is."""
        self._wake(reason)

    def delivered(self, update_id: int) -> None:
        """Note that an update left for the bot."""
        if trace := self.traces.get(update_id):
            trace.delivered_at.append(self._clock())

    def confirm(self, update_id: int) -> None:
        """Forget one update: the bot has it."""
        if self._pending.pop(update_id, None) and (trace := self.traces.get(update_id)):
            trace.confirmed_at = self._clock()

    def drop(self) -> None:
        """Forget every update, as ``drop_pending_updates`` asks."""
        self._pending.clear()

    def expire(self) -> None:
        """Forget the updates that are too old to be of use."""
        now = self._clock()
        for update in self:
            if update.expires_at <= now:
                del self._pending[update.id]

    def _slowed(self, offset: int, limit: int, timeout_s: float) -> tuple[int, float]:
        now = asyncio.get_running_loop().time()
        if self._repeat_rules and offset == self._last_offset:
            age_s = now - self._last_poll_at
            limit = 1 if age_s < 0.5 else limit
            timeout_s = 3 if age_s < 3 and timeout_s < 3 else timeout_s
        self._last_offset, self._last_poll_at = offset, now
        return limit, timeout_s

    def _confirm(self, offset: int) -> int:
        """Forget what ``offset`` confirms; returns the first id to hand out."""
        self.expire()
        if offset < 0:
            for update_id in list(self._pending)[:offset]:
                self.confirm(update_id)
            return 0
        if offset > self._next_id:  # not our own: the real queue starts again from its head
            return 0
        while self._pending and (oldest := next(iter(self._pending))) < offset:
            self.confirm(oldest)
        return offset

    def _batch(self, first: int, limit: int) -> list[dict[str, object]]:
        chosen: list[dict[str, object]] = []
        for update_id, update in self._pending.items():
            if update_id >= first:
                self.delivered(update_id)
                chosen.append(update.body)
                if len(chosen) == limit:
                    break
        return chosen

    async def _wait(self, timeout_s: float) -> str | None:
        waiting: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()
        self._waiting = waiting
        self.polls_waited += 1
        try:
            async with asyncio.timeout(timeout_s):
                return await waiting
        except TimeoutError:
            return None
        finally:
            if self._waiting is waiting:
                self._waiting = None

    def _wake(self, reason: str | None) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(reason)
        self._waiting = None
