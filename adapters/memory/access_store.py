"""People, blocks and invites in dicts."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from attrs import evolve

from adapters.memory.trouble import Script
from application.ports.clock import Clock
from domain.access import AccessStatus, Block, Invite, KnownUser, Subject
from domain.generation import UserId

_HOUR = timedelta(hours=1)


class InMemoryAccessStore:
    """``AccessStore`` for tests and the demo without a database. ``on_call`` is the script of trouble."""

    def __init__(self, clock: Clock) -> None:
        self.known: dict[UserId, KnownUser] = {}
        self.in_force: dict[Subject, Block] = {}
        self.invites: dict[str, Invite] = {}
        self.admitted: set[UserId] = set()
        self.on_call = Script(clock)
        self._told_at: dict[Subject, datetime] = {}

    async def record_visit(self, person: KnownUser, chat: Subject, /, *, welcome: bool) -> AccessStatus:
        async with self.on_call.around():
            block = self.in_force.get(Subject(person.user)) or self.in_force.get(chat)
            is_admitted = person.user in self.admitted
            if block is None and (welcome or is_admitted):
                self._note(person)
            return AccessStatus(block=block, is_admitted=is_admitted)

    async def standing(self, user: UserId, /) -> AccessStatus:
        async with self.on_call.around():
            return AccessStatus(block=self.in_force.get(Subject(user)), is_admitted=user in self.admitted)

    async def people(self, *, limit: int, offset: int = 0) -> Sequence[KnownUser]:
        async with self.on_call.around():
            newest = sorted(self.known.values(), key=lambda one: one.user)
            newest.sort(key=lambda one: one.seen_at, reverse=True)
            return newest[offset : offset + limit]

    async def person(self, user: UserId, /) -> KnownUser | None:
        async with self.on_call.around():
            return self.known.get(user)

    async def block(self, block: Block, /) -> None:
        async with self.on_call.around():
            self.in_force[block.subject] = block
            self._told_at.pop(block.subject, None)

    async def unblock(self, subject: Subject, /) -> bool:
        async with self.on_call.around():
            return self.in_force.pop(subject, None) is not None

    async def blocks(self) -> Sequence[Block]:
        async with self.on_call.around():
            return sorted(self.in_force.values(), key=lambda block: block.at, reverse=True)

    async def claim_notice(self, subject: Subject, /, *, at: datetime, since: datetime) -> bool:
        async with self.on_call.around():
            told_at = self._told_at.get(subject)
            if subject not in self.in_force or (told_at and told_at > since):
                return False
            self._told_at[subject] = at
            return True

    async def add_invite(self, invite: Invite, /) -> None:
        async with self.on_call.around():
            self.invites[invite.token] = invite

    async def admit(self, token: str, user: UserId, /, *, at: datetime) -> bool:
        async with self.on_call.around():
            if user in self.admitted:
                return True
            invite = self.invites.get(token)
            if invite is None or invite.uses < 1 or invite.expires_at <= at:
                return False
            self.invites[token] = evolve(invite, uses=invite.uses - 1)
            self.admitted.add(user)
            return True

    def _note(self, person: KnownUser) -> None:
        before = self.known.get(person.user)
        if before is None:
            self.known[person.user] = person
            return
        now = evolve(person, chat=person.chat or before.chat)
        if now.seen_at - before.seen_at >= _HOUR or evolve(before, seen_at=now.seen_at) != now:
            self.known[person.user] = now
