"""What handlers are given by name."""

from collections.abc import Mapping
from typing import Any

from attrs import asdict, frozen

from adapters.telegram.api.screens import Screens
from adapters.telegram.api.sender import Sender
from adapters.telegram.bot.billing.use_cases import BillingUseCases
from adapters.telegram.bot.card.card_page import CardPageKind
from adapters.telegram.bot.card.card_service import CardService
from adapters.telegram.bot.desk import AdminUseCases
from adapters.telegram.bot.library.history import History
from adapters.telegram.bot.library.presets import Presets
from adapters.telegram.bot.menus.favourites import Favourites
from adapters.telegram.bot.menus.helping import Helping
from adapters.telegram.bot.menus.improving import Improving
from adapters.telegram.bot.menus.model_lists import ModelLists
from adapters.telegram.bot.menus.offers import Offers
from adapters.telegram.bot.menus.side_by_side import SideBySidePage
from adapters.telegram.bot.questions import Questions
from adapters.telegram.bot.results.resending import Resending
from adapters.telegram.bot.results.results import ResultActions
from adapters.telegram.bot.studio_links import StudioLinks
from application.catalog.find_models import FindModels
from application.catalog.model_notices import ModelNotices
from application.catalog.validate_input import ValidateInput
from application.generating.cancel_generation import CancelGeneration
from application.generating.cancel_newest import CancelNewest
from application.generating.stop_waiting import StopWaiting
from application.operating.accept_invite import AcceptInvite
from application.operating.export_person import ExportPerson
from application.operating.forget_myself import ForgetMyself
from application.ports.generation_store import GenerationStore
from application.ports.model_catalog import ModelCatalog
from application.ports.preference_store import PreferenceStore
from application.ports.texts import Texts
from application.preferences.change_preferences import ChangePreferences
from application.wishes.use_templates import UseTemplates


@frozen(kw_only=True)
class HandlerArguments:
    """The names of these fields are those of the handlers' arguments."""

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
