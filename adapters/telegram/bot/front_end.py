"""Puts the front end together."""

from collections.abc import Mapping

from aiogram import Bot
from attrs import frozen

from adapters.telegram.bot.dispatcher import dispatcher_of
from adapters.telegram.bot.guard import GuardedMessages, GuardedPresses
from adapters.telegram.bot.handler_arguments import HandlerArguments
from adapters.telegram.bot.menu import Menu
from adapters.telegram.bot.middleware import CheckoutsInTime, PersonMiddleware, RefreshNotices, SeenWords, TracedUpdates
from adapters.telegram.bot.updates.no_updates import NoUpdates
from adapters.telegram.bot.updates.polling import Polling
from adapters.telegram.bot.updates.update_handler import UpdateHandler
from adapters.telegram.bot.updates.update_source import UpdateSource
from adapters.telegram.bot.updates.webhook import WebhookUpdates
from application.ports.clock import Clock
from application.ports.tracer import Tracer
from application.ports.update_inbox import UpdateInbox


@frozen(kw_only=True)
class FrontEnd:
    """``duty`` is for the leader."""

    duty: Polling | WebhookUpdates | NoUpdates
    _bot: Bot

    @property
    def hook(self) -> WebhookUpdates | None:
        """What takes the updates that Telegram brings, on every instance; None when they are polled."""
        return self.duty if isinstance(self.duty, WebhookUpdates) else None

    def status(self) -> Mapping[str, object]:
        """For the status page: how updates come, and why they do not at the moment."""
        if isinstance(self.duty, NoUpdates):
            return {"mode": "closed", "trouble": None}
        if isinstance(self.duty, WebhookUpdates):
            return {"mode": "webhook", "trouble": self.duty.trouble}
        return {"mode": "polling", "trouble": self.duty.trouble, "conflicts": self.duty.conflicts}

    async def close(self) -> None:
        """Close the connections to Telegram."""
        await self._bot.session.close()


def build_front_end(
    *,
    bot: Bot,
    arguments: HandlerArguments,
    people: PersonMiddleware,
    menu: Menu,
    inbox: UpdateInbox,
    clock: Clock,
    update_source: UpdateSource,
    tracer: Tracer,
) -> FrontEnd:
    """Build it; nothing is opened or sent yet. ``bot`` comes from ``open_bot`` and is closed by ``FrontEnd.close``."""
    own = {
        **arguments.by_name(),
        "seen_words": SeenWords(),
        "traced_updates": TracedUpdates(tracer),
        "checkouts_in_time": CheckoutsInTime(arguments.texts),
        "person_middleware": people,
        "refresh_notices": RefreshNotices(arguments.models.notices),
        "guarded_messages": GuardedMessages(arguments.screens),
        "guarded_presses": GuardedPresses(arguments.screens),
    }
    handler = UpdateHandler(bot, dispatcher_of(sells=arguments.billing.is_on), own)
    return FrontEnd(duty=update_source.duty(bot, handler, inbox, menu, clock), bot=bot)
