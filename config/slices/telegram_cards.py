"""The Telegram front end's cards: offers, forms, results and the buttons below them."""

from urllib.parse import urlsplit

import aiogram
from dependency_injector import providers

from adapters.telegram.api.screens import Screens
from adapters.telegram.api.sender import Sender
from adapters.telegram.bot.card.card_service import CardService, DraftUseCases
from adapters.telegram.bot.menus.favourites import Favourites
from adapters.telegram.bot.menus.helping import Helping
from adapters.telegram.bot.menus.improving import Improving
from adapters.telegram.bot.menus.offer_view import OfferView
from adapters.telegram.bot.menus.offers import Offers, WishUseCases
from adapters.telegram.bot.menus.side_by_side import SideBySidePage
from adapters.telegram.bot.menus.talk import Talk
from adapters.telegram.bot.results.comparing import Comparing
from adapters.telegram.bot.results.originals import Originals
from adapters.telegram.bot.results.resending import Resending
from adapters.telegram.bot.results.result_buttons import ResultButtons
from adapters.telegram.bot.results.results import ResultActions
from adapters.telegram.bot.studio_links import StudioLinks
from application.generating.background_tasks import BackgroundTasks
from application.ports.chat_session_store import ChatSessionStore
from config.settings import Settings
from config.slices.ports import Ports
from config.slices.wishes import Wishes


def studio_links(settings: Settings) -> StudioLinks:
    """To where the studio is, if it is wanted and the service knows its own address.

    Telegram refuses a message with a link to a host without a dot, such as localhost: no result may be lost by a button.
    """
    host = urlsplit(settings.public_url or "").hostname or ""
    return StudioLinks(settings.public_url if "web" in settings.front_ends and "." in host else None)


class TelegramCards(Wishes):
    """What a wish leads to in a chat."""

    telegram = providers.Dependency(instance_of=aiogram.Bot)
    chat_sessions: providers.Provider[ChatSessionStore] = providers.Dependency()

    sender = providers.Singleton(Sender, telegram)
    screens = providers.Singleton(Screens, sender)
    studio_links = providers.Singleton(studio_links, Ports.settings)
    cards = providers.Singleton(
        CardService,
        screens=screens,
        sessions=chat_sessions,
        drafts=Ports.drafts,
        use=providers.Singleton(
            DraftUseCases,
            start=Wishes.start_draft,
            edit=Wishes.edit_draft,
            quote=Wishes.quote_draft,
            run=Wishes.run_draft,
            run_at_once=Wishes.run_at_once,
            fill_as_last_time=Wishes.fill_as_last_time,
            continue_task=Wishes.continue_task,
            repeat=Wishes.repeat_generation,
            improve=Wishes.improve_prompt,
        ),
        history=Wishes.history_reader,
        read_credits=Wishes.read_credits,
        studio=studio_links,
        clock=Ports.clock,
        ids=Ports.ids,
    )
    offers = providers.Singleton(
        Offers,
        cards=cards,
        screens=screens,
        catalog=Ports.catalog,
        use=providers.Singleton(
            WishUseCases,
            place=Wishes.place_message,
            last_result=Wishes.find_last_result,
            offer=Wishes.offer_models,
            ready=Wishes.choose_ready,
            improve=Wishes.improve_prompt,
            look=Wishes.look_and_listen,
            help=Wishes.read_with_help,
        ),
        background=providers.Singleton(BackgroundTasks),
        talk=providers.Singleton(
            Talk, catalog=Ports.catalog, notices=Wishes.notices, price_examples=Wishes.price_examples
        ),
        view=providers.Singleton(OfferView, catalog=Ports.catalog, notices=Wishes.notices, prices=Wishes.person_price),
    )
    improving = providers.Singleton(
        Improving,
        cards=cards,
        offers=offers,
        screens=screens,
        catalog=Ports.catalog,
        improve=Wishes.improve_prompt,
    )
    helping = providers.Singleton(Helping, offers=offers, screens=screens, look=Wishes.look_and_listen)
    side_by_side_page = providers.Singleton(
        SideBySidePage,
        cards=cards,
        offers=offers,
        screens=screens,
        catalog=Ports.catalog,
        choose=Wishes.choose_ready,
        run=Wishes.run_several,
    )
    result_buttons = providers.Singleton(
        ResultButtons, catalog=Ports.catalog, next_steps=Wishes.next_steps, studio=studio_links
    )
    resending = providers.Singleton(
        Resending,
        sender=sender,
        screens=screens,
        catalog=Ports.catalog,
        buttons=result_buttons,
        open_result=Wishes.open_result,
        note_sent_again=Wishes.note_sent_again,
    )
    favourites = providers.Singleton(Favourites, Wishes.change_preferences)
    result_actions = providers.Singleton(
        ResultActions,
        cards=cards,
        offers=offers,
        catalog=Ports.catalog,
        next_steps=Wishes.next_steps,
        buttons=result_buttons,
        screens=screens,
        favourites=favourites,
        originals=providers.Singleton(Originals, sender=sender, screens=screens, fetcher=Ports.fetcher),
        resending=resending,
        comparing=providers.Singleton(Comparing, sender),
        undo=Wishes.undo_edit,
        step_before=Wishes.find_step_before,
    )
