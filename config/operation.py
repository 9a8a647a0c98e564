"""The object graph of what the operator sees and does."""

from dependency_injector import containers, providers

from adapters.telegram.bot.desk import AdminUseCases
from application.audit import Audit
from application.billing.stop_subscription import StopSubscription
from application.catalog.model_notices import ModelNotices
from application.generating.bot_accounts import BotAccounts
from application.generating.provider_health import ProviderHealth
from application.operating.accept_invite import AcceptInvite
from application.operating.authorize_user import AuthorizeUser
from application.operating.block_subject import BlockSubject
from application.operating.change_unsafe_list import ChangeUnsafeList
from application.operating.clock_watch import ClockWatch
from application.operating.create_invite import CreateInvite
from application.operating.export_person import ExportPerson
from application.operating.find_generation import FindGeneration
from application.operating.forget_myself import ForgetMyself
from application.operating.forget_person import ForgetPerson
from application.operating.keep_books import KeepBooks
from application.operating.limit_person import LimitPerson
from application.operating.models_without_filter import ModelsWithoutFilter
from application.operating.pause_model import PauseModel
from application.operating.prepare_broadcast import PrepareBroadcast
from application.operating.read_allowance import ReadAllowance
from application.operating.read_course import ReadCourse
from application.operating.read_credits import ReadCredits
from application.operating.read_overview import ReadOverview
from application.operating.read_people import ReadPeople
from application.operating.read_spending import ReadSpending
from application.operating.resume_model import ResumeModel
from application.operating.send_broadcasts import SendBroadcasts
from application.operating.start_broadcast import StartBroadcast
from application.operating.stop_broadcast import StopBroadcast
from application.operating.unblock_subject import UnblockSubject
from application.operating.watch_bots import WatchBots
from application.operating.watch_service import WatchService
from application.ports.access_store import AccessStore
from application.ports.alarm_store import AlarmStore
from application.ports.announcer import Announcer
from application.ports.audit_log import AuditLog
from application.ports.broadcast_store import BroadcastStore
from application.ports.clock import Clock
from application.ports.condition_source import ConditionSource
from application.ports.generation_store import GenerationStore
from application.ports.ids import Ids
from application.ports.limit_store import LimitStore
from application.ports.media_index import MediaIndex
from application.ports.media_store import MediaStore
from application.ports.metrics import Metrics
from application.ports.model_catalog import ModelCatalog
from application.ports.model_switches import ModelSwitches
from application.ports.person_records import PersonRecords
from application.ports.purchase_store import PurchaseStore
from application.ports.statistics import Statistics
from application.ports.text_call_store import TextCallStore
from application.ports.unsafe_list import UnsafeList
from config.settings import Settings


def is_open(settings: Settings) -> bool:
    """Whether everyone is served."""
    return settings.served_users is None


def _together(
    health: ConditionSource, books: ConditionSource, prices: list[ConditionSource], clocks: ConditionSource
) -> list[ConditionSource]:
    return [health, books, clocks, *prices]


class Operation(containers.DeclarativeContainer):
    """Use cases of the operator, and those that obey what the operator decided, over ports that come from outside."""

    settings = providers.Dependency(instance_of=Settings)
    unsafe_list: providers.Provider[UnsafeList] = providers.Dependency()
    text_calls: providers.Provider[TextCallStore | None] = providers.Object(None)
    catalog: providers.Provider[ModelCatalog] = providers.Dependency()
    accounts: providers.Provider[BotAccounts] = providers.Dependency()
    read_credits: providers.Provider[ReadCredits] = providers.Dependency()
    provider_health: providers.Provider[ProviderHealth] = providers.Dependency()
    keep_books: providers.Provider[KeepBooks] = providers.Dependency()
    price_alarms: providers.Provider[list[ConditionSource]] = providers.List()
    clocks: providers.Provider[ClockWatch] = providers.Dependency()
    access: providers.Provider[AccessStore] = providers.Dependency()
    switches: providers.Provider[ModelSwitches] = providers.Dependency()
    alarms: providers.Provider[AlarmStore] = providers.Dependency()
    statistics: providers.Provider[Statistics] = providers.Dependency()
    broadcasts: providers.Provider[BroadcastStore] = providers.Dependency()
    generations: providers.Provider[GenerationStore] = providers.Dependency()
    personal_limits: providers.Provider[LimitStore] = providers.Dependency()
    announcer: providers.Provider[Announcer] = providers.Dependency()
    audit: providers.Provider[Audit] = providers.Dependency()
    audit_log: providers.Provider[AuditLog] = providers.Dependency()
    purchases: providers.Provider[PurchaseStore] = providers.Dependency()
    stop_subscription: providers.Provider[StopSubscription] = providers.Dependency()
    person_records: providers.Provider[PersonRecords] = providers.Dependency()
    media_index: providers.Provider[MediaIndex] = providers.Dependency()
    media_store: providers.Provider[MediaStore] = providers.Dependency()
    clock: providers.Provider[Clock] = providers.Dependency()
    ids: providers.Provider[Ids] = providers.Dependency()
    metrics: providers.Provider[Metrics] = providers.Dependency()
    bots: providers.Provider[WatchBots | None] = providers.Object(None)

    admins = settings.provided.admin_users

    notices = providers.Singleton(ModelNotices, switches=switches, alarms=alarms, clock=clock)
    meet_person = providers.Singleton(
        AuthorizeUser, access=access, allowed=settings.provided.served_users, admins=admins
    )
    accept_invite = providers.Singleton(AcceptInvite, access=access, clock=clock)
    read_spending = providers.Singleton(ReadSpending, statistics=statistics, access=access, clock=clock)
    read_overview = providers.Singleton(
        ReadOverview,
        read_credits=read_credits,
        statistics=statistics,
        alarms=alarms,
        clock=clock,
        text_calls=text_calls,
    )
    limit_person = providers.Singleton(
        LimitPerson, store=personal_limits, everyone=settings.provided.user_limits.credits_per_day, audit=audit
    )
    read_allowance = providers.Singleton(ReadAllowance, limits=limit_person, statistics=statistics, clock=clock)
    export_person = providers.Singleton(
        ExportPerson, records=person_records, index=media_index, store=media_store, audit=audit
    )
    forget_myself = providers.Singleton(
        ForgetMyself,
        forget=providers.Singleton(ForgetPerson, person_records, stop_subscription, audit),
        allowance=read_allowance,
        purchases=purchases,
        clock=clock,
    )
    read_people = providers.Singleton(
        ReadPeople,
        access=access,
        generations=generations,
        statistics=statistics,
        allowance=read_allowance,
        clock=clock,
    )
    read_course = providers.Singleton(ReadCourse, statistics=statistics, clock=clock)
    find_generation = providers.Singleton(FindGeneration, generations=generations, access=access)
    block = providers.Singleton(BlockSubject, access=access, admins=admins, clock=clock, audit=audit)
    unblock = providers.Singleton(UnblockSubject, access, audit)
    pause_model = providers.Singleton(PauseModel, catalog=catalog, switches=switches, clock=clock, audit=audit)
    resume_model = providers.Singleton(ResumeModel, catalog=catalog, switches=switches, audit=audit)
    desk = providers.Singleton(
        AdminUseCases,
        unsafe=providers.Singleton(ChangeUnsafeList, list=unsafe_list, clock=clock, audit=audit),
        read_overview=read_overview,
        notices=notices,
        access=access,
        block=block,
        unblock=unblock,
        pause=pause_model,
        resume=resume_model,
        create_invite=providers.Singleton(CreateInvite, access=access, ids=ids, clock=clock, audit=audit),
        broadcasts=broadcasts,
        prepare_broadcast=providers.Singleton(
            PrepareBroadcast, store=broadcasts, announcer=announcer, ids=ids, clock=clock, audit=audit
        ),
        start_broadcast=providers.Singleton(StartBroadcast, broadcasts, audit),
        stop_broadcast=providers.Singleton(StopBroadcast, broadcasts, audit),
        is_open=providers.Callable(is_open, settings),
        spending=read_spending,
        generations=generations,
        limits=limit_person,
        audit_log=audit_log,
        bots=bots,
        filterless=providers.Singleton(ModelsWithoutFilter, catalog),
    )
    send_broadcasts = providers.Singleton(
        SendBroadcasts, store=broadcasts, announcer=announcer, clock=clock, metrics=metrics
    )
    watch_service = providers.Singleton(
        WatchService,
        statistics=statistics,
        alarms=alarms,
        access=access,
        announcer=announcer,
        accounts=accounts,
        clock=clock,
        metrics=metrics,
        admins=admins,
        alarm_credits=settings.provided.alarm_credits,
        clocks=clocks,
        sources=providers.Callable(_together, provider_health, keep_books, price_alarms, clocks),
    )
