"""Models: which there are, what they take and cost, how they do; and people's settings about them."""

from dependency_injector import providers

from application.catalog.browse_models import BrowseModels
from application.catalog.describe_model import DescribeModel
from application.catalog.find_models import FindModels
from application.catalog.model_notices import ModelNotices, OwnRecord
from application.catalog.unsafe_requests import UnsafeRequests
from application.catalog.validate_input import ValidateInput
from application.ports.alarm_store import AlarmStore
from application.ports.model_switches import ModelSwitches
from application.ports.price_book import PriceBook
from application.ports.price_feed import PriceFeed
from application.ports.unsafe_list import UnsafeList
from application.preferences.change_preferences import ChangePreferences
from application.preferences.read_preferences import ReadPreferences
from application.pricing.quote_price import PersonPrice, QuotePrice
from application.pricing.refresh_prices import RefreshPrices
from application.results.follow_ups import NextSteps
from config.slices.ports import Ports
from config.wishes import quality_order
from domain.vocabulary import Vocabulary


class Models(Ports):
    """Use cases of the catalog, of prices and of preferences."""

    vocabulary: providers.Provider[Vocabulary] = providers.Dependency()
    next_steps: providers.Provider[NextSteps] = providers.Dependency()
    switches: providers.Provider[ModelSwitches] = providers.Dependency()
    alarms: providers.Provider[AlarmStore] = providers.Dependency()
    price_feed: providers.Provider[PriceFeed] = providers.Dependency()
    price_book: providers.Provider[PriceBook] = providers.Dependency()
    unsafe_list: providers.Provider[UnsafeList | None] = providers.Object(None)

    validate_input = providers.Singleton(
        ValidateInput, Ports.catalog, allow_private_hosts=Ports.settings.provided.allow_private_hosts
    )
    quote_price = providers.Singleton(QuotePrice, Ports.catalog)
    person_price = providers.Singleton(PersonPrice, quote_price, Ports.settings.provided.billing.sold_at)
    refresh_prices = providers.Singleton(
        RefreshPrices, feed=price_feed, book=price_book, catalog=Ports.catalog, quote=quote_price, clock=Ports.clock
    )
    find_models = providers.Singleton(FindModels, Ports.catalog, vocabulary)
    browse_models = providers.Singleton(
        BrowseModels, catalog=Ports.catalog, generations=Ports.generations, quality=providers.Callable(quality_order)
    )
    describe_model = providers.Singleton(DescribeModel, catalog=Ports.catalog)
    unsafe_requests = providers.Singleton(UnsafeRequests, list=unsafe_list, clock=Ports.clock)
    notices = providers.Singleton(ModelNotices, switches=switches, alarms=alarms, clock=Ports.clock)
    own_record = providers.Singleton(OwnRecord, statistics=Ports.statistics, clock=Ports.clock)
    read_preferences = providers.Singleton(ReadPreferences, Ports.preferences)
    change_preferences = providers.Singleton(ChangePreferences, preferences=Ports.preferences, texts=Ports.texts)
