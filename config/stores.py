"""The adapters on PostgreSQL and on the store of files. Each is bound to the port of its name."""

from pathlib import Path

from dependency_injector import providers

from adapters.media_folder import FolderMediaStore
from adapters.media_preview import MediaPreviewMaker
from adapters.observing import PortWatch
from adapters.postgres_store import (
    Database,
    PostgresAccessStore,
    PostgresAlarmStore,
    PostgresBookReports,
    PostgresBroadcastStore,
    PostgresChatSessionStore,
    PostgresDraftStore,
    PostgresGallery,
    PostgresGenerationStore,
    PostgresLedger,
    PostgresLimitStore,
    PostgresMediaIndex,
    PostgresModelSwitches,
    PostgresPreferenceStore,
    PostgresPresetStore,
    PostgresProgressStore,
    PostgresProviderAccounts,
    PostgresPurchaseStore,
    PostgresSessionStore,
    PostgresStatistics,
    PostgresUpdateInbox,
    WatchHub,
)
from adapters.postgres_store.api_key_store import PostgresApiKeyStore, PostgresWebhookOutbox
from adapters.postgres_store.audit_log import PostgresAuditLog
from adapters.postgres_store.current_result_store import PostgresCurrentResultStore
from adapters.postgres_store.person_records import PostgresPersonRecords
from adapters.postgres_store.price_book import PostgresPriceBook
from adapters.postgres_store.reference_store import PostgresReferenceStore
from adapters.postgres_store.text_call_store import PostgresTextCallStore
from adapters.postgres_store.unsafe_list import PostgresUnsafeList
from adapters.system.machine import NoTracer
from application.operating.fixed_filter import FixedFilter
from application.ports.media_store import MediaStore
from application.ports.metrics import Metrics
from application.ports.preference_store import PreferenceStore
from application.ports.tracer import Tracer
from config.machine import Machine
from config.observing import watched
from config.settings import Settings


def media_store(place: str | None, data_dir: Path) -> MediaStore:
    """Where ``MEDIA_STORE`` says, a folder beside the other data by default."""
    if place and place.startswith("s3://"):
        from adapters.media_s3 import S3MediaStore, open_bucket  # noqa: PLC0415 - 15 MB that a folder does not need

        return S3MediaStore(open_bucket(place))
    return FolderMediaStore(Path(place) if place else data_dir / "media")


def preferences_of(settings: Settings, store: PreferenceStore) -> PreferenceStore:
    """People's settings, in which the content filter is the operator's where they want it always."""
    return FixedFilter(store) if settings.filters_always else store


class Stores(Machine):
    """The rows and files of one bot."""

    database = providers.Dependency(instance_of=Database)
    metrics: providers.Provider[Metrics] = providers.Dependency()
    tracer: providers.Provider[Tracer] = providers.Singleton(NoTracer)

    watch = providers.Singleton(PortWatch, metrics=metrics, tracer=tracer, clock=Machine.clock)
    bot_id = Machine.settings.provided.bot_id

    generations = watched("GenerationStore", providers.Singleton(PostgresGenerationStore, database, bot_id), watch)
    drafts = watched("DraftStore", providers.Singleton(PostgresDraftStore, database, bot_id), watch)
    chat_sessions = watched("ChatSessionStore", providers.Singleton(PostgresChatSessionStore, database, bot_id), watch)
    preferences = watched(
        "PreferenceStore",
        providers.Singleton(
            preferences_of, Machine.settings, providers.Singleton(PostgresPreferenceStore, database, bot_id)
        ),
        watch,
    )
    presets = watched("PresetStore", providers.Singleton(PostgresPresetStore, database, bot_id), watch)
    current_results = providers.Singleton(PostgresCurrentResultStore, database, bot_id)
    watch_hub = providers.Singleton(WatchHub, database)
    progress_store = watched(
        "ProgressStore", providers.Singleton(PostgresProgressStore, database, bot_id, watch_hub), watch
    )
    updates = watched("UpdateInbox", providers.Singleton(PostgresUpdateInbox, database), watch)

    switches = watched("ModelSwitches", providers.Singleton(PostgresModelSwitches, database, bot_id), watch)
    unsafe_list = watched("UnsafeList", providers.Singleton(PostgresUnsafeList, database, bot_id), watch)
    price_book = providers.Singleton(PostgresPriceBook, database)
    access = watched("AccessStore", providers.Singleton(PostgresAccessStore, database, bot_id), watch)
    alarms = watched("AlarmStore", providers.Singleton(PostgresAlarmStore, database, bot_id), watch)
    broadcasts = watched("BroadcastStore", providers.Singleton(PostgresBroadcastStore, database, bot_id), watch)
    statistics = watched("Statistics", providers.Singleton(PostgresStatistics, database, bot_id), watch)
    personal_limits = watched("LimitStore", providers.Singleton(PostgresLimitStore, database, bot_id), watch)
    person_records = providers.Singleton(PostgresPersonRecords, database, bot_id)
    audit_log = watched("AuditLog", providers.Singleton(PostgresAuditLog, database, bot_id), watch)

    ledger = watched("Ledger", providers.Singleton(PostgresLedger, database, bot_id), watch)
    purchases = watched("PurchaseStore", providers.Singleton(PostgresPurchaseStore, database, bot_id), watch)
    book_reports = providers.Singleton(PostgresBookReports, database, bot_id)
    provider_accounts = watched("ProviderAccounts", providers.Singleton(PostgresProviderAccounts, database), watch)
    text_calls = watched("TextCallStore", providers.Singleton(PostgresTextCallStore, database, bot_id), watch)

    media_store = watched(
        "MediaStore",
        providers.Singleton(media_store, Machine.settings.provided.media_store, Machine.settings.provided.data_dir),
        watch,
    )
    media_index = watched("MediaIndex", providers.Singleton(PostgresMediaIndex, database, bot_id, Machine.clock), watch)
    previews = providers.Singleton(MediaPreviewMaker)

    api_keys = watched("ApiKeyStore", providers.Singleton(PostgresApiKeyStore, database, bot_id), watch)
    outbox = watched("WebhookOutbox", providers.Singleton(PostgresWebhookOutbox, database, bot_id), watch)
    web_sessions = providers.Singleton(PostgresSessionStore, database, bot_id, Machine.clock)
    references = providers.Singleton(PostgresReferenceStore, database, bot_id)
    gallery = providers.Singleton(PostgresGallery, database, bot_id)
