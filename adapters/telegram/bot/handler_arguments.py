"""What handlers are given by name."""

from collections.abc import Mapping
from typing import Any

from attrs import asdict, frozen

from adapters.telegram.api.screens import Screens, Sender
from adapters.telegram.bot.card.card_service import CardService
from adapters.telegram.bot.desk import AdminUseCases
from adapters.telegram.bot.library.characters import Characters
from adapters.telegram.bot.library.history import History
from adapters.telegram.bot.library.presets import Presets
from adapters.telegram.bot.menus.favourites import Favourites
from adapters.telegram.bot.menus.helping import Helping
from adapters.telegram.bot.menus.improving import Improving
from adapters.telegram.bot.menus.model_lists import ModelLists
from adapters.telegram.bot.menus.offers import Offers
from adapters.telegram.bot.menus.side_by_side import SideBySidePage
from adapters.telegram.bot.questions import questions_of
from adapters.telegram.bot.results.resending import Resending
from adapters.telegram.bot.results.results import ResultActions
from adapters.telegram.bot.studio_links import StudioLinks
from application.front_ends.billing import BillingUseCases
from application.front_ends.generations import GenerationUseCases
from application.front_ends.models import ModelUseCases
from application.front_ends.people import PersonUseCases
from application.front_ends.wishes import WishUseCases
from application.ports.generation_store import GenerationStore
from application.ports.model_catalog import ModelCatalog
from application.ports.preference_store import PreferenceStore
from application.ports.texts import Texts


@frozen(kw_only=True)
class HandlerArguments:
    """The names of these fields are those of the handlers' arguments."""

    texts: Texts
    catalog: ModelCatalog
    generations: GenerationStore
    preferences: PreferenceStore
    models: ModelUseCases
    wishes: WishUseCases
    generating: GenerationUseCases
    people: PersonUseCases
    desk: AdminUseCases
    screens: Screens
    cards: CardService
    offers: Offers
    improving: Improving
    side_by_side: SideBySidePage
    helping: Helping
    sender: Sender
    results: ResultActions
    favourites: Favourites
    presets: Presets
    history: History
    characters: Characters
    model_lists: ModelLists
    resending: Resending
    billing: BillingUseCases
    studio_links: StudioLinks

    def by_name(self) -> Mapping[str, Any]:
        """For aiogram's dispatcher."""
        questions = questions_of(self.presets, self.history, self.characters)
        return {**asdict(self, recurse=False), "questions": questions}
