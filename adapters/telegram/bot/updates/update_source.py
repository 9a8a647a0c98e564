"""How updates come in: asked for, or brought."""

from aiogram import Bot
from attrs import frozen

from adapters.telegram.bot.menu import Menu
from adapters.telegram.bot.updates.existing_webhook import WEBHOOK_PATH, ExistingWebhook
from adapters.telegram.bot.updates.no_updates import NoUpdates
from adapters.telegram.bot.updates.polling import Polling, PollingRecovery
from adapters.telegram.bot.updates.polling_conflicts import PollingConflicts
from adapters.telegram.bot.updates.update_handler import UpdateHandler
from adapters.telegram.bot.updates.update_worker import UpdateWorker
from adapters.telegram.bot.updates.webhook import WebhookUpdates
from application.ports.clock import Clock
from application.ports.update_inbox import UpdateInbox


@frozen(kw_only=True)
class UpdateSource:
    """``webhook_base`` is our public address for Telegram to bring the updates to; None: they are polled.

    For polling: ``public_url``, by which a webhook of our own is known; ``yields`` leaves polling to another program that
    uses the same token, as a copy on a laptop should. ``is_open`` is False where Telegram is no door.
    """

    webhook_base: str | None = None
    public_url: str | None = None
    yields: bool = False
    is_open: bool = True

    def duty(
        self, bot: Bot, handler: UpdateHandler, inbox: UpdateInbox, menu: Menu, clock: Clock
    ) -> Polling | WebhookUpdates | NoUpdates:
        """What the leader does for it."""
        if not self.is_open:
            return NoUpdates()
        source = str(bot.id)
        worker = UpdateWorker(handler, inbox, clock, source=source)
        if self.webhook_base is not None:
            url = self.webhook_base + WEBHOOK_PATH
            return WebhookUpdates(bot, worker, inbox, menu, clock, url=url)
        recovery = PollingRecovery(
            clock, ExistingWebhook(bot, own_url=self.public_url), PollingConflicts(clock, yields=self.yields)
        )
        return Polling(bot, worker, menu, clock, recovery=recovery)
