"""The Telegram front end's cards: offers, forms, results and the buttons below them."""

from urllib.parse import urlsplit

import aiogram
from dependency_injector import providers

from adapters.telegram.api.screens import Screens, Sender
from adapters.telegram.bot.card.card_service import CardService
from adapters.telegram.bot.library.characters import Characters
from adapters.telegram.bot.menus.favourites import Favourites
from adapters.telegram.bot.menus.helping import Helping
from adapters.telegram.bot.menus.improving import Improving
from adapters.telegram.bot.menus.offer_view import OfferView
from adapters.telegram.bot.menus.offers import Offers
from adapters.telegram.bot.menus.side_by_side import SideBySidePage
from adapters.telegram.bot.menus.talk import Talk
from adapters.telegram.bot.results.comparing import Comparing
from adapters.telegram.bot.results.originals import Originals
from adapters.telegram.bot.results.resending import Resending
from adapters.telegram.bot.results.results import ResultActions
from adapters.telegram.bot.results.under_result import ResultButtons
from adapters.telegram.bot.studio_links import StudioLinks
from application.generating.in_flight import BackgroundTasks
from application.ports.chat_session_store import ChatSessionStore
from config.settings import Settings
from config.slices.front_ends import FrontEnds
from config.slices.ports import Ports


def studio_links(settings: Settings) -> StudioLinks:
    """To where the studio is, if it is wanted and the service knows its own address.

    Telegram refuses a message with a link to a host without a dot, such as localhost: no result may be lost by a button.
    """
    host = urlsplit(settings.public_url or "").hostname or ""
    return StudioLinks(
        settings.public_url if "web" in settings.front_ends and "." in host else None, settings.studio_path
    )


class TelegramCards(FrontEnds):
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
        use=FrontEnds.draft_use_cases,
        studio=studio_links,
        clock=Ports.clock,
        ids=Ports.ids,
    )
    offers = providers.Singleton(
        Offers,
        cards=cards,
        screens=screens,
        catalog=Ports.catalog,
        use=FrontEnds.wish_use_cases,
        background=providers.Singleton(BackgroundTasks),
        talk=providers.Singleton(
            Talk,
            catalog=Ports.catalog,
            notices=FrontEnds.notices,
            prices=FrontEnds.person_price,
            price_examples=FrontEnds.price_examples,
            means=FrontEnds.read_means,
        ),
        view=providers.Singleton(
            OfferView, catalog=Ports.catalog, notices=FrontEnds.notices, prices=FrontEnds.person_price
        ),
    )
    improving = providers.Singleton(
        Improving,
        cards=cards,
        offers=offers,
        screens=screens,
        catalog=Ports.catalog,
        improve=FrontEnds.improve_prompt,
    )
    helping = providers.Singleton(Helping, offers=offers, screens=screens, look=FrontEnds.look_and_listen)
    side_by_side_page = providers.Singleton(
        SideBySidePage,
        cards=cards,
        offers=offers,
        screens=screens,
        catalog=Ports.catalog,
        choose=FrontEnds.choose_ready,
        run=FrontEnds.run_several,
    )
    characters = providers.Singleton(
        Characters, cards=cards, screens=screens, catalog=Ports.catalog, keep=FrontEnds.keep_character
    )
    result_buttons = providers.Singleton(
        ResultButtons, catalog=Ports.catalog, next_steps=FrontEnds.next_steps, studio=studio_links
    )
    resending = providers.Singleton(
        Resending,
        sender=sender,
        screens=screens,
        catalog=Ports.catalog,
        buttons=result_buttons,
        open_result=FrontEnds.open_result,
        note_sent_again=FrontEnds.note_sent_again,
    )
    favourites = providers.Singleton(Favourites, FrontEnds.change_preferences)
    result_actions = providers.Singleton(
        ResultActions,
        cards=cards,
        offers=offers,
        catalog=Ports.catalog,
        next_steps=FrontEnds.next_steps,
        buttons=result_buttons,
        screens=screens,
        favourites=favourites,
        originals=providers.Singleton(Originals, sender=sender, screens=screens, open_result=FrontEnds.open_result),
        resending=resending,
        comparing=providers.Singleton(Comparing, sender),
        characters=characters,
        choose_characters=FrontEnds.choose_characters,
        undo=FrontEnds.undo_edit,
        step_before=FrontEnds.find_step_before,
        last=FrontEnds.find_last_result,
        media=Ports.media_index,
    )
