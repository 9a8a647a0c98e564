"""Broadcasts in dicts."""

from collections import Counter
from collections.abc import Mapping, Sequence

from attrs import evolve

from adapters.memory.access_store import InMemoryAccessStore
from adapters.memory.trouble import Script
from application.ports.clock import Clock
from domain.access import KnownUser, Subject
from domain.broadcast import Broadcast, BroadcastId, BroadcastState, Recipient, RecipientState
from domain.generation import UserId

S = BroadcastState


class InMemoryBroadcastStore:
    """``BroadcastStore`` for tests, over the people of an ``InMemoryAccessStore``. ``on_call`` is the script of trouble."""

    def __init__(self, clock: Clock, access: InMemoryAccessStore) -> None:
        self.broadcasts: dict[BroadcastId, Broadcast] = {}
        self.reached: dict[BroadcastId, dict[UserId, RecipientState]] = {}
        self.on_call = Script(clock)
        self._access = access

    async def add(self, broadcast: Broadcast, /) -> None:
        async with self.on_call.around():
            self.broadcasts[broadcast.id] = broadcast

    async def get(self, broadcast_id: BroadcastId, /) -> Broadcast | None:
        async with self.on_call.around():
            return self.broadcasts.get(broadcast_id)

    async def latest(self, *, limit: int) -> Sequence[Broadcast]:
        async with self.on_call.around():
            return sorted(self.broadcasts.values(), key=lambda one: one.created_at, reverse=True)[:limit]

    async def reachable(self) -> int:
        async with self.on_call.around():
            return len(self._reachable())

    async def start(self, broadcast_id: BroadcastId, /) -> bool:
        async with self.on_call.around():
            if not self._move(broadcast_id, {S.PREPARED}, S.SENDING):
                return False
            self.reached[broadcast_id] = {one.user: RecipientState.WAITING for one in self._reachable()}
            return True

    async def stop(self, broadcast_id: BroadcastId, /) -> bool:
        async with self.on_call.around():
            return self._move(broadcast_id, {S.PREPARED, S.SENDING}, S.STOPPED)

    async def under_way(self) -> Broadcast | None:
        async with self.on_call.around():
            sending = [one for one in self.broadcasts.values() if one.state is S.SENDING]
            return min(sending, key=lambda one: one.created_at, default=None)

    async def claim(self, broadcast_id: BroadcastId, /) -> Recipient | None:
        async with self.on_call.around():
            broadcast = self.broadcasts.get(broadcast_id)
            if broadcast is None or broadcast.state is not S.SENDING:
                return None
            people = self.reached[broadcast_id]
            waiting = sorted(user for user, reached in people.items() if reached is RecipientState.WAITING)
            if not waiting:
                return None
            people[waiting[0]] = RecipientState.SENDING
            return Recipient(user=waiting[0], chat=self._access.known[waiting[0]].chat or "")

    async def release(self, broadcast_id: BroadcastId, user: UserId, /) -> None:
        async with self.on_call.around():
            self._change(broadcast_id, user, RecipientState.WAITING)

    async def record(self, broadcast_id: BroadcastId, user: UserId, reached: RecipientState, /) -> None:
        async with self.on_call.around():
            if self._change(broadcast_id, user, reached) and reached is RecipientState.GONE:
                self._access.known[user] = evolve(self._access.known[user], is_gone=True)

    async def mark_unknown(self) -> int:
        async with self.on_call.around():
            orphans = [
                (broadcast_id, user)
                for broadcast_id, people in self.reached.items()
                for user, reached in people.items()
                if reached is RecipientState.SENDING
            ]
            for broadcast_id, user in orphans:
                self._change(broadcast_id, user, RecipientState.UNKNOWN)
            return len(orphans)

    async def finish(self, broadcast_id: BroadcastId, /) -> bool:
        async with self.on_call.around():
            if RecipientState.WAITING in self.reached.get(broadcast_id, {}).values():
                return False
            return self._move(broadcast_id, {S.SENDING}, S.DONE)

    async def counts(self, broadcast_id: BroadcastId, /) -> Mapping[RecipientState, int]:
        async with self.on_call.around():
            return Counter(self.reached.get(broadcast_id, {}).values())

    def _reachable(self) -> Sequence[KnownUser]:
        return [
            one
            for one in self._access.known.values()
            if one.chat and not one.is_gone and Subject(one.user) not in self._access.in_force
        ]

    def _move(self, broadcast_id: BroadcastId, before: set[BroadcastState], after: BroadcastState) -> bool:
        broadcast = self.broadcasts.get(broadcast_id)
        if broadcast is None or broadcast.state not in before:
            return False
        self.broadcasts[broadcast_id] = evolve(broadcast, state=after)
        return True

    def _change(self, broadcast_id: BroadcastId, user: UserId, reached: RecipientState) -> bool:
        people = self.reached.get(broadcast_id, {})
        if people.get(user) is not RecipientState.SENDING:
            return False
        people[user] = reached
        return True
