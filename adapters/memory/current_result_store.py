"""What people went back to, in a dict."""

from adapters.memory.trouble import Script
from application.ports.clock import Clock
from application.ports.current_result_store import CurrentResult
from domain.generation import UserId


class InMemoryCurrentResultStore:
    """``CurrentResultStore`` for tests. ``on_call`` is the script of trouble."""

    def __init__(self, clock: Clock) -> None:
        self.results: dict[tuple[UserId, str], CurrentResult] = {}
        self.on_call = Script(clock)

    async def get(self, user: UserId, chat: str, /) -> CurrentResult | None:
        async with self.on_call.around():
            return self.results.get((user, chat))

    async def set(self, user: UserId, chat: str, current: CurrentResult, /) -> None:
        async with self.on_call.around():
            self.results[user, chat] = current
