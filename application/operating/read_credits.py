"""What is left on the provider's account, for anyone who may know."""

import asyncio
from typing import Final

import structlog
from attrs import define, field

from application.generating.bot_accounts import BotAccounts
from application.ports.clock import Clock

FRESH_S: Final = 60.0
"""How old the figure may be: it stands on cards that are drawn again with every press."""
PATIENCE_S: Final = 2.0

log = structlog.get_logger()


@define(eq=False)
class ReadCredits:
    """The provider's figure, as it was within the last minute: all accounts together that say what they have."""

    _accounts: BotAccounts
    _clock: Clock
    _patience_s: float = PATIENCE_S
    _read_at: float = field(default=float("-inf"), init=False)
    _left: float | None = field(default=None, init=False)

    async def __call__(self, *, at_once: bool = False) -> float | None:
        """Credits, asked for again with ``at_once``; None while the provider does not say."""
        if at_once or self._clock.monotonic() - self._read_at >= FRESH_S:
            self._read_at = self._clock.monotonic()
            self._left = await self._ask()
        return self._left

    async def _ask(self) -> float | None:
        try:
            async with asyncio.timeout(self._patience_s):
                found = await self._accounts.credits_of_each()
        except TimeoutError:
            found = {}
        said = [left for left in found.values() if left is not None]
        if len(said) < len(found) or not found:
            log.warning("credits.not_read", accounts=[name for name, left in found.items() if left is None])
        return sum(said) if said else None
