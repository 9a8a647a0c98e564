"""Use case: seal the secrets of all bots with the newest key."""

from attrs import frozen

from application.ports.bot_directory import BotDirectory


@frozen
class ResealBots:
    """After it the older keys of ``SECRETS_KEY`` are not needed any more."""

    _bots: BotDirectory

    async def __call__(self) -> int:
        """Return how many bots were sealed again. Raises StoreUnavailable, SecretsUnreadable."""
        bots = await self._bots.all()
        for bot in bots:
            await self._bots.put(bot)
        return len(bots)
