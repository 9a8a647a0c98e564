"""Who is signed in, in a dict."""

from collections.abc import Sequence
from datetime import datetime

from attrs import evolve

from adapters.memory.trouble import Script
from application.ports.clock import Clock
from domain.generation import UserId
from domain.web_session import SessionId, WebSession


class InMemorySessionStore:
    """``SessionStore`` for tests; ``on_call`` is the script of trouble for all its methods."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.sessions: dict[SessionId, WebSession] = {}
        self._used: dict[str, datetime] = {}
        self.on_call = Script(clock)

    async def add(self, session: WebSession, /) -> None:
        async with self.on_call.around():
            self.sessions[session.id] = session

    async def find(self, token_hash: str, /) -> WebSession | None:
        async with self.on_call.around():
            return next(
                (one for one in self.sessions.values() if token_hash in (one.token_hash, one.previous_hash)), None
            )

    async def rotate(self, session_id: SessionId, old_hash: str, new_hash: str, /, *, at: datetime) -> bool:
        async with self.on_call.around():
            session = self.sessions.get(session_id)
            if session is None or session.token_hash != old_hash:
                return False
            self.sessions[session_id] = evolve(session, token_hash=new_hash, previous_hash=old_hash, rotated_at=at)
            return True

    async def of_user(self, user: UserId, /) -> Sequence[WebSession]:
        async with self.on_call.around():
            own = [session for session in self.sessions.values() if session.user == user]
            return sorted(own, key=lambda session: (session.created_at, session.id), reverse=True)

    async def end(self, session_id: SessionId, user: UserId, /) -> bool:
        async with self.on_call.around():
            session = self.sessions.get(session_id)
            if session is None or session.user != user:
                return False
            del self.sessions[session_id]
            return True

    async def end_all(self, user: UserId, /) -> int:
        async with self.on_call.around():
            own = [session.id for session in self.sessions.values() if session.user == user]
            for session_id in own:
                del self.sessions[session_id]
            return len(own)

    async def use_once(self, proof_hash: str, /, *, until: datetime) -> bool:
        async with self.on_call.around():
            self._used = {used: end for used, end in self._used.items() if end > self._clock.now()}
            if proof_hash in self._used:
                return False
            self._used[proof_hash] = until
            return True
