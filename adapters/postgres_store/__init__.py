"""The stores on PostgreSQL: generations, drafts, presets, settings, access, operation; and the migrations of their tables."""

from adapters.postgres_store.access_store import PostgresAccessStore
from adapters.postgres_store.alarm_store import PostgresAlarmStore
from adapters.postgres_store.book_reports import PostgresBookReports
from adapters.postgres_store.broadcast_store import PostgresBroadcastStore
from adapters.postgres_store.chat_session_store import PostgresChatSessionStore
from adapters.postgres_store.database import Database, open_database
from adapters.postgres_store.draft_store import PostgresDraftStore
from adapters.postgres_store.gallery import PostgresGallery
from adapters.postgres_store.generation_store import PostgresGenerationStore
from adapters.postgres_store.ledger import PostgresLedger
from adapters.postgres_store.limit_store import PostgresLimitStore
from adapters.postgres_store.media_index import PostgresMediaIndex
from adapters.postgres_store.migrator import migrate
from adapters.postgres_store.model_switches import PostgresModelSwitches
from adapters.postgres_store.preference_store import PostgresPreferenceStore
from adapters.postgres_store.preset_store import PostgresPresetStore
from adapters.postgres_store.progress_store import PostgresProgressStore
from adapters.postgres_store.provider_accounts import PostgresProviderAccounts
from adapters.postgres_store.purchase_store import PostgresPurchaseStore
from adapters.postgres_store.session_store import PostgresSessionStore
from adapters.postgres_store.statistics import PostgresStatistics
from adapters.postgres_store.update_inbox import PostgresUpdateInbox
from adapters.postgres_store.watch_hub import WatchHub

__all__ = [
    "Database",
    "PostgresAccessStore",
    "PostgresAlarmStore",
    "PostgresBookReports",
    "PostgresBroadcastStore",
    "PostgresChatSessionStore",
    "PostgresDraftStore",
    "PostgresGallery",
    "PostgresGenerationStore",
    "PostgresLedger",
    "PostgresLimitStore",
    "PostgresMediaIndex",
    "PostgresModelSwitches",
    "PostgresPreferenceStore",
    "PostgresPresetStore",
    "PostgresProgressStore",
    "PostgresProviderAccounts",
    "PostgresPurchaseStore",
    "PostgresSessionStore",
    "PostgresStatistics",
    "PostgresUpdateInbox",
    "WatchHub",
    "migrate",
    "open_database",
]
