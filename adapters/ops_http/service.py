"""What the HTTP port needs of the service behind it."""

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import Protocol

from aiohttp import web
from attrs import field, frozen

from domain.generation import GenerationId, TaskId

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class CallbackHandler(Protocol):
    """Takes what a callback says."""

    async def __call__(
        self, generation_id: GenerationId, secret: str, named: Callable[[TaskId | None], Awaitable[TaskId | None]], /
    ) -> bool:
        """Return False when there is no such generation, or its secret is another.

        ``named`` is asked for the callback's task only after the secret was right. Repeating is harmless.

        Raises:
            StoreUnavailable: the provider should repeat it. What ``named`` raises is passed on.
        """
        ...


@frozen(kw_only=True)
class Service:
    """A service that has started.

    ``not_ready`` gives the reason why this instance is of no use as it is configured, None when it is; a standby is
    ready, since on a deploy the new instance leads only after the old one was asked to stop. ``status`` is plain JSON
    for people and monitors: role, epoch, ages, counts. ``posts`` are further paths that take POST (a webhook).
    """

    handle_callback: CallbackHandler
    status: Callable[[], Mapping[str, object]]
    not_ready: Callable[[], str | None]
    posts: Mapping[str, Handler] = field(factory=lambda: MappingProxyType({}))
