"""Use case: take a bot out of this deployment."""

from collections.abc import Callable

import structlog
from attrs import frozen

from application.audit import Audit
from application.errors import StillRunning
from application.ports.bot_directory import BotDirectory
from application.ports.generation_store import GenerationStore
from domain.audit import AuditedAction
from domain.bot import BotId
from domain.generation import UserId
from domain.provider_account import MAIN_ACCOUNT

log = structlog.get_logger()


@frozen
class RemoveBot:
    """Instances hand it over to none and stop serving it. Its rows stay, so adding it again continues where it was."""

    _bots: BotDirectory
    _generations_of: Callable[[BotId], GenerationStore]
    _audit: Audit

    async def __call__(self, bot_id: BotId, *, by: UserId, forced: bool = False) -> bool:
        """Return whether there was such a bot.

        Raises:
            StillRunning: generations of it are not at their end, and no one would carry them on. ``forced``: it goes all the same.
            StoreUnavailable: it stays.
        """
        if not forced and await self._is_there(bot_id) and (open_ := await self._generations_of(bot_id).unfinished()):
            raise StillRunning(len(open_))
        await self._audit(AuditedAction.BOT_REMOVE, by=by, about=bot_id)
        removed = await self._bots.remove(bot_id)
        if removed:
            log.info("bot.removed", bot=bot_id)
        return removed

    async def _is_there(self, bot_id: BotId) -> bool:
        found = await self._bots.readable()
        return (bot_id, MAIN_ACCOUNT) in found.sealed or any(bot.id == bot_id for bot in found.bots)
