"""What is done again: a periodic duty, also after a turn that failed, and a request to a store that is away for a moment."""

from collections.abc import Awaitable, Callable
from typing import Final, NoReturn, TypeVar

import structlog

from application.errors import MediaUnavailable, NotLeader, ProviderError, StoreUnavailable
from application.ports.clock import Clock
from domain.backoff import Backoff

AWAY: Final = (StoreUnavailable, MediaUnavailable, ProviderError)
"""Others are away: the next turn may do."""

log = structlog.get_logger()

T = TypeVar("T")


async def repeat(
    turn: Callable[[], Awaitable[object]],
    *,
    duty: str,
    clock: Clock,
    every_s: float,
    after_failure_s: float | None = None,
) -> NoReturn:
    """Take a turn at once and then every ``every_s`` seconds, until cancelled. A turn that fails is logged and costs nothing more.

    ``after_failure_s``: the wait after a turn that failed, ``every_s`` if left out.

    Raises:
        NotLeader: as ``turn`` did; the leadership is over.
    """
    while True:
        wait_s = every_s
        try:
            await turn()
        except NotLeader:
            raise
        except Exception as error:
            wait_s = every_s if after_failure_s is None else after_failure_s
            if isinstance(error, AWAY):
                log.warning("duty.postponed", duty=duty, error=f"{error.code}: {error}")
            else:  # a fault of our own must not cost the leadership
                log.exception("duty.fault", duty=duty)
        await clock.sleep(wait_s)


async def until_store_answers(act: Callable[[], Awaitable[T]], *, clock: Clock, for_s: float) -> T:
    """Return what ``act`` gives, which may be done twice; it is done again while the store is away, for ``for_s`` seconds.

    Raises:
        StoreUnavailable: the store did not answer in this time.
    """
    tired_at = clock.monotonic() + for_s
    for wait in Backoff():
        try:
            return await act()
        except StoreUnavailable as error:
            if clock.monotonic() + wait > tired_at:
                raise
            log.warning("store.unavailable", error=str(error))
        await clock.sleep(wait)
    raise AssertionError("backoff never ends")
