"""What the pages need of the service behind them: use cases, and ports that only read bytes, words and the registry."""

from collections.abc import Awaitable, Callable

from attrs import field, frozen

from adapters.web.desk import DeskUseCases
from application.front_ends.billing import BillingUseCases
from application.front_ends.drafts import DraftUseCases
from application.front_ends.generations import GenerationUseCases
from application.front_ends.library import LibraryUseCases
from application.front_ends.models import ModelUseCases
from application.front_ends.people import PersonUseCases
from application.front_ends.wishes import WishUseCases
from application.operating.use_api_keys import UseApiKeys
from application.operating.web_sessions import WebSessions
from application.ports.clock import Clock
from application.ports.media_store import MediaStore
from application.ports.model_catalog import ModelCatalog
from application.ports.texts import Texts

BuyLink = Callable[[], Awaitable[str | None]]
"""Gives the address at which a person tops up; None where nothing is sold, or no address is known at the moment."""


@frozen(kw_only=True)
class Services:
    """Set when the service has started; before that every page says that it is starting."""

    bot_token: str = field(repr=False)
    """Checks what Telegram signed."""
    texts: Texts
    clock: Clock
    catalog: ModelCatalog
    media_store: MediaStore
    sessions: WebSessions
    api_keys: UseApiKeys
    models: ModelUseCases
    wishes: WishUseCases
    drafts: DraftUseCases
    generations: GenerationUseCases
    library: LibraryUseCases
    people: PersonUseCases
    billing: BillingUseCases
    buy_link: BuyLink
    desk: DeskUseCases
