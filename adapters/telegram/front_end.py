"""Puts the front end together."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import Final

from aiogram import Bot, Dispatcher
from aiohttp import web
from attrs import frozen

from adapters.telegram.at_once import AtOnce
from adapters.telegram.card.cards import Cards
from adapters.telegram.card.past import Recollection
from adapters.telegram.card.place import Page
from adapters.telegram.desk import Desk
from adapters.telegram.favourites import Favourites
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
from adapters.telegram.history import History
from adapters.telegram.intake import Intake
from adapters.telegram.marks import Noticing
from adapters.telegram.menu import Menu
from adapters.telegram.offers import Offers
from adapters.telegram.originals import Originals
from adapters.telegram.person import People
from adapters.telegram.polling import Polling
from adapters.telegram.presets import Presets
from adapters.telegram.previews import Previews
from adapters.telegram.questions import Questions
from adapters.telegram.reception import Reception
from adapters.telegram.resending import Resending
from adapters.telegram.result_buttons import ResultButtons
from adapters.telegram.results import Results
from adapters.telegram.screens import Screens
from adapters.telegram.sender import Sender
from adapters.telegram.shelves import Shelves
from adapters.telegram.standing_hook import WEBHOOK_PATH
from adapters.telegram.webhook import Webhook
from application.model_notices import ModelNotices
from application.ports.clock import Clock
from application.ports.draft_store import DraftStore
from application.ports.generation_store import GenerationStore
from application.ports.ids import Ids
from application.ports.model_catalog import ModelCatalog
from application.ports.preference_store import PreferenceStore
from application.ports.preset_store import PresetStore
from application.ports.result_fetcher import ResultFetcher
from application.ports.texts import Texts
from application.ports.update_log import UpdateLog
from application.use_cases.accept_invite import AcceptInvite
from application.use_cases.cancel_generation import CancelGeneration
from application.use_cases.find_models import FindModels
from application.use_cases.list_generations import ListGenerations
from application.use_cases.meet_person import MeetPerson
from application.use_cases.next_steps import NextSteps
from application.use_cases.open_preset import OpenPreset
from application.use_cases.read_credits import ReadCredits
from application.use_cases.request_generation import RequestGeneration
from application.use_cases.save_preset import SavePreset
from application.use_cases.share_preset import SharePreset
from application.use_cases.stop_waiting import StopWaiting
from application.use_cases.validate_input import ValidateInput
from domain.generation import UserId

POLLED: Final = Reception()


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
    clock: Clock,
    ids: Ids,
    texts: Texts,
    catalog: ModelCatalog,
    generations: GenerationStore,
    drafts: DraftStore,
    preferences: PreferenceStore,
    preset_store: PresetStore,
    updates: UpdateLog,
    meet_person: MeetPerson,
    accept_invite: AcceptInvite,
    desk: Desk,
    validate: ValidateInput,
    find_models: FindModels,
    next_steps: NextSteps,
    fetcher: ResultFetcher,
    request_generation: RequestGeneration,
    cancel_generation: CancelGeneration,
    list_generations: ListGenerations,
    stop_waiting: StopWaiting,
    read_credits: ReadCredits,
    save_preset: SavePreset,
    share_preset: SharePreset,
    open_preset: OpenPreset,
    admin_users: Collection[UserId] = (),
    reception: Reception = POLLED,
    confirm_credits: float,
) -> FrontEnd:
    """Build it; nothing is opened or sent yet.

    Args:
        bot: from ``open_bot``; closed by ``FrontEnd.close``.
        confirm_credits: from this price on a wish is confirmed once more.
        meet_person: knows whom it serves, and who the admins are.
        desk: what /admin works with.
        admin_users: whose chats show the operator's command.
        reception: how updates come in.
    """
    sender = Sender(bot)
    screens = Screens(sender)
    cards = Cards(
        screens=screens,
        drafts=drafts,
        validate=validate,
        request_generation=request_generation,
        notices=desk.notices,
        recollection=Recollection(generations=generations, list_generations=list_generations, catalog=catalog),
        read_credits=read_credits,
        clock=clock,
        ids=ids,
        confirm_credits=confirm_credits,
    )
    offers = Offers(
        cards=cards,
        at_once=AtOnce(cards=cards, notices=desk.notices),
        catalog=catalog,
        find_models=find_models,
        notices=desk.notices,
    )
    buttons = ResultButtons(catalog=catalog, next_steps=next_steps)
    favourites = Favourites(preferences)
    results = Results(
        cards=cards,
        offers=offers,
        catalog=catalog,
        next_steps=next_steps,
        buttons=buttons,
        screens=screens,
        favourites=favourites,
        originals=Originals(sender=sender, screens=screens, fetcher=fetcher),
    )
    presets = Presets(
        bot=bot,
        cards=cards,
        screens=screens,
        catalog=catalog,
        store=preset_store,
        save=save_preset,
        share=share_preset,
        open=open_preset,
    )
    history = History(
        bot=bot,
        cards=cards,
        screens=screens,
        previews=Previews(sender=sender, screens=screens),
        catalog=catalog,
        generations=generations,
        list=list_generations,
        drafts=drafts,
    )
    questions: Questions = {Page.KEEP: presets.keep, Page.RENAME: presets.rename, Page.SEARCH: history.search}
    dispatcher = Dispatcher(
        disable_fsm=True,
        texts=texts,
        catalog=catalog,
        generations=generations,
        drafts=drafts,
        preferences=preferences,
        request_generation=request_generation,
        cancel_generation=cancel_generation,
        list_generations=list_generations,
        stop_waiting=stop_waiting,
        find_models=find_models,
        accept_invite=accept_invite,
        desk=desk,
        notices=desk.notices,
        screens=screens,
        cards=cards,
        offers=offers,
        results=results,
        favourites=favourites,
        presets=presets,
        history=history,
        preset_store=preset_store,
        questions=questions,
        shelves=Shelves(catalog=catalog, list_generations=list_generations, notices=desk.notices),
        resending=Resending(sender=sender, screens=screens, catalog=catalog, buttons=buttons),
    )
    people = People(texts=texts, preferences=preferences, meet_person=meet_person, clock=clock)
    _add_handlers(dispatcher, people, screens, desk.notices)
    intake, menu = Intake(bot, dispatcher, updates, clock), Menu(bot=bot, texts=texts, admins=admin_users)
    duty = reception.duty(bot, intake, menu, clock)
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
