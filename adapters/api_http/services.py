"""What the doors for programs need of the service behind them: use cases, and ports that only read."""

from collections.abc import Awaitable, Callable

from attrs import frozen

from application.catalog.describe_model import DescribeModel
from application.catalog.find_models import FindModels
from application.drafts.measure_files import MeasureFiles
from application.drafts.quote_draft import QuoteInput
from application.drafts.run_within_budget import RunWithinBudget
from application.drafts.save_preset import SavePreset
from application.generating.cancel_generation import CancelGeneration
from application.generating.watch_generations import WatchGenerations
from application.operating.authenticate_api_key import AuthenticateApiKey
from application.operating.change_webhook import ChangeWebhook
from application.operating.read_allowance import ReadAllowance
from application.ports.clock import Clock
from application.ports.generation_store import GenerationStore
from application.ports.ids import Ids
from application.ports.media_index import MediaIndex
from application.ports.media_store import MediaStore
from application.ports.model_catalog import ModelCatalog
from application.ports.preset_store import PresetStore
from application.ports.texts import Texts
from application.preferences.read_preferences import ReadPreferences
from application.pricing.quote_price import PersonPrice
from application.results.open_media import OpenMedia
from application.results.receive_upload import ReceiveUpload
from application.wishes.list_offer import ListOffer
from domain.generation import UserId

ReadBalance = Callable[[UserId], Awaitable[float | None]]
"""Credits that a person has left; None where people pay nothing."""


@frozen(kw_only=True)
class ApiServices:
    """Set when the service has started; before that every request is answered with 503."""

    texts: Texts
    clock: Clock
    ids: Ids
    catalog: ModelCatalog
    generations: GenerationStore
    presets: PresetStore
    media_index: MediaIndex
    media_store: MediaStore
    authenticate: AuthenticateApiKey
    change_webhook: ChangeWebhook
    find_models: FindModels
    describe_model: DescribeModel
    quote: QuoteInput
    measure_files: MeasureFiles
    person_price: PersonPrice
    list_offer: ListOffer
    read_preferences: ReadPreferences
    run: RunWithinBudget
    cancel: CancelGeneration
    watch: WatchGenerations
    save_preset: SavePreset
    receive_upload: ReceiveUpload
    open_media: OpenMedia
    read_balance: ReadBalance
    allowance: ReadAllowance
