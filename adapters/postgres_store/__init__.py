"""The stores on PostgreSQL: generations, drafts, presets, settings, handled updates; and the migrations of their tables."""

from adapters.postgres_store.database import Database, open_database
from adapters.postgres_store.draft_store import PostgresDraftStore
from adapters.postgres_store.generation_store import PostgresGenerationStore
from adapters.postgres_store.migrator import migrate
from adapters.postgres_store.preference_store import PostgresPreferenceStore
from adapters.postgres_store.preset_store import PostgresPresetStore
from adapters.postgres_store.update_log import PostgresUpdateLog

__all__ = [
    "Database",
    "PostgresDraftStore",
    "PostgresGenerationStore",
    "PostgresPreferenceStore",
    "PostgresPresetStore",
    "PostgresUpdateLog",
    "migrate",
    "open_database",
]
