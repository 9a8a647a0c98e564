"""Which handlers there are, and what stands around them."""

from collections.abc import Sequence
from functools import cache

from aiogram import Dispatcher, Router

from adapters.telegram.bot.guard import GuardedQueries
from adapters.telegram.bot.handlers.admin import admin_router
from adapters.telegram.bot.handlers.admin_billing import admin_billing_router
from adapters.telegram.bot.handlers.admin_unsafe import unsafe_router
from adapters.telegram.bot.handlers.billing import billing_router
from adapters.telegram.bot.handlers.browse import browse_router
from adapters.telegram.bot.handlers.card import card_router
from adapters.telegram.bot.handlers.generate import generate_router
from adapters.telegram.bot.handlers.generations import generations_router
from adapters.telegram.bot.handlers.history import history_router
from adapters.telegram.bot.handlers.ideas import ideas_router
from adapters.telegram.bot.handlers.inline import inline_router
from adapters.telegram.bot.handlers.invites import invites_router
from adapters.telegram.bot.handlers.payments import payments_router
from adapters.telegram.bot.handlers.presets import presets_router
from adapters.telegram.bot.handlers.privacy import privacy_router
from adapters.telegram.bot.handlers.rest import rest_router
from adapters.telegram.bot.handlers.settings import settings_router
from adapters.telegram.bot.handlers.start import start_router
from adapters.telegram.bot.handlers.studio import studio_router
from adapters.telegram.bot.handlers.wish import wish_router
from adapters.telegram.bot.middleware import OfTheBot


@cache
def dispatcher_of(*, sells: bool) -> Dispatcher:
    """All handlers, for every bot of the process that sells credits or does not: they take a third of what a bot would cost.

    What belongs to one bot comes with each update.
    """
    dispatcher = Dispatcher(disable_fsm=True)
    dispatcher.message.outer_middleware(OfTheBot("seen_words"))
    for name in ("traced_updates", "checkouts_in_time", "person_middleware", "refresh_notices"):
        dispatcher.update.outer_middleware(OfTheBot(name))
    for observer in (dispatcher.message, dispatcher.edited_message):
        observer.outer_middleware(OfTheBot("guarded_messages"))
    dispatcher.callback_query.outer_middleware(OfTheBot("guarded_presses"))
    dispatcher.inline_query.outer_middleware(GuardedQueries())
    dispatcher.include_routers(*routers(sells=sells))
    return dispatcher


def routers(*, sells: bool) -> Sequence[Router]:
    """All handlers, in the order in which they are asked. ``sells``: with those of buying credits."""
    selling = [admin_billing_router(), billing_router()] if sells else []
    return [
        payments_router(),
        privacy_router(),
        *selling,
        unsafe_router(),
        admin_router(),
        invites_router(),
        browse_router(),
        presets_router(),
        start_router(),
        studio_router(),
        generate_router(),
        generations_router(),
        history_router(),
        inline_router(),
        ideas_router(),
        settings_router(),
        card_router(),
        wish_router(),
        rest_router(),
    ]
