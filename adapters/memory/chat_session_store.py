"""Chat sessions in a dict."""

from collections.abc import Collection
from datetime import datetime

from adapters.memory.trouble import Script
from application.ports.chat_session_store import ChatSession, SessionId
from application.ports.clock import Clock
from domain.draft import DraftId
from domain.generation import UserId

_Place = tuple[UserId, str, str | None]


class InMemoryChatSessionStore:
    """``ChatSessionStore`` for tests and the demo without a database. ``on_call`` is the script of trouble for all its methods."""

    def __init__(self, clock: Clock) -> None:
        self.sessions: dict[SessionId, ChatSession] = {}
        self.on_call = Script(clock)
        self._open: dict[_Place, SessionId] = {}

    async def save(self, session: ChatSession, /) -> None:
        async with self.on_call.around():
            self.sessions[session.id] = session
            self._open[_place(session)] = session.id

    async def get(self, session_id: SessionId, /) -> ChatSession | None:
        async with self.on_call.around():
            return self.sessions.get(session_id)

    async def open_session(self, user: UserId, chat: str, thread: str | None, /) -> ChatSession | None:
        async with self.on_call.around():
            session_id = self._open.get((user, chat, thread))
            return self.sessions[session_id] if session_id else None

    async def close(self, session: ChatSession, /) -> None:
        async with self.on_call.around():
            if self._open.get(_place(session)) == session.id:
                del self._open[_place(session)]

    async def forget_of_draft(self, draft_id: DraftId, /) -> None:
        async with self.on_call.around():
            self._remove([session.id for session in self.sessions.values() if session.draft == draft_id])

    async def forget_untouched(self, since: datetime, /, *, limit: int) -> int:
        async with self.on_call.around():
            old = [session.id for session in self.sessions.values() if session.updated_at < since][:limit]
            self._remove(old)
            return len(old)

    def _remove(self, session_ids: Collection[SessionId]) -> None:
        for session_id in session_ids:
            self.sessions.pop(session_id, None)
        self._open = {place: open_id for place, open_id in self._open.items() if open_id in self.sessions}


def _place(session: ChatSession) -> _Place:
    return session.user, session.destination.chat, session.destination.thread
