"""What the operator sees and does, and what looks after the service."""

from dependency_injector import providers

from application.operating.change_unsafe_list import ChangeUnsafeList
from application.operating.clock_watch import ClockWatch
from application.operating.models_without_filter import ModelsWithoutFilter
from application.operating.pause_model import PauseModel
from application.operating.prepare_broadcast import PrepareBroadcast
from application.operating.read_course import ReadCourse
from application.operating.read_overview import ReadOverview
from application.operating.resume_model import ResumeModel
from application.operating.send_broadcasts import SendBroadcasts
from application.operating.start_broadcast import StartBroadcast
from application.operating.stop_broadcast import StopBroadcast
from application.operating.watch_bots import WatchBots
from application.operating.watch_service import WatchService
from application.ports.announcer import Announcer
from application.ports.broadcast_store import BroadcastStore
from application.ports.condition_source import ConditionSource
from application.pricing.compare_charges import CompareCharges
from config.slices.generating import Generating
from config.slices.people import People
from config.slices.ports import Ports


def _together(*sources: ConditionSource | None) -> list[ConditionSource]:
    return [source for source in sources if source]


class Operating(Generating, People):
    """Use cases of the operator."""

    broadcasts: providers.Provider[BroadcastStore] = providers.Dependency()
    announcer: providers.Provider[Announcer] = providers.Dependency()
    clocks: providers.Provider[ClockWatch] = providers.Dependency()
    bots: providers.Provider[WatchBots | None] = providers.Object(None)
    """The first bot of the deployment has it alone: its admins look after all of them."""
    first_bot: providers.Provider[ConditionSource | None] = providers.Object(None)
    """Every other bot has it."""

    read_overview = providers.Singleton(
        ReadOverview,
        read_credits=Generating.read_credits,
        statistics=Ports.statistics,
        alarms=Generating.alarms,
        clock=Ports.clock,
        text_calls=Ports.text_calls,
    )
    read_course = providers.Singleton(ReadCourse, statistics=Ports.statistics, clock=Ports.clock)
    pause_model = providers.Singleton(
        PauseModel, catalog=Ports.catalog, switches=Generating.switches, clock=Ports.clock, audit=Ports.audit
    )
    resume_model = providers.Singleton(
        ResumeModel, catalog=Ports.catalog, switches=Generating.switches, audit=Ports.audit
    )
    models_without_filter = providers.Singleton(ModelsWithoutFilter, Ports.catalog)
    change_unsafe_list = providers.Singleton(
        ChangeUnsafeList, list=Generating.unsafe_list, clock=Ports.clock, audit=Ports.audit
    )
    prepare_broadcast = providers.Singleton(
        PrepareBroadcast,
        store=broadcasts,
        announcer=announcer,
        ids=Ports.ids,
        clock=Ports.clock,
        audit=Ports.audit,
    )
    start_broadcast = providers.Singleton(StartBroadcast, broadcasts, Ports.audit)
    stop_broadcast = providers.Singleton(StopBroadcast, broadcasts, Ports.audit)
    send_broadcasts = providers.Singleton(
        SendBroadcasts, store=broadcasts, announcer=announcer, clock=Ports.clock, metrics=Ports.metrics
    )
    compare_charges = providers.Singleton(
        CompareCharges,
        reports=People.book_reports,
        catalog=Ports.catalog,
        quote=Generating.quote_price,
        prices=Generating.refresh_prices,
        clock=Ports.clock,
    )
    condition_sources: providers.Provider[list[ConditionSource]] = providers.Callable(
        _together,
        Generating.provider_health,
        Generating.keep_books,
        compare_charges,
        clocks,
        Generating.refresh_prices,
        bots,
        first_bot,
    )
    watch_service = providers.Singleton(
        WatchService,
        statistics=Ports.statistics,
        alarms=Generating.alarms,
        access=Ports.access,
        announcer=announcer,
        accounts=Ports.accounts,
        clock=Ports.clock,
        metrics=Ports.metrics,
        admins=People.admins,
        alarm_credits=Ports.settings.provided.alarm_credits,
        clocks=clocks,
        sources=condition_sources,
    )
