"""Use case: add a bot to this deployment, or change one."""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Final

import structlog
from attrs import frozen

from application.audit import Audit
from application.ports.bot_directory import BotDirectory
from application.ports.clock import Clock
from domain.audit import AuditedAction
from domain.bot import BotRecord, bot_id_of
from domain.generation import UserId

log = structlog.get_logger()

NO_OPTIONS: Final[Mapping[str, str]] = MappingProxyType({})


@frozen(kw_only=True)
class AddBot:
    """Running instances take the change up by themselves within seconds."""

    _bots: BotDirectory
    _clock: Clock
    _audit: Audit

    async def __call__(
        self,
        token: str,
        kie_key: str,
        admins: Collection[UserId],
        options: Mapping[str, str] = NO_OPTIONS,
        *,
        by: UserId,
    ) -> tuple[BotRecord, bool]:
        """Return the bot and whether it is new.

        Raises StoreUnavailable, and SecretsUnreadable also where another row can't be opened: this one would then be sealed
        with a key that the instances do not have.
        """
        await self._bots.all()
        await self._bots.accounts()
        bot = BotRecord(
            id=bot_id_of(token),
            token=token,
            kie_key=kie_key,
            admins=frozenset(admins),
            options=dict(options),
            added_at=self._clock.now(),
        )
        await self._audit(AuditedAction.BOT_PUT, by=by, about=bot.id, details=" ".join(sorted(bot.options)))
        is_new = await self._bots.put(bot)
        log.info("bot.put", bot=bot.id, is_new=is_new)
        return bot, is_new
