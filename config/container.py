"""The object graph. It is synchronous and opens nothing: what must be opened comes in as a ``Dependency``."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from typing import Final

import aiohttp
from dependency_injector import containers, providers

from adapters.kie_http import KieHttpProvider
from adapters.media_files import LocalMediaFiles
from adapters.result_http import HttpResultFetcher, Proxied
from adapters.system.clock import SystemClock
from adapters.system.ids import SystemIds
from adapters.system.tracer import NoTracer
from application.billing.reserve_credits import ReserveCredits
from application.catalog.find_models import FindModels
from application.catalog.unsafe_requests import UnsafeRequests
from application.catalog.validate_input import ValidateInput
from application.generating.background_tasks import BackgroundTasks
from application.generating.bot_accounts import BotAccounts
from application.generating.cancel_generation import CancelGeneration
from application.generating.cancel_newest import CancelNewest
from application.generating.check_file_cost import CheckFileCost
from application.generating.creation_rate_limiter import CreationRateLimiter
from application.generating.deliver_generation import DeliverGeneration
from application.generating.deliveries_in_flight import DeliveriesInFlight
from application.generating.drain_gate import DrainGate
from application.generating.drive_generations import DriveGenerations
from application.generating.fetch_result import FetchResult, OpenResult
from application.generating.find_task_account import FindTaskAccount
from application.generating.first_looks import FirstLooks
from application.generating.fit_files import FitFiles
from application.generating.follow_task import FollowTask
from application.generating.generate_media import GenerateMedia
from application.generating.handed_over import HandedOver
from application.generating.handle_callback import HandleCallback
from application.generating.look_up_again import LookUpAgain
from application.generating.progress_reporter import ProgressReporter
from application.generating.provider_health import ProviderHealth
from application.generating.renewed_links import RenewedLinks
from application.generating.request_generation import RequestGeneration
from application.generating.save_generation import SaveGeneration
from application.generating.side_by_side import SideBySide
from application.generating.stop_waiting import StopWaiting
from application.generating.submissions_in_flight import SubmissionsInFlight
from application.generating.submit_generation import SubmitGeneration
from application.operating.clock_watch import ClockWatch
from application.operating.read_credits import ReadCredits
from application.ports.attachment_source import AttachmentSource
from application.ports.clock import Clock
from application.ports.generation_store import GenerationStore
from application.ports.ids import Ids
from application.ports.limit_store import LimitStore
from application.ports.media_files import MediaFiles
from application.ports.media_provider import MediaProvider
from application.ports.messenger import AlbumMessenger, Messenger
from application.ports.metrics import Metrics
from application.ports.model_catalog import ModelCatalog
from application.ports.model_switches import ModelSwitches
from application.ports.progress_store import ProgressStore
from application.ports.result_fetcher import ResultFetcher
from application.ports.tracer import Tracer
from application.ports.unsafe_list import UnsafeList
from application.pricing.person_price import PersonPrice
from application.pricing.quote_price import QuotePrice
from application.results.next_steps import NextSteps
from application.results.note_sent_again import NoteSentAgain
from config.packaged import packaged_catalog, packaged_vocabulary
from config.proxies import proxy_for
from config.sessions import judge_of_addresses
from config.settings import Settings
from domain.generation import Generation
from domain.polling import PollPlanner
from domain.provider_account import AccountName
from domain.vocabulary import Vocabulary

UNKNOWN_FOR_WITH_CALLBACKS: Final = timedelta(minutes=30)
"""KIE repeats a callback three times (``kie/API.md`` §4); the slowest task seen took 13 minutes."""

UNKNOWN_FOR_WITHOUT: Final = timedelta(minutes=1)
"""Without a public address nothing can ever resolve an unknown outcome; why keep the person waiting?"""

WAIT_FOR: Final = timedelta(hours=6)
"""A task that has not ended by then is given up; the slowest seen took 13 minutes."""


def callback_urls(public_url: str | None) -> Callable[[Generation], str | None]:
    """Where the provider may report the end of a generation."""

    def callback_url(generation: Generation) -> str | None:
        return public_url and f"{public_url}/kie/callback/{generation.id}/{generation.secret}"

    return callback_url


def unknown_for(public_url: str | None) -> timedelta:
    """How long an unknown outcome may still be resolved."""
    return UNKNOWN_FOR_WITH_CALLBACKS if public_url else UNKNOWN_FOR_WITHOUT


def accounts_there_are(accounts: BotAccounts) -> Callable[[], Sequence[AccountName]]:
    """A function, since they may change."""
    return lambda: accounts.names


def accounts_that_take_tasks(accounts: BotAccounts) -> Callable[[], Sequence[AccountName]]:
    """The same, without those that the operator has paused."""
    return lambda: accounts.taking


def fit_files_of(media_files: MediaFiles | None) -> FitFiles | None:
    """The step that looks at people's files, where there is something to look with."""
    return FitFiles(inspector=media_files, fitter=media_files) if media_files else None


class UseCases(containers.DeclarativeContainer):
    """Every use case and its steps, over ports that come from outside."""

    settings = providers.Dependency(instance_of=Settings)
    catalog: providers.Provider[ModelCatalog] = providers.Dependency()
    vocabulary: providers.Provider[Vocabulary] = providers.Dependency()
    media_provider: providers.Provider[MediaProvider] = providers.Dependency()
    store: providers.Provider[GenerationStore] = providers.Dependency()
    switches: providers.Provider[ModelSwitches] = providers.Dependency()
    messenger: providers.Provider[Messenger] = providers.Dependency()
    attachments: providers.Provider[AttachmentSource] = providers.Dependency()
    fetcher: providers.Provider[ResultFetcher] = providers.Dependency()
    result_files: providers.Provider[OpenResult] = providers.Singleton(FetchResult, fetcher)
    accounts: providers.Provider[BotAccounts] = providers.Singleton(BotAccounts, media_provider)
    open_result: providers.Provider[OpenResult] = providers.Singleton(LookUpAgain, result_files, accounts, catalog)
    progress_store: providers.Provider[ProgressStore | None] = providers.Object(None)
    personal_limits: providers.Provider[LimitStore | None] = providers.Object(None)
    media_files: providers.Provider[MediaFiles | None] = providers.Object(None)
    clock: providers.Provider[Clock] = providers.Dependency()
    ids: providers.Provider[Ids] = providers.Dependency()
    metrics: providers.Provider[Metrics] = providers.Dependency()
    tracer: providers.Provider[Tracer] = providers.Singleton(NoTracer)
    reserve_credits: providers.Provider[ReserveCredits | None] = providers.Object(None)
    unsafe_list: providers.Provider[UnsafeList | None] = providers.Object(None)
    albums: providers.Provider[Mapping[str, AlbumMessenger]] = providers.Object({})

    admit: providers.Provider[Callable[[AccountName], Awaitable[None]] | None] = providers.Object(None)

    public_url = settings.provided.public_url
    window = settings.provided.creation_window

    note_sent_again = providers.Singleton(NoteSentAgain, store)
    validate_input = providers.Singleton(
        ValidateInput, catalog, allow_private_hosts=settings.provided.allow_private_hosts
    )
    quote_price = providers.Singleton(QuotePrice, catalog)
    person_price = providers.Singleton(PersonPrice, quote_price, settings.provided.billing.sold_at)
    find_models = providers.Singleton(FindModels, catalog, vocabulary)
    unsafe_requests = providers.Singleton(UnsafeRequests, list=unsafe_list, clock=clock)
    handed_over = providers.Singleton(HandedOver)
    request_generation = providers.Singleton(
        RequestGeneration,
        validate=validate_input,
        quote=quote_price,
        store=store,
        switches=switches,
        ids=ids,
        clock=clock,
        metrics=metrics,
        limits=settings.provided.user_limits,
        group_limits=settings.provided.group_limits,
        filter_always=settings.provided.filters_always,
        personal_limits=personal_limits,
        reserve=reserve_credits,
        unsafe=unsafe_requests,
        tracer=tracer,
        handed_over=handed_over,
    )
    cancel_generation = providers.Singleton(CancelGeneration, store=store, clock=clock)
    cancel_newest = providers.Singleton(CancelNewest, generations=store, cancel=cancel_generation)
    stop_waiting = providers.Singleton(StopWaiting, store)
    read_credits = providers.Singleton(ReadCredits, accounts, clock)
    handle_callback = providers.Singleton(HandleCallback, store)

    planner = providers.Singleton(PollPlanner, callbacks=providers.Callable(bool, public_url))
    progress = providers.Singleton(ProgressReporter, messenger, store, clock, progress_store)
    first_looks = providers.Singleton(FirstLooks, clock)
    turns = providers.Singleton(
        CreationRateLimiter, window, clock, admit, providers.Callable(accounts_that_take_tasks, accounts)
    )
    provider_health = providers.Singleton(ProviderHealth, clock, providers.Callable(accounts_there_are, accounts))
    background = providers.Singleton(BackgroundTasks)
    submissions = providers.Singleton(SubmissionsInFlight, accounts, store, clock, background)
    side_by_side = providers.Singleton(SideBySide, messenger=messenger, albums=albums, store=store, clock=clock)
    sendings = providers.Singleton(
        DeliveriesInFlight, side_by_side=side_by_side, store=store, clock=clock, background=background
    )
    gate = providers.Singleton(DrainGate)
    save = providers.Singleton(SaveGeneration, store, clock)

    submit = providers.Singleton(
        SubmitGeneration,
        validate=validate_input,
        accounts=accounts,
        task_account=providers.Singleton(FindTaskAccount, accounts, store),
        submissions=submissions,
        attachments=attachments,
        fit_files=providers.Callable(fit_files_of, media_files),
        check_cost=providers.Singleton(CheckFileCost, quote_price),
        turns=turns,
        health=provider_health,
        progress=progress,
        gate=gate,
        save=save,
        clock=clock,
        callback_url=providers.Callable(callback_urls, public_url),
    )
    follow = providers.Singleton(
        FollowTask,
        accounts=accounts,
        catalog=catalog,
        planner=planner,
        first_looks=first_looks,
        progress=progress,
        store=store,
        save=save,
        clock=clock,
        metrics=metrics,
        unknown_for=providers.Callable(unknown_for, public_url),
        wait_for=WAIT_FOR,
    )
    deliver = providers.Singleton(
        DeliverGeneration,
        messenger=messenger,
        sendings=sendings,
        side_by_side=side_by_side,
        open_result=open_result,
        progress=progress,
        gate=gate,
        save=save,
        clock=clock,
        metrics=metrics,
    )
    generate_media = providers.Singleton(
        GenerateMedia, submit=submit, follow=follow, deliver=deliver, save=save, metrics=metrics
    )
    drive_generations = providers.Singleton(
        DriveGenerations,
        generate=generate_media,
        store=store,
        turns=turns,
        first_looks=first_looks,
        background=background,
        progress=progress,
        gate=gate,
        clock=clock,
        metrics=metrics,
        tracer=tracer,
        handed_over=handed_over,
        window_s=window.period_s,
    )


class Adapters(containers.DeclarativeContainer):
    """What is the same for every command: the registry, the provider, the machine's time."""

    settings = providers.Dependency(instance_of=Settings)
    session = providers.Dependency(instance_of=aiohttp.ClientSession)
    result_session = providers.Dependency(instance_of=aiohttp.ClientSession)

    clock: providers.Provider[Clock] = providers.Singleton(SystemClock)
    clocks = providers.Singleton(ClockWatch)
    may_connect = providers.Callable(judge_of_addresses, settings)
    ids: providers.Provider[Ids] = providers.Singleton(SystemIds)
    catalog: providers.Provider[ModelCatalog] = providers.Callable(packaged_catalog)
    vocabulary: providers.Provider[Vocabulary] = providers.Callable(packaged_vocabulary)
    next_steps = providers.Singleton(NextSteps, catalog=catalog, vocabulary=vocabulary)
    provider_with: providers.Provider[MediaProvider] = providers.Factory(
        KieHttpProvider,
        session,
        api_base=settings.provided.kie_api_base,
        upload_base=settings.provided.kie_upload_base,
        clock=clock,
        clocks=clocks,
        proxy_for=providers.Object(proxy_for),
    )
    """Given an ``api_key``: an account at the provider."""
    media_provider: providers.Provider[MediaProvider] = providers.Singleton(
        provider_with, api_key=settings.provided.kie_api_key
    )
    direct_fetcher: providers.Provider[ResultFetcher] = providers.Singleton(
        HttpResultFetcher,
        result_session,
        proxied=providers.Factory(
            Proxied, session=session, proxy_for=providers.Object(proxy_for), may_connect=may_connect
        ),
    )
    fetcher: providers.Provider[ResultFetcher] = providers.Singleton(RenewedLinks, direct_fetcher, media_provider)
    media_files: providers.Provider[MediaFiles] = providers.Singleton(LocalMediaFiles)
