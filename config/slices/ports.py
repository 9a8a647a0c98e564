"""What every slice stands on: the settings, and the ports that more than one slice uses."""

from dependency_injector import containers, providers

from adapters.system.machine import NoTracer
from application.audit import Audit
from application.generating.bot_accounts import BotAccounts
from application.ports.access_store import AccessStore
from application.ports.attachment_source import AttachmentSource
from application.ports.audit_log import AuditLog
from application.ports.clock import Clock
from application.ports.draft_store import DraftStore
from application.ports.generation_store import GenerationStore
from application.ports.ids import Ids
from application.ports.limit_store import LimitStore
from application.ports.media_index import MediaIndex
from application.ports.media_provider import MediaProvider
from application.ports.media_store import MediaStore
from application.ports.messenger import Messenger
from application.ports.metrics import Metrics
from application.ports.model_catalog import ModelCatalog
from application.ports.preference_store import PreferenceStore
from application.ports.result_fetcher import ResultFetcher
from application.ports.statistics import Statistics
from application.ports.text_call_store import TextCallStore
from application.ports.texts import Texts
from application.ports.tracer import Tracer
from config.settings import Settings


class Ports(containers.DeclarativeContainer):
    """Comes in from outside. Nothing here is opened, and nothing is made before it is used."""

    settings = providers.Dependency(instance_of=Settings)
    clock: providers.Provider[Clock] = providers.Dependency()
    ids: providers.Provider[Ids] = providers.Dependency()
    metrics: providers.Provider[Metrics] = providers.Dependency()
    tracer: providers.Provider[Tracer] = providers.Singleton(NoTracer)
    catalog: providers.Provider[ModelCatalog] = providers.Dependency()
    texts: providers.Provider[Texts] = providers.Dependency()
    media_provider: providers.Provider[MediaProvider] = providers.Dependency()
    messenger: providers.Provider[Messenger] = providers.Dependency()
    attachments: providers.Provider[AttachmentSource] = providers.Dependency()
    fetcher: providers.Provider[ResultFetcher] = providers.Dependency()
    generations: providers.Provider[GenerationStore] = providers.Dependency()
    drafts: providers.Provider[DraftStore] = providers.Dependency()
    preferences: providers.Provider[PreferenceStore] = providers.Dependency()
    access: providers.Provider[AccessStore] = providers.Dependency()
    statistics: providers.Provider[Statistics] = providers.Dependency()
    media_store: providers.Provider[MediaStore] = providers.Dependency()
    media_index: providers.Provider[MediaIndex] = providers.Dependency()
    text_calls: providers.Provider[TextCallStore] = providers.Dependency()
    audit_log: providers.Provider[AuditLog] = providers.Dependency()
    personal_limits: providers.Provider[LimitStore | None] = providers.Object(None)

    accounts: providers.Provider[BotAccounts] = providers.Singleton(BotAccounts, media_provider)
    audit = providers.Singleton(Audit, audit_log, clock)
