"""Use case: seal the secrets of all bots and accounts with the newest key."""

from attrs import frozen

from application.audit import Audit
from application.ports.bot_directory import BotDirectory
from domain.audit import AuditedAction
from domain.generation import UserId


@frozen
class ResealBots:
    """After it the older keys of ``SECRETS_KEY`` are not needed any more."""

    _bots: BotDirectory
    _audit: Audit

    async def __call__(self, *, by: UserId) -> int:
        """Return how many bots and accounts were sealed again. Raises StoreUnavailable, SecretsUnreadable."""
        await self._audit(AuditedAction.BOTS_RESEAL, by=by)
        bots, accounts = await self._bots.all(), await self._bots.accounts()
        for bot in bots:
            await self._bots.put(bot)
        for account in accounts:
            await self._bots.put_account(account)
        return len(bots) + len(accounts)
