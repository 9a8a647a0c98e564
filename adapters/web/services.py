"""What the pages need of the service behind them: use cases, and ports that only read bytes, words and the registry."""

from collections.abc import Awaitable, Callable

from attrs import frozen

from application.assisting.improve_prompt import ImprovePrompt
from application.billing.read_account import ReadAccount
from application.billing.read_books import ReadBooks
from application.billing.refund_payment import RefundPayment
from application.catalog.browse_models import BrowseModels
from application.catalog.describe_model import DescribeModel
from application.catalog.find_models import FindModels
from application.catalog.model_notices import ModelNotices
from application.drafts.edit_draft import EditDraft
from application.drafts.open_draft import OpenDraft
from application.drafts.quote_draft import QuoteDraft
from application.drafts.run_draft import RunDraft
from application.drafts.run_several import RunSeveral
from application.drafts.start_draft import StartDraft
from application.drafts.use_presets import UsePresets
from application.generating.cancel_generation import CancelGeneration
from application.generating.fetch_result import OpenResult
from application.generating.stop_waiting import StopWaiting
from application.generating.watch_generations import WatchGenerations
from application.operating.authorize_user import AuthorizeUser
from application.operating.block_subject import BlockSubject
from application.operating.export_person import ExportPerson
from application.operating.find_generation import FindGeneration
from application.operating.forget_myself import ForgetMyself
from application.operating.limit_person import LimitPerson
from application.operating.pause_model import PauseModel
from application.operating.read_allowance import ReadAllowance
from application.operating.read_course import ReadCourse
from application.operating.read_overview import ReadOverview
from application.operating.read_people import ReadPeople
from application.operating.read_spending import ReadSpending
from application.operating.resume_model import ResumeModel
from application.operating.unblock_subject import UnblockSubject
from application.operating.use_api_keys import UseApiKeys
from application.operating.web_sessions import WebSessions
from application.ports.clock import Clock
from application.ports.media_store import MediaStore
from application.ports.model_catalog import ModelCatalog
from application.ports.texts import Texts
from application.preferences.change_preferences import ChangePreferences
from application.preferences.read_preferences import ReadPreferences
from application.pricing.quote_price import QuotePrice
from application.results.adopt_files import AdoptFiles
from application.results.keep_upload import KeepUpload
from application.results.media_usage import MediaUsage
from application.results.next_steps import NextSteps
from application.results.open_media import OpenMedia
from application.results.repeat_generation import RepeatGeneration
from application.results.send_to_chat import SendToChat
from application.results.use_gallery import UseGallery
from application.results.use_references import UseReferences
from application.wishes.list_offer import ListOffer
from application.wishes.offer_models import OfferModels
from application.wishes.use_templates import UseTemplates

BuyLink = Callable[[], Awaitable[str | None]]
"""Gives the address at which a person tops up; None where nothing is sold, or no address is known at the moment."""


@frozen(kw_only=True)
class Services:
    """Set when the service has started; before that every page says that it is starting."""

    texts: Texts
    clock: Clock
    catalog: ModelCatalog
    media_store: MediaStore
    sessions: WebSessions
    api_keys: UseApiKeys
    authorize: AuthorizeUser
    read_preferences: ReadPreferences
    change_preferences: ChangePreferences
    find_models: FindModels
    browse_models: BrowseModels
    describe_model: DescribeModel
    offer_models: OfferModels
    list_offer: ListOffer
    templates: UseTemplates
    start_draft: StartDraft
    open_draft: OpenDraft
    edit_draft: EditDraft
    adopt_files: AdoptFiles
    quote_draft: QuoteDraft
    run_draft: RunDraft
    presets: UsePresets
    repeat: RepeatGeneration
    cancel: CancelGeneration
    stop_waiting: StopWaiting
    watch: WatchGenerations
    gallery: UseGallery
    next_steps: NextSteps
    keep_upload: KeepUpload
    open_media: OpenMedia
    media_usage: MediaUsage
    open_result: OpenResult
    overview: ReadOverview
    spending: ReadSpending
    pause_model: PauseModel
    resume_model: ResumeModel
    read_account: ReadAccount
    read_books: ReadBooks
    refund: RefundPayment
    is_selling: bool
    buy_link: BuyLink
    allowance: ReadAllowance
    export_person: ExportPerson
    forget_myself: ForgetMyself
    limits: LimitPerson
    block: BlockSubject
    unblock: UnblockSubject
    notices: ModelNotices
    people: ReadPeople
    course: ReadCourse
    find_generation: FindGeneration
    quote_price: QuotePrice
    send_to_chat: SendToChat
    run_several: RunSeveral
    references: UseReferences
    improve_prompt: ImprovePrompt
