"""Waiting for generations while they are carried in this very process."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

from attrs import frozen

from adapters.cli.messenger import CliMessenger
from application.generating.request_generation import GenerationRequest, RequestGeneration
from domain.generation import Generation

T = TypeVar("T")

Drive = Callable[[], Coroutine[Any, Any, None]]
"""Carries all unfinished generations until cancelled: ``DriveGenerations`` under a leadership of the process's own."""


@frozen
class RequestRuns:
    """Takes a wish on and waits for the last word about it. Someone must drive meanwhile (``while_driving``)."""

    _request: RequestGeneration
    _messenger: CliMessenger

    async def __call__(self, wish: GenerationRequest) -> Generation:
        """The generation as it was concluded. Raises what ``RequestGeneration`` raises."""
        generation = await self._request(wish)
        return await self._messenger.concluded(generation.id)


async def while_driving(drive: Drive, work: Awaitable[T]) -> T:
    """The work's result; driving ends with it. A driver that dies takes the work with it."""
    async with asyncio.TaskGroup() as group:
        driving = group.create_task(drive(), name="drive-generations")
        result = await work
        driving.cancel()
    return result
