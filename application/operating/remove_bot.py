"""Use case: take a bot out of this deployment."""

import structlog
from attrs import frozen

from application.ports.bot_directory import BotDirectory
from domain.bot import BotId

log = structlog.get_logger()


@frozen
class RemoveBot:
    """Instances hand it over to none and stop serving it. Its rows stay, so adding it again continues where it was."""

    _bots: BotDirectory

    async def __call__(self, bot_id: BotId) -> bool:
        """Return whether there was such a bot. Raises StoreUnavailable."""
        removed = await self._bots.remove(bot_id)
        if removed:
            log.info("bot.removed", bot=bot_id)
        return removed
