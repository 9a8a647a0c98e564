"""The object graph of the Telegram front end."""

from urllib.parse import urlsplit

import aiogram
from dependency_injector import containers, providers

from adapters.system.tracer import NoTracer
from adapters.telegram.api.screens import Screens
from adapters.telegram.api.sender import Sender
from adapters.telegram.bot.card.card_service import CardService, DraftUseCases
from adapters.telegram.bot.front_end import build_front_end
from adapters.telegram.bot.handler_arguments import HandlerArguments
from adapters.telegram.bot.library.history import History
from adapters.telegram.bot.library.presets import Presets
from adapters.telegram.bot.menu import Menu
from adapters.telegram.bot.menus.favourites import Favourites
from adapters.telegram.bot.menus.helping import Helping
from adapters.telegram.bot.menus.improving import Improving
from adapters.telegram.bot.menus.model_lists import ModelLists
from adapters.telegram.bot.menus.offer_view import OfferView
from adapters.telegram.bot.menus.offers import Offers, WishUseCases
from adapters.telegram.bot.menus.side_by_side import SideBySidePage
from adapters.telegram.bot.menus.talk import Talk
from adapters.telegram.bot.person import People
from adapters.telegram.bot.results.comparing import Comparing
from adapters.telegram.bot.results.originals import Originals
from adapters.telegram.bot.results.previews import Previews
from adapters.telegram.bot.results.resending import Resending
from adapters.telegram.bot.results.result_buttons import ResultButtons
from adapters.telegram.bot.results.results import ResultActions
from adapters.telegram.bot.studio_links import StudioLinks
from adapters.telegram.bot.updates.update_source import UpdateSource
from application.drafts.delete_preset import DeletePreset
from application.drafts.open_preset import OpenPreset
from application.drafts.rename_preset import RenamePreset
from application.drafts.save_preset import SavePreset
from application.drafts.share_preset import SharePreset
from application.drafts.unshare_preset import UnsharePreset
from application.generating.background_tasks import BackgroundTasks
from application.ports.chat_session_store import ChatSessionStore
from application.ports.clock import Clock
from application.ports.draft_store import DraftStore
from application.ports.generation_store import GenerationStore
from application.ports.ids import Ids
from application.ports.model_catalog import ModelCatalog
from application.ports.preference_store import PreferenceStore
from application.ports.preset_store import PresetStore
from application.ports.result_fetcher import ResultFetcher
from application.ports.texts import Texts
from application.ports.tracer import Tracer
from application.ports.update_inbox import UpdateInbox
from application.results.delete_generation import DeleteGeneration
from application.results.next_steps import NextSteps
from application.results.page_history import PageHistory
from config.settings import Settings


def update_source(settings: Settings) -> UpdateSource:
    """How updates come in. A service on a database of its own is most likely a trial with a token in use elsewhere."""
    return UpdateSource(
        webhook_base=settings.public_url if settings.telegram_mode == "webhook" else None,
        public_url=settings.public_url,
        yields=settings.database_url is None,
    )


def studio_links(settings: Settings) -> StudioLinks:
    """To where the studio is, if it is wanted and the service knows its own address.

    Telegram refuses a message with a link to a host without a dot, such as localhost: no result may be lost by a button.
    """
    host = urlsplit(settings.public_url or "").hostname or ""
    return StudioLinks(settings.public_url if "web" in settings.front_ends and "." in host else None)


class Telegram(containers.DeclarativeContainer):
    """Cards, offers, results, history and the rest of what people meet, over ports and use cases that come from outside."""

    settings = providers.Dependency(instance_of=Settings)
    bot = providers.Dependency(instance_of=aiogram.Bot)
    core = providers.DependenciesContainer()
    operation = providers.DependenciesContainer()
    product = providers.DependenciesContainer()
    assisting = providers.DependenciesContainer()
    billing = providers.DependenciesContainer()
    catalog: providers.Provider[ModelCatalog] = providers.Dependency()
    next_steps: providers.Provider[NextSteps] = providers.Dependency()
    texts: providers.Provider[Texts] = providers.Dependency()
    generations: providers.Provider[GenerationStore] = providers.Dependency()
    drafts: providers.Provider[DraftStore] = providers.Dependency()
    sessions: providers.Provider[ChatSessionStore] = providers.Dependency()
    preferences: providers.Provider[PreferenceStore] = providers.Dependency()
    preset_store: providers.Provider[PresetStore] = providers.Dependency()
    updates: providers.Provider[UpdateInbox] = providers.Dependency()
    fetcher: providers.Provider[ResultFetcher] = providers.Dependency()
    clock: providers.Provider[Clock] = providers.Dependency()
    ids: providers.Provider[Ids] = providers.Dependency()
    tracer: providers.Provider[Tracer] = providers.Singleton(NoTracer)

    notices = operation.notices

    sender = providers.Singleton(Sender, bot)
    screens = providers.Singleton(Screens, sender)
    studio_links = providers.Singleton(studio_links, settings)
    cards = providers.Singleton(
        CardService,
        screens=screens,
        sessions=sessions,
        drafts=drafts,
        use=providers.Singleton(
            DraftUseCases,
            start=product.start_draft,
            edit=product.edit_draft,
            quote=product.quote_draft,
            run=product.run_draft,
            run_at_once=product.run_at_once,
            fill_as_last_time=product.fill_as_last_time,
            continue_task=product.continue_task,
            repeat=product.repeat_generation,
            improve=assisting.improve_prompt,
        ),
        history=product.history_reader,
        read_credits=core.read_credits,
        studio=studio_links,
        clock=clock,
        ids=ids,
    )
    offers = providers.Singleton(
        Offers,
        cards=cards,
        screens=screens,
        catalog=catalog,
        use=providers.Singleton(
            WishUseCases,
            place=product.place_message,
            last_result=product.find_last_result,
            offer=product.offer_models,
            ready=product.choose_ready,
            improve=assisting.improve_prompt,
            look=assisting.look_and_listen,
            help=assisting.read_with_help,
        ),
        background=providers.Singleton(BackgroundTasks),
        talk=providers.Singleton(Talk, catalog=catalog, notices=notices, price_examples=product.price_examples),
        view=providers.Singleton(OfferView, catalog=catalog, notices=notices, prices=core.person_price),
    )
    improving = providers.Singleton(
        Improving, cards=cards, offers=offers, screens=screens, catalog=catalog, improve=assisting.improve_prompt
    )
    side_by_side = providers.Singleton(
        SideBySidePage,
        cards=cards,
        offers=offers,
        screens=screens,
        catalog=catalog,
        choose=product.choose_ready,
        run=product.run_several,
    )
    result_buttons = providers.Singleton(ResultButtons, catalog=catalog, next_steps=next_steps, studio=studio_links)
    resending = providers.Singleton(
        Resending,
        sender=sender,
        screens=screens,
        catalog=catalog,
        buttons=result_buttons,
        open_result=core.open_result,
        note_sent_again=core.note_sent_again,
    )
    favourites = providers.Singleton(Favourites, product.change_preferences)
    results = providers.Singleton(
        ResultActions,
        cards=cards,
        offers=offers,
        catalog=catalog,
        next_steps=next_steps,
        buttons=result_buttons,
        screens=screens,
        favourites=favourites,
        originals=providers.Singleton(Originals, sender=sender, screens=screens, fetcher=fetcher),
        resending=resending,
        comparing=providers.Singleton(Comparing, sender),
        undo=product.undo_edit,
        step_before=product.find_step_before,
    )
    presets = providers.Singleton(
        Presets,
        bot=bot,
        cards=cards,
        screens=screens,
        catalog=catalog,
        store=preset_store,
        save=providers.Singleton(SavePreset, store=preset_store, ids=ids, clock=clock),
        share=providers.Singleton(SharePreset, store=preset_store, ids=ids),
        open=providers.Singleton(OpenPreset, catalog, core.validate_input),
        rename=providers.Singleton(RenamePreset, store=preset_store),
        unshare=providers.Singleton(UnsharePreset, store=preset_store),
        delete=providers.Singleton(DeletePreset, store=preset_store),
    )
    history = providers.Singleton(
        History,
        bot=bot,
        cards=cards,
        screens=screens,
        previews=providers.Singleton(Previews, sender=sender, screens=screens),
        catalog=catalog,
        pages=providers.Singleton(PageHistory, generations=generations),
        delete=providers.Singleton(DeleteGeneration, generations=generations, drafts=drafts, media=product.media_index),
    )
    arguments = providers.Singleton(
        HandlerArguments,
        texts=texts,
        catalog=catalog,
        generations=generations,
        preferences=preferences,
        validate_input=core.validate_input,
        change_preferences=product.change_preferences,
        cancel_generation=core.cancel_generation,
        cancel_newest=core.cancel_newest,
        stop_waiting=core.stop_waiting,
        find_models=core.find_models,
        accept_invite=operation.accept_invite,
        desk=operation.desk,
        notices=notices,
        screens=screens,
        cards=cards,
        offers=offers,
        improving=improving,
        side_by_side=side_by_side,
        templates=product.use_templates,
        sender=sender,
        helping=providers.Singleton(Helping, offers=offers, screens=screens, look=assisting.look_and_listen),
        results=results,
        favourites=favourites,
        presets=presets,
        history=history,
        model_lists=providers.Singleton(
            ModelLists, browse=product.browse_models, notices=notices, prices=core.person_price
        ),
        resending=resending,
        billing=billing.use_cases,
        studio_links=studio_links,
        export_person=operation.export_person,
        forget_myself=operation.forget_myself,
    )
    front_end = providers.Singleton(
        build_front_end,
        bot=bot,
        arguments=arguments,
        people=providers.Singleton(
            People,
            screens=screens,
            texts=texts,
            preferences=preferences,
            meet_person=operation.meet_person,
            clock=clock,
        ),
        menu=providers.Singleton(
            Menu,
            bot=bot,
            texts=texts,
            admins=settings.provided.admin_users,
            sells=settings.provided.billing.is_on,
            studio=studio_links,
            name=settings.provided.bot_name,
        ),
        inbox=updates,
        clock=clock,
        update_source=providers.Callable(update_source, settings),
        tracer=tracer,
    )
