"""What every periodic duty of the leader does with a turn that fails."""

from collections.abc import Awaitable, Callable
from typing import Final, NoReturn

import structlog

from application.errors import MediaUnavailable, NotLeader, ProviderError, StoreUnavailable
from application.ports.clock import Clock

AWAY: Final = (StoreUnavailable, MediaUnavailable, ProviderError)
"""Others are away: the next turn may do."""

log = structlog.get_logger()


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
