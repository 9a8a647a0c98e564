"""Use case: take a bot out of this deployment."""

import structlog
from attrs import frozen

from application.audit import Audit
from application.ports.bot_directory import BotDirectory
from domain.audit import AuditedAction
from domain.bot import BotId
from domain.generation import UserId

log = structlog.get_logger()


@frozen
class RemoveBot:
    """Instances hand it over to none and stop serving it. Its rows stay, so adding it again continues where it was."""

    _bots: BotDirectory
    _audit: Audit

    async def __call__(self, bot_id: BotId, *, by: UserId) -> bool:
        """Return whether there was such a bot. Raises StoreUnavailable."""
        await self._audit(AuditedAction.BOT_REMOVE, by=by, about=bot_id)
        removed = await self._bots.remove(bot_id)
        if removed:
            log.info("bot.removed", bot=bot_id)
        return removed
