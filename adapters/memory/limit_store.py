"""Limits of single persons in a dict."""

from adapters.memory.trouble import Script
from application.ports.clock import Clock
from application.ports.limit_store import PersonalLimit
from domain.generation import UserId


class InMemoryLimitStore:
    """``LimitStore`` for tests and for runs without a database. ``on_call`` is the script of trouble."""

    def __init__(self, clock: Clock) -> None:
        self.limits: dict[UserId, PersonalLimit] = {}
        self.on_call = Script(clock)

    async def get(self, user: UserId, /) -> PersonalLimit | None:
        async with self.on_call.around():
            return self.limits.get(user)

    async def set(self, limit: PersonalLimit, /) -> None:
        async with self.on_call.around():
            self.limits[limit.user] = limit

    async def remove(self, user: UserId, /) -> bool:
        async with self.on_call.around():
            return self.limits.pop(user, None) is not None
