"""How updates come in: asked for, or brought."""

from aiogram import Bot
from attrs import frozen

from adapters.telegram.bot.menu import Menu
from adapters.telegram.bot.updates.intake import Intake
from adapters.telegram.bot.updates.polling import Polling
from adapters.telegram.bot.updates.rivals import Rivals
from adapters.telegram.bot.updates.standing_hook import WEBHOOK_PATH, StandingHook
from adapters.telegram.bot.updates.webhook import Webhook
from application.ports.clock import Clock


@frozen(kw_only=True)
class Reception:
    """``webhook_base`` is our public address for Telegram to bring the updates to; None: they are polled.

    For polling: ``public_url``, by which a hook of our own is known; ``yields`` makes way for another program that polls
    with the same token, as a copy on a laptop should.
    """

    webhook_base: str | None = None
    public_url: str | None = None
    yields: bool = False

    def duty(self, bot: Bot, intake: Intake, menu: Menu, clock: Clock) -> Polling | Webhook:
        """What the leader does for it."""
        if self.webhook_base is not None:
            return Webhook(bot, intake, menu, clock, url=self.webhook_base + WEBHOOK_PATH)
        hook = StandingHook(bot, own_url=self.public_url)
        return Polling(bot, intake, menu, clock, hook=hook, rivals=Rivals(clock, yields=self.yields))
