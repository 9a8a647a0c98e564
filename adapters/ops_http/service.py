"""What the HTTP port needs of the service behind it."""

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import Protocol

from aiohttp import web
from attrs import field, frozen

from domain.generation import GenerationId, TaskId

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class HandleCallback(Protocol):
    """Takes what a callback says."""

    async def __call__(self, generation_id: GenerationId, secret: str, task_id: TaskId | None, /) -> bool:
        """False: no such generation, or another secret. ``task_id`` is None where the callback names none.

        Repeating is harmless. Raises ``StoreUnavailable``.
        """
        ...


@frozen(kw_only=True)
class Service:
    """A service that has started.

    ``not_ready`` gives the reason why this instance is of no use as it is configured, None when it is; a standby is
    ready, since on a deploy the new instance leads only after the old one was told to stop. ``status`` is plain JSON
    for people and monitors: role, epoch, ages, counts. ``posts`` are further paths that take POST (a webhook).
    """

    handle_callback: HandleCallback
    status: Callable[[], Mapping[str, object]]
    not_ready: Callable[[], str | None]
    posts: Mapping[str, Handler] = field(factory=lambda: MappingProxyType({}))
