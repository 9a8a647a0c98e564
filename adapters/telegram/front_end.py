"""Puts the front end together."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiogram import Bot, Dispatcher
from aiohttp import web
from attrs import asdict, frozen

from adapters.telegram.card.cards import Cards
from adapters.telegram.card.place import Page
from adapters.telegram.desk import AdminUseCases
from adapters.telegram.guard import GuardedMessages, GuardedPresses, GuardedQueries
from adapters.telegram.handlers.admin import admin_router
from adapters.telegram.handlers.browse import browse_router
from adapters.telegram.handlers.card import card_router
from adapters.telegram.handlers.generate import generate_router
from adapters.telegram.handlers.generations import generations_router
from adapters.telegram.handlers.history import history_router
from adapters.telegram.handlers.inline import inline_router
from adapters.telegram.handlers.invites import invites_router
from adapters.telegram.handlers.presets import presets_router
from adapters.telegram.handlers.rest import rest_router
from adapters.telegram.handlers.settings import settings_router
from adapters.telegram.handlers.start import start_router
from adapters.telegram.handlers.wish import wish_router
from adapters.telegram.library.history import History
from adapters.telegram.library.presets import Presets
from adapters.telegram.menu import Menu
from adapters.telegram.menus.favourites import Favourites
from adapters.telegram.menus.marks import Noticing
from adapters.telegram.menus.offers import Offers
from adapters.telegram.menus.shelves import Shelves
from adapters.telegram.person import People
from adapters.telegram.questions import Questions
from adapters.telegram.results.resending import Resending
from adapters.telegram.results.results import Results
from adapters.telegram.screens import Screens
from adapters.telegram.updates.intake import Intake
from adapters.telegram.updates.polling import Polling
from adapters.telegram.updates.reception import Reception
from adapters.telegram.updates.standing_hook import WEBHOOK_PATH
from adapters.telegram.updates.webhook import Webhook
from application.catalog.find_models import FindModels
from application.catalog.model_notices import ModelNotices
from application.generating.cancel_generation import CancelGeneration
from application.generating.request_generation import RequestGeneration
from application.generating.stop_waiting import StopWaiting
from application.operating.accept_invite import AcceptInvite
from application.ports.clock import Clock
from application.ports.draft_store import DraftStore
from application.ports.generation_store import GenerationStore
from application.ports.model_catalog import ModelCatalog
from application.ports.preference_store import PreferenceStore
from application.ports.texts import Texts
from application.ports.update_log import UpdateLog
from application.results.list_generations import ListGenerations


@frozen(kw_only=True)
class HandlerArguments:
    """What handlers are given by name: the names of these fields."""

    texts: Texts
    catalog: ModelCatalog
    generations: GenerationStore
    drafts: DraftStore
    preferences: PreferenceStore
    request_generation: RequestGeneration
    cancel_generation: CancelGeneration
    list_generations: ListGenerations
    stop_waiting: StopWaiting
    find_models: FindModels
    accept_invite: AcceptInvite
    desk: AdminUseCases
    notices: ModelNotices
    screens: Screens
    cards: Cards
    offers: Offers
    results: Results
    favourites: Favourites
    presets: Presets
    history: History
    shelves: Shelves
    resending: Resending

    @property
    def questions(self) -> Questions:
        """Whom the next words of a person go to, by the page their draft is at."""
        return {Page.KEEP: self.presets.keep, Page.RENAME: self.presets.rename, Page.SEARCH: self.history.search}

    def by_name(self) -> Mapping[str, Any]:
        """For aiogram's dispatcher."""
        return {**asdict(self, recurse=False), "questions": self.questions}


@frozen(kw_only=True)
class FrontEnd:
    """``duty`` is for the leader; ``posts`` are the routes that every instance serves (none when polling)."""

    duty: Polling | Webhook
    posts: Mapping[str, Callable[[web.Request], Awaitable[web.StreamResponse]]]
    _bot: Bot

    def status(self) -> Mapping[str, object]:
        """For the status page: how updates come, and why they do not at the moment."""
        if isinstance(self.duty, Webhook):
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
    updates: UpdateLog,
    clock: Clock,
    reception: Reception,
) -> FrontEnd:
    """Build it; nothing is opened or sent yet. ``bot`` comes from ``open_bot`` and is closed by ``FrontEnd.close``."""
    dispatcher = Dispatcher(disable_fsm=True, **arguments.by_name())
    _add_handlers(dispatcher, people, arguments.screens, arguments.notices)
    duty = reception.duty(bot, Intake(bot, dispatcher, updates, clock), menu, clock)
    return FrontEnd(duty=duty, posts={WEBHOOK_PATH: duty.handle} if isinstance(duty, Webhook) else {}, bot=bot)


def _add_handlers(dispatcher: Dispatcher, people: People, screens: Screens, notices: ModelNotices) -> None:
    dispatcher.update.outer_middleware(people)
    dispatcher.update.outer_middleware(Noticing(notices))
    for observer in (dispatcher.message, dispatcher.edited_message):
        observer.outer_middleware(GuardedMessages(screens))
    dispatcher.callback_query.outer_middleware(GuardedPresses())
    dispatcher.inline_query.outer_middleware(GuardedQueries())
    dispatcher.include_routers(
        admin_router(),
        invites_router(),
        browse_router(),
        presets_router(),
        start_router(),
        generate_router(),
        generations_router(),
        history_router(),
        inline_router(),
        settings_router(),
        card_router(),
        wish_router(),
        rest_router(),
    )
