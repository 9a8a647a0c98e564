"""Use case: change what a bot of this deployment has of its own."""

from collections.abc import Collection, Mapping

import structlog
from attrs import evolve, frozen

from application.audit import Audit
from application.ports.bot_directory import BotDirectory
from domain.audit import AuditedAction
from domain.bot import BotId, BotRecord, bot_id_of
from domain.generation import UserId

log = structlog.get_logger()


@frozen
class ChangeBot:
    """Running instances take the change up by themselves within seconds; they hand over what the bot has begun."""

    _bots: BotDirectory
    _audit: Audit

    async def __call__(
        self,
        bot_id: BotId,
        *,
        token: str | None = None,
        kie_key: str | None = None,
        admins: Collection[UserId] | None = None,
        options: Mapping[str, str],
        by: UserId,
    ) -> BotRecord | None:
        """Change what is given; None leaves it. An option whose value is empty is taken away. Return the bot, None: there is none.

        Raises ``ValueError`` for a token of another bot, StoreUnavailable, SecretsUnreadable.
        """
        if token is not None and bot_id_of(token) != bot_id:
            raise ValueError(f"is the token of another bot, {bot_id_of(token)}")
        bot = next((one for one in await self._bots.all() if one.id == bot_id), None)
        if bot is None:
            return None
        merged = {**bot.options, **options}
        changed = evolve(
            bot,
            token=bot.token if token is None else token,
            kie_key=bot.kie_key if kie_key is None else kie_key,
            admins=bot.admins if admins is None else frozenset(admins),
            options={name: value for name, value in merged.items() if value},
        )
        await self._audit(AuditedAction.BOT_PUT, by=by, about=bot_id, details=" ".join(sorted(options)))
        await self._bots.put(changed)
        log.info("bot.changed", bot=bot_id, options=sorted(options))
        return changed
