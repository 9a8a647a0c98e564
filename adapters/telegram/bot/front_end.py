"""Puts the front end together."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import cache
from typing import Any

from aiogram import BaseMiddleware, Bot, Dispatcher, Router
from aiogram.types import TelegramObject
from attrs import asdict, frozen

from adapters.telegram.api.screens import Screens
from adapters.telegram.api.sender import Sender
from adapters.telegram.bot.billing.use_cases import BillingUseCases
from adapters.telegram.bot.card.card_page import CardPageKind
from adapters.telegram.bot.card.card_service import CardService
from adapters.telegram.bot.desk import AdminUseCases
from adapters.telegram.bot.guard import GuardedMessages, GuardedPresses, GuardedQueries
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
from adapters.telegram.bot.handlers.payments import CheckoutsInTime, payments_router
from adapters.telegram.bot.handlers.presets import presets_router
from adapters.telegram.bot.handlers.privacy import privacy_router
from adapters.telegram.bot.handlers.rest import rest_router
from adapters.telegram.bot.handlers.settings import settings_router
from adapters.telegram.bot.handlers.start import start_router
from adapters.telegram.bot.handlers.studio import studio_router
from adapters.telegram.bot.handlers.wish import wish_router
from adapters.telegram.bot.library.history import History
from adapters.telegram.bot.library.presets import Presets
from adapters.telegram.bot.menu import Menu
from adapters.telegram.bot.menus.favourites import Favourites
from adapters.telegram.bot.menus.helping import Helping
from adapters.telegram.bot.menus.improving import Improving
from adapters.telegram.bot.menus.marks import RefreshNotices
from adapters.telegram.bot.menus.model_lists import ModelLists
from adapters.telegram.bot.menus.offers import Offers
from adapters.telegram.bot.menus.side_by_side import SideBySidePage
from adapters.telegram.bot.person import People
from adapters.telegram.bot.questions import Questions
from adapters.telegram.bot.results.resending import Resending
from adapters.telegram.bot.results.results import ResultActions
from adapters.telegram.bot.seen_words import SeenWords
from adapters.telegram.bot.studio_links import StudioLinks
from adapters.telegram.bot.traced_updates import TracedUpdates
from adapters.telegram.bot.updates.polling import Polling
from adapters.telegram.bot.updates.update_handler import UpdateHandler
from adapters.telegram.bot.updates.update_source import UpdateSource
from adapters.telegram.bot.updates.webhook import WebhookUpdates
from application.catalog.find_models import FindModels
from application.catalog.model_notices import ModelNotices
from application.catalog.validate_input import ValidateInput
from application.generating.cancel_generation import CancelGeneration
from application.generating.cancel_newest import CancelNewest
from application.generating.stop_waiting import StopWaiting
from application.operating.accept_invite import AcceptInvite
from application.operating.export_person import ExportPerson
from application.operating.forget_myself import ForgetMyself
from application.ports.clock import Clock
from application.ports.generation_store import GenerationStore
from application.ports.model_catalog import ModelCatalog
from application.ports.preference_store import PreferenceStore
from application.ports.texts import Texts
from application.ports.tracer import Tracer
from application.ports.update_inbox import UpdateInbox
from application.preferences.change_preferences import ChangePreferences
from application.wishes.use_templates import UseTemplates


@frozen(kw_only=True)
class HandlerArguments:
    """What handlers are given by name: the names of these fields."""

    texts: Texts
    catalog: ModelCatalog
    generations: GenerationStore
    preferences: PreferenceStore
    validate_input: ValidateInput
    change_preferences: ChangePreferences
    cancel_generation: CancelGeneration
    cancel_newest: CancelNewest
    stop_waiting: StopWaiting
    find_models: FindModels
    accept_invite: AcceptInvite
    desk: AdminUseCases
    notices: ModelNotices
    screens: Screens
    cards: CardService
    offers: Offers
    improving: Improving
    side_by_side: SideBySidePage
    helping: Helping
    templates: UseTemplates
    sender: Sender
    results: ResultActions
    favourites: Favourites
    presets: Presets
    history: History
    model_lists: ModelLists
    resending: Resending
    billing: BillingUseCases
    studio_links: StudioLinks
    export_person: ExportPerson
    forget_myself: ForgetMyself

    @property
    def questions(self) -> Questions:
        """Whom the next words of a person go to, by the page their draft is at."""
        return {
            CardPageKind.KEEP: self.presets.keep,
            CardPageKind.RENAME: self.presets.rename,
            CardPageKind.SEARCH: self.history.search,
        }

    def by_name(self) -> Mapping[str, Any]:
        """For aiogram's dispatcher."""
        return {**asdict(self, recurse=False), "questions": self.questions}


@frozen(kw_only=True)
class FrontEnd:
    """``duty`` is for the leader."""

    duty: Polling | WebhookUpdates
    _bot: Bot

    @property
    def hook(self) -> WebhookUpdates | None:
        """What takes the updates that Telegram brings, on every instance; None when they are polled."""
        return self.duty if isinstance(self.duty, WebhookUpdates) else None

    def status(self) -> Mapping[str, object]:
        """For the status page: how updates come, and why they do not at the moment."""
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
    people: People,
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
        "people": people,
        "refresh_notices": RefreshNotices(arguments.notices),
        "guarded_messages": GuardedMessages(arguments.screens),
        "guarded_presses": GuardedPresses(arguments.screens),
    }
    handler = UpdateHandler(bot, dispatcher_of(sells=arguments.billing.is_on), own)
    return FrontEnd(duty=update_source.duty(bot, handler, inbox, menu, clock), bot=bot)


class OfTheBot(BaseMiddleware):
    """The middleware of this name that the bot of the update has."""

    def __init__(self, name: str) -> None:
        self._name = name

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> object:
        return await data[self._name](handler, event, data)


@cache
def dispatcher_of(*, sells: bool) -> Dispatcher:
    """All handlers, for every bot of the process that sells credits or does not: they take a third of what a bot would cost.

    What belongs to one bot comes with each update.
    """
    dispatcher = Dispatcher(disable_fsm=True)
    dispatcher.message.outer_middleware(OfTheBot("seen_words"))
    for name in ("traced_updates", "checkouts_in_time", "people", "refresh_notices"):
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
