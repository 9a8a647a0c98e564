"""What is known of a person, in the other stores of this package."""

from collections.abc import Mapping

from attrs import frozen

from adapters.memory.generation_store import InMemoryGenerationStore
from adapters.memory.session_store import InMemorySessionStore
from application.ports.person_records import Rows
from domain.generation import UserId


@frozen
class InMemoryPersonRecords:
    """``PersonRecords`` of the generations and the sessions alone."""

    _generations: InMemoryGenerationStore
    _sessions: InMemorySessionStore

    async def export(self, user: UserId, /) -> Rows:
        own = [row for row in self._generations.rows.values() if row.user == user]
        return {"generations": [{"id": row.id, "prompt": row.prompt} for row in own]} if own else {}

    async def unfinished(self, user: UserId, /) -> int:
        return sum(row.user == user for row in await self._generations.unfinished())

    async def erase(self, user: UserId, /) -> Mapping[str, int]:
        own = [row.id for row in self._generations.rows.values() if row.user == user]
        for generation_id in own:
            del self._generations.rows[generation_id]
        return {"generations": len(own), "web_sessions": await self._sessions.end_all(user)}
