"""The object graph of the service: the use cases, Telegram before them, PostgreSQL behind them."""

from collections.abc import Mapping
from typing import Final

import aiogram
import aiohttp
from dependency_injector import containers, providers

from adapters.api_http import ApiMessenger
from adapters.fluent_texts import OwnTexts, load_texts
from adapters.kie_http.price_feed import KieHttpPriceFeed
from adapters.observing import PortWatch
from adapters.postgres_lock import PostgresLeaderLock, PostgresLocks
from adapters.postgres_store import (
    Database,
    PostgresAccessStore,
    PostgresAlarmStore,
    PostgresBookReports,
    PostgresBroadcastStore,
    PostgresChatSessionStore,
    PostgresDraftStore,
    PostgresGenerationStore,
    PostgresLedger,
    PostgresLimitStore,
    PostgresModelSwitches,
    PostgresPreferenceStore,
    PostgresPresetStore,
    PostgresProgressStore,
    PostgresProviderAccounts,
    PostgresPurchaseStore,
    PostgresStatistics,
    PostgresUpdateInbox,
    WatchHub,
)
from adapters.postgres_store.api_key_store import PostgresApiKeyStore, PostgresWebhookOutbox
from adapters.postgres_store.audit_log import PostgresAuditLog
from adapters.postgres_store.current_result_store import PostgresCurrentResultStore
from adapters.postgres_store.person_records import PostgresPersonRecords
from adapters.postgres_store.price_book import PostgresPriceBook
from adapters.postgres_store.text_call_store import PostgresTextCallStore
from adapters.postgres_store.unsafe_list import PostgresUnsafeList
from adapters.system.tracer import NoTracer
from adapters.telegram.api.attachments import TelegramAttachments
from adapters.telegram.api.request_fence import Fenced
from adapters.telegram.api.sender import Sender
from adapters.telegram.api.stars_gateway import StarsGateway
from adapters.telegram.bot.announcer import TelegramAnnouncer
from adapters.telegram.bot.front_end import FrontEnd
from adapters.telegram.bot.results.messenger import TelegramMessenger
from adapters.web import WebMessenger
from application.audit import Audit
from application.generating.bot_accounts import BotAccounts
from application.generating.front_ends import AttachmentRouter, MessengerRouter
from application.generating.watch_generations import WatchGenerations
from application.leading.acquire_leadership import AcquireLeadership, Duty
from application.operating.fixed_filter import FixedFilter
from application.operating.forget_old_records import ForgetOldRecords
from application.ports.leader_lock import LeaderLock
from application.ports.messenger import Messenger
from application.ports.metrics import Metrics
from application.ports.preference_store import PreferenceStore
from application.ports.texts import Texts
from application.ports.tracer import Tracer
from application.pricing.refresh_prices import RefreshPrices
from config.assisting import Assisting, chat_models
from config.billing import Billing
from config.container import Adapters, UseCases
from config.media import Media, kept_for
from config.observing import watched, watched_each
from config.operation import Operation
from config.product import Product
from config.programs import Programs
from config.settings import Settings
from config.telegram import Telegram, studio_links
from config.web import Web
from domain.leadership import NORMAL_TIMING, SLOW_TIMING, LeaseTiming

SLOW_CPUS: Final = 0.5


def duties(
    *,
    front_end: FrontEnd,
    generations: Duty,
    broadcasts: Duty,
    watch: Duty,
    webhooks: Duty,
    forgetting: Duty,
    books: Duty,
    prices: Duty,
) -> Mapping[str, Duty]:
    """What the leader does: listen to Telegram, carry the generations, send broadcasts, look after the service, tidy up,
    keep the books, read the price feed.

    A stop drains them from the last to the first: people are answered until all the rest is safe.
    """
    named: dict[str, Duty] = {
        "telegram": front_end.duty,
        "generations": generations,
        "broadcasts": broadcasts,
        "watch": watch,
        "webhooks": webhooks,
        "forgetting": forgetting,
        "books": books,
        "prices": prices,
    }
    return {name: Fenced(duty) for name, duty in named.items()}


def lease_timing(cpus: float | None) -> LeaseTiming:
    """The lock's durations: on half a CPU or less an event loop is throttled for longer than a normal lease allows."""
    return SLOW_TIMING if cpus is not None and cpus <= SLOW_CPUS else NORMAL_TIMING


def preferences_of(settings: Settings, store: PreferenceStore) -> PreferenceStore:
    """People's settings, in which the content filter is the operator's where they want it always."""
    return FixedFilter(store) if settings.filters_always else store


def texts_of(settings: Settings, texts: Texts) -> Texts:
    """The texts, with what the operator says in their own words."""
    return OwnTexts(texts, {"tg-start": settings.welcome}) if settings.welcome else texts


class Bot(containers.DeclarativeContainer):
    """Everything `mediabot run` is made of. What is open already comes in from outside."""

    settings = providers.Dependency(instance_of=Settings)
    session = providers.Dependency(instance_of=aiohttp.ClientSession)
    result_session = providers.Dependency(instance_of=aiohttp.ClientSession)
    database = providers.Dependency(instance_of=Database)
    telegram = providers.Dependency(instance_of=aiogram.Bot)
    metrics: providers.Provider[Metrics] = providers.Dependency()
    tracer: providers.Provider[Tracer] = providers.Singleton(NoTracer)
    dsn = providers.Dependency(instance_of=str)
    holder = providers.Dependency(instance_of=str)

    bot_id = settings.provided.bot_id
    timing = providers.Callable(lease_timing, settings.provided.cpus)
    adapters = providers.Container(Adapters, settings=settings, session=session, result_session=result_session)
    common_texts: providers.Provider[Texts] = providers.Singleton(load_texts)
    texts: providers.Provider[Texts] = providers.Singleton(texts_of, settings, common_texts)
    watch = providers.Singleton(PortWatch, metrics=metrics, tracer=tracer, clock=adapters.clock)
    media_provider = watched("MediaProvider", adapters.media_provider, watch)
    accounts = providers.Singleton(BotAccounts, media_provider)
    fetcher = watched("ResultFetcher", adapters.fetcher, watch)

    generations = watched("GenerationStore", providers.Singleton(PostgresGenerationStore, database, bot=bot_id), watch)
    drafts = watched("DraftStore", providers.Singleton(PostgresDraftStore, database, bot=bot_id), watch)
    sessions = watched("ChatSessionStore", providers.Singleton(PostgresChatSessionStore, database, bot=bot_id), watch)
    preferences = watched(
        "PreferenceStore",
        providers.Singleton(
            preferences_of, settings, providers.Singleton(PostgresPreferenceStore, database, bot=bot_id)
        ),
        watch,
    )
    switches = watched("ModelSwitches", providers.Singleton(PostgresModelSwitches, database, bot=bot_id), watch)
    access = watched("AccessStore", providers.Singleton(PostgresAccessStore, database, bot=bot_id), watch)
    alarms = watched("AlarmStore", providers.Singleton(PostgresAlarmStore, database, bot=bot_id), watch)
    broadcasts = watched("BroadcastStore", providers.Singleton(PostgresBroadcastStore, database, bot=bot_id), watch)
    statistics = watched("Statistics", providers.Singleton(PostgresStatistics, database, bot=bot_id), watch)
    presets = watched("PresetStore", providers.Singleton(PostgresPresetStore, database, bot=bot_id), watch)
    updates = watched("UpdateInbox", providers.Singleton(PostgresUpdateInbox, database), watch)
    personal_limits = watched("LimitStore", providers.Singleton(PostgresLimitStore, database, bot=bot_id), watch)
    locks = providers.Singleton(PostgresLocks, dsn, holder=holder, clock=adapters.clock, timing=timing)
    lock: providers.Provider[LeaderLock] = providers.Singleton(PostgresLeaderLock, locks, bot_id)
    telegram_messenger: providers.Provider[Messenger] = providers.Singleton(
        TelegramMessenger,
        telegram,
        catalog=adapters.catalog,
        next_steps=adapters.next_steps,
        texts=texts,
        preferences=preferences,
        clock=adapters.clock,
        studio=providers.Callable(studio_links, settings),
    )
    announcer = watched(
        "Announcer", providers.Singleton(TelegramAnnouncer, telegram, catalog=adapters.catalog, texts=texts), watch
    )
    outbox = watched("WebhookOutbox", providers.Singleton(PostgresWebhookOutbox, database, bot_id), watch)
    messenger = watched(
        "Messenger",
        providers.Singleton(
            MessengerRouter,
            messengers=providers.Dict(
                telegram=telegram_messenger,
                web=providers.Singleton(WebMessenger),
                api=providers.Singleton(ApiMessenger, outbox, adapters.clock),
            ),
        ),
        watch,
    )
    media = providers.Container(
        Media,
        settings=settings,
        database=database,
        fetcher=fetcher,
        watch=watch,
        clock=adapters.clock,
        ids=adapters.ids,
    )
    attachments = watched(
        "AttachmentSource",
        providers.Singleton(
            AttachmentRouter,
            sources=providers.Dict(
                telegram=providers.Singleton(TelegramAttachments, telegram), media=media.attachments
            ),
        ),
        watch,
    )
    watch_hub = providers.Singleton(WatchHub, database)
    progress_store = watched(
        "ProgressStore", providers.Singleton(PostgresProgressStore, database, bot_id, watch_hub), watch
    )

    sender = providers.Singleton(Sender, telegram)
    audit_log = watched("AuditLog", providers.Singleton(PostgresAuditLog, database, bot_id), watch)
    audit = providers.Singleton(Audit, audit_log, adapters.clock)
    ledger = watched("Ledger", providers.Singleton(PostgresLedger, database, bot=bot_id), watch)
    purchases = watched("PurchaseStore", providers.Singleton(PostgresPurchaseStore, database, bot=bot_id), watch)
    gateway = watched("PaymentGateway", providers.Singleton(StarsGateway, telegram, sender), watch)
    unsafe_list = watched("UnsafeList", providers.Singleton(PostgresUnsafeList, database, bot=bot_id), watch)
    text_calls = watched("TextCallStore", providers.Singleton(PostgresTextCallStore, database, bot=bot_id), watch)
    billing = providers.Container(
        Billing,
        settings=settings,
        ledger=ledger,
        purchases=purchases,
        gateway=gateway,
        generations=generations,
        reports=providers.Singleton(PostgresBookReports, database, bot=bot_id),
        accounts=accounts,
        provider_accounts=watched("ProviderAccounts", providers.Singleton(PostgresProviderAccounts, database), watch),
        text_calls=text_calls,
        audit=audit,
        clock=adapters.clock,
        metrics=metrics,
    )
    assisting = providers.Container(
        Assisting,
        settings=settings,
        models=watched_each("TextModel", providers.Singleton(chat_models, settings, session), watch),
        calls=text_calls,
        clock=adapters.clock,
        ids=adapters.ids,
        metrics=metrics,
        personal_limits=personal_limits,
        attachments=attachments,
        media_provider=media_provider,
        reserve_credits=billing.reserve_credits,
    )
    core = providers.Container(
        UseCases,
        settings=settings,
        catalog=adapters.catalog,
        vocabulary=adapters.vocabulary,
        media_provider=media_provider,
        accounts=accounts,
        store=generations,
        switches=switches,
        messenger=messenger,
        attachments=attachments,
        fetcher=fetcher,
        result_files=media.keep_result,
        progress_store=progress_store,
        personal_limits=personal_limits,
        media_files=adapters.media_files,
        clock=adapters.clock,
        ids=adapters.ids,
        metrics=metrics,
        reserve_credits=billing.reserve_credits,
        albums=providers.Dict(telegram=telegram_messenger),
        tracer=tracer,
        unsafe_list=unsafe_list,
    )
    watch_generations = providers.Singleton(
        WatchGenerations, store=generations, progress=progress_store, clock=adapters.clock
    )
    refresh_prices = providers.Singleton(
        RefreshPrices,
        feed=providers.Singleton(
            KieHttpPriceFeed, session=adapters.session, base=settings.provided.kie_api_base, clock=adapters.clock
        ),
        book=providers.Singleton(PostgresPriceBook, database),
        catalog=adapters.catalog,
        quote=core.quote_price,
        clock=adapters.clock,
    )
    operation = providers.Container(
        Operation,
        settings=settings,
        unsafe_list=unsafe_list,
        text_calls=text_calls,
        keep_books=billing.keep_books,
        price_alarms=providers.List(refresh_prices),
        catalog=adapters.catalog,
        accounts=accounts,
        read_credits=core.read_credits,
        provider_health=core.provider_health,
        clocks=adapters.clocks,
        access=access,
        switches=switches,
        alarms=alarms,
        statistics=statistics,
        generations=generations,
        personal_limits=personal_limits,
        broadcasts=broadcasts,
        announcer=announcer,
        audit=audit,
        audit_log=audit_log,
        purchases=purchases,
        stop_subscription=billing.stop_subscription,
        person_records=providers.Singleton(PostgresPersonRecords, database, bot_id),
        media_index=media.index,
        media_store=media.store,
        clock=adapters.clock,
        ids=adapters.ids,
        metrics=metrics,
    )
    product = providers.Container(
        Product,
        settings=settings,
        core=core,
        notices=operation.notices,
        catalog=adapters.catalog,
        generations=generations,
        drafts=drafts,
        preferences=preferences,
        current_results=providers.Singleton(PostgresCurrentResultStore, database, bot=bot_id),
        media_index=media.index,
        statistics=statistics,
        texts=texts,
        clock=adapters.clock,
        ids=adapters.ids,
    )
    api_keys = watched("ApiKeyStore", providers.Singleton(PostgresApiKeyStore, database, bot_id), watch)
    web = providers.Container(
        Web,
        settings=settings,
        database=database,
        core=core,
        product=product,
        operation=operation,
        assisting=assisting,
        media=media,
        billing=billing,
        telegram=telegram,
        api_keys=api_keys,
        watch_generations=watch_generations,
        catalog=adapters.catalog,
        next_steps=adapters.next_steps,
        texts=texts,
        generations=generations,
        drafts=drafts,
        preferences=preferences,
        presets=presets,
        clock=adapters.clock,
        ids=adapters.ids,
    )
    front = providers.Container(
        Telegram,
        settings=settings,
        bot=telegram,
        core=core,
        operation=operation,
        product=product,
        assisting=assisting,
        billing=billing,
        catalog=adapters.catalog,
        next_steps=adapters.next_steps,
        texts=texts,
        generations=generations,
        drafts=drafts,
        sessions=sessions,
        preferences=preferences,
        preset_store=presets,
        updates=updates,
        fetcher=fetcher,
        tracer=tracer,
        clock=adapters.clock,
        ids=adapters.ids,
    )
    programs = providers.Container(
        Programs,
        database=database,
        bot_id=bot_id,
        result_session=result_session,
        core=core,
        product=product,
        operation=operation,
        media=media,
        catalog=adapters.catalog,
        generations=generations,
        presets=presets,
        access=access,
        preferences=preferences,
        watch=watch_generations,
        texts=texts,
        clock=adapters.clock,
        ids=adapters.ids,
        ledger=ledger,
        give_free_credits=billing.give_free_credits,
        is_billing_on=settings.provided.billing.is_on,
        outbox=outbox,
        metrics=metrics,
    )
    front_end = front.front_end
    forget_old_records = providers.Singleton(
        ForgetOldRecords,
        drafts=drafts,
        sessions=sessions,
        updates=updates,
        generations=generations,
        tidy_media=media.tidy,
        audit_log=audit_log,
        audit_kept_for=providers.Callable(kept_for, settings.provided.audit_keep_days),
        clock=adapters.clock,
    )
    acquire_leadership = providers.Singleton(
        AcquireLeadership,
        bot=bot_id,
        lock=lock,
        clock=adapters.clock,
        duties=providers.Callable(
            duties,
            front_end=front_end,
            generations=core.drive_generations,
            broadcasts=operation.send_broadcasts,
            watch=operation.watch_service,
            webhooks=programs.send_webhooks,
            forgetting=forget_old_records,
            books=billing.keep_books,
            prices=refresh_prices,
        ),
        metrics=metrics,
    )
