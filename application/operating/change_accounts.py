"""Use case: add an account at the provider to a bot, change or remove it."""

import structlog
from attrs import evolve, frozen

from application.audit import Audit
from application.errors import AccountInUse
from application.ports.bot_directory import BotDirectory
from application.ports.clock import Clock
from application.ports.provider_accounts import ProviderAccounts
from domain.audit import AuditedAction
from domain.bot import BotId, FurtherAccount, account_user
from domain.generation import UserId
from domain.provider_account import AccountName

log = structlog.get_logger()


@frozen(kw_only=True)
class ChangeAccounts:
    """Running instances take the change up by themselves within seconds."""

    _bots: BotDirectory
    _taken: ProviderAccounts
    _clock: Clock
    _audit: Audit

    async def add(self, bot_id: BotId, name: AccountName, kie_key: str, *, by: UserId) -> bool:
        """Write an account, or give it this key. Tasks are created on it from now on. Return whether it is new.

        Raises StoreUnavailable, and SecretsUnreadable also where another row can't be opened.
        """
        await self._bots.all()
        await self._bots.accounts()
        account = FurtherAccount(bot=bot_id, name=name, kie_key=kie_key, added_at=self._clock.now())
        await self._audit(AuditedAction.ACCOUNT_PUT, by=by, about=bot_id, details=name)
        is_new = await self._bots.put_account(account)
        log.info("account.put", bot=bot_id, account=name, is_new=is_new)
        return is_new

    async def pause(self, bot_id: BotId, name: AccountName, *, is_paused: bool, by: UserId) -> bool:
        """Create no task on it any more, or create them again. False: there is no such account.

        Raises StoreUnavailable, SecretsUnreadable.
        """
        for account in await self._bots.accounts():
            if (account.bot, account.name) == (bot_id, name):
                action = AuditedAction.ACCOUNT_PAUSE if is_paused else AuditedAction.ACCOUNT_RESUME
                await self._audit(action, by=by, about=bot_id, details=name)
                await self._bots.put_account(evolve(account, is_paused=is_paused))
                log.info("account.paused" if is_paused else "account.resumed", bot=bot_id, account=name)
                return True
        return False

    async def remove(self, bot_id: BotId, name: AccountName, *, by: UserId, forced: bool = False) -> bool:
        """Forget it. False: there is none.

        Raises:
            AccountInUse: tasks run on it, which can't be read any more without it. ``forced``: it is forgotten all the same.
            StoreUnavailable: it is kept.
        """
        if not forced and (under_way := await self._taken.uncertain([account_user(bot_id, name)])):
            raise AccountInUse(under_way)
        await self._audit(AuditedAction.ACCOUNT_REMOVE, by=by, about=bot_id, details=name)
        removed = await self._bots.remove_account(bot_id, name)
        if removed:
            log.info("account.removed", bot=bot_id, account=name)
        return removed
