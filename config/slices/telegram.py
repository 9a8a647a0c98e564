"""The Telegram front end: what handlers are given, what stands around them, and how updates come in."""

from dependency_injector import providers

from adapters.telegram.bot.desk import AdminUseCases
from adapters.telegram.bot.front_end import build_front_end
from adapters.telegram.bot.handler_arguments import HandlerArguments
from adapters.telegram.bot.library.history import History
from adapters.telegram.bot.library.presets import Presets
from adapters.telegram.bot.menu import Menu
from adapters.telegram.bot.menus.model_lists import ModelLists
from adapters.telegram.bot.middleware import PersonMiddleware
from adapters.telegram.bot.results.previews import Previews
from adapters.telegram.bot.updates.update_source import UpdateSource
from application.ports.update_inbox import UpdateInbox
from application.results.page_history import PageHistory
from config.settings import Settings
from config.slices.operating import Operating
from config.slices.ports import Ports
from config.slices.telegram_cards import TelegramCards


def update_source(settings: Settings) -> UpdateSource:
    """How updates come in. A service on a database of its own is most likely a trial with a token in use elsewhere."""
    return UpdateSource(
        webhook_base=settings.public_url if settings.telegram_mode == "webhook" else None,
        public_url=settings.public_url,
        yields=settings.database_url is None,
        is_open="telegram" in settings.front_ends,
    )


def is_open(settings: Settings) -> bool:
    """Whether everyone is served."""
    return settings.served_users is None


class Telegram(TelegramCards, Operating):
    """All that people and operators meet in a chat."""

    updates: providers.Provider[UpdateInbox] = providers.Dependency()

    desk = providers.Singleton(
        AdminUseCases,
        unsafe=Operating.change_unsafe_list,
        read_overview=Operating.read_overview,
        notices=Operating.notices,
        access=Ports.access,
        block=Operating.block,
        unblock=Operating.unblock,
        pause=Operating.pause_model,
        resume=Operating.resume_model,
        create_invite=Operating.create_invite,
        broadcasts=Operating.broadcasts,
        prepare_broadcast=Operating.prepare_broadcast,
        start_broadcast=Operating.start_broadcast,
        stop_broadcast=Operating.stop_broadcast,
        is_open=providers.Callable(is_open, Ports.settings),
        spending=Operating.read_spending,
        find_generation=Operating.find_generation,
        limits=Operating.limit_person,
        audit_log=Ports.audit_log,
        bots=Operating.bots,
        filterless=Operating.models_without_filter,
    )
    presets_page = providers.Singleton(
        Presets,
        bot=TelegramCards.telegram,
        cards=TelegramCards.cards,
        screens=TelegramCards.screens,
        catalog=Ports.catalog,
        store=TelegramCards.presets,
        quote=TelegramCards.quote_draft,
        save=TelegramCards.save_preset,
        share=TelegramCards.share_preset,
        open=TelegramCards.open_preset,
        rename=TelegramCards.rename_preset,
        unshare=TelegramCards.unshare_preset,
        delete=TelegramCards.delete_preset,
    )
    history_page = providers.Singleton(
        History,
        bot=TelegramCards.telegram,
        cards=TelegramCards.cards,
        screens=TelegramCards.screens,
        previews=providers.Singleton(Previews, sender=TelegramCards.sender, screens=TelegramCards.screens),
        catalog=Ports.catalog,
        pages=providers.Singleton(PageHistory, generations=Ports.generations),
        delete=TelegramCards.delete_generation,
    )
    handler_arguments = providers.Singleton(
        HandlerArguments,
        texts=Ports.texts,
        catalog=Ports.catalog,
        generations=Ports.generations,
        preferences=Ports.preferences,
        models=TelegramCards.model_use_cases,
        wishes=TelegramCards.wish_use_cases,
        generating=TelegramCards.generation_use_cases,
        people=TelegramCards.person_use_cases,
        desk=desk,
        screens=TelegramCards.screens,
        cards=TelegramCards.cards,
        offers=TelegramCards.offers,
        improving=TelegramCards.improving,
        side_by_side=TelegramCards.side_by_side_page,
        sender=TelegramCards.sender,
        helping=TelegramCards.helping,
        results=TelegramCards.result_actions,
        favourites=TelegramCards.favourites,
        presets=presets_page,
        history=history_page,
        characters=TelegramCards.characters,
        model_lists=providers.Singleton(
            ModelLists, browse=Operating.browse_models, notices=Operating.notices, prices=Operating.person_price
        ),
        resending=TelegramCards.resending,
        billing=TelegramCards.billing_use_cases,
        studio_links=TelegramCards.studio_links,
    )
    front_end = providers.Singleton(
        build_front_end,
        bot=TelegramCards.telegram,
        arguments=handler_arguments,
        people=providers.Singleton(
            PersonMiddleware,
            screens=TelegramCards.screens,
            texts=Ports.texts,
            preferences=Ports.preferences,
            authorize=Operating.authorize_user,
            clock=Ports.clock,
        ),
        menu=providers.Singleton(
            Menu,
            bot=TelegramCards.telegram,
            texts=Ports.texts,
            admins=Operating.admins,
            sells=Operating.billing.is_on,
            studio=TelegramCards.studio_links,
            name=Ports.settings.provided.bot_name,
        ),
        inbox=updates,
        clock=Ports.clock,
        update_source=providers.Callable(update_source, Ports.settings),
        tracer=Ports.tracer,
    )
