"""The object graph. It is synchronous and opens nothing: what must be opened comes in as a ``Dependency``."""

from collections.abc import Callable
from datetime import timedelta
from importlib.resources import files
from typing import Final

import aiohttp
from dependency_injector import containers, providers

from adapters.kie_http import KieHttpProvider
from adapters.result_http import HttpResultFetcher
from adapters.system.clock import SystemClock
from adapters.system.ids import SystemIds
from adapters.yaml_catalog import load_catalog
from adapters.yaml_catalog.vocabulary import load_vocabulary
from application.ports.attachment_source import AttachmentSource
from application.ports.clock import Clock
from application.ports.generation_store import GenerationStore
from application.ports.ids import Ids
from application.ports.media_provider import MediaProvider
from application.ports.messenger import Messenger
from application.ports.metrics import Metrics
from application.ports.model_catalog import ModelCatalog
from application.ports.model_switches import ModelSwitches
from application.ports.result_fetcher import ResultFetcher
from application.steps.deliver_generation import DeliverGeneration
from application.steps.errands import Errands
from application.steps.follow_task import FollowTask
from application.steps.gate import Gate
from application.steps.progress_board import ProgressBoard
from application.steps.save_generation import SaveGeneration
from application.steps.sendings import Sendings
from application.steps.submission_turns import SubmissionTurns
from application.steps.submissions import Submissions
from application.steps.submit_generation import SubmitGeneration
from application.use_cases.cancel_generation import CancelGeneration
from application.use_cases.drive_generations import DriveGenerations
from application.use_cases.find_models import FindModels
from application.use_cases.generate_media import GenerateMedia
from application.use_cases.handle_callback import HandleCallback
from application.use_cases.list_generations import ListGenerations
from application.use_cases.next_steps import NextSteps
from application.use_cases.read_credits import ReadCredits
from application.use_cases.request_generation import RequestGeneration
from application.use_cases.stop_waiting import StopWaiting
from application.use_cases.validate_input import ValidateInput
from config.settings import Settings
from domain.generation import Generation
from domain.polling import PollPlanner
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
    clock: providers.Provider[Clock] = providers.Dependency()
    ids: providers.Provider[Ids] = providers.Dependency()
    metrics: providers.Provider[Metrics] = providers.Dependency()

    public_url = settings.provided.public_url
    window = settings.provided.creation_window

    validate_input = providers.Singleton(
        ValidateInput, catalog, allow_private_hosts=settings.provided.allow_private_hosts
    )
    find_models = providers.Singleton(FindModels, catalog, vocabulary)
    request_generation = providers.Singleton(
        RequestGeneration,
        validate=validate_input,
        store=store,
        switches=switches,
        ids=ids,
        clock=clock,
        metrics=metrics,
        limits=settings.provided.user_limits,
        group_limits=settings.provided.group_limits,
    )
    cancel_generation = providers.Singleton(CancelGeneration, store=store, clock=clock)
    stop_waiting = providers.Singleton(StopWaiting, store)
    read_credits = providers.Singleton(ReadCredits, media_provider, clock)
    list_generations = providers.Singleton(ListGenerations, store)
    handle_callback = providers.Singleton(HandleCallback, store)

    planner = providers.Singleton(PollPlanner, callbacks=providers.Callable(bool, public_url))
    board = providers.Singleton(ProgressBoard, messenger, store, clock)
    turns = providers.Singleton(SubmissionTurns, window, clock)
    errands = providers.Singleton(Errands)
    submissions = providers.Singleton(Submissions, media_provider, store, clock, errands)
    sendings = providers.Singleton(Sendings, messenger=messenger, store=store, clock=clock, errands=errands)
    gate = providers.Singleton(Gate)
    save = providers.Singleton(SaveGeneration, store, clock)

    submit = providers.Singleton(
        SubmitGeneration,
        validate=validate_input,
        provider=media_provider,
        submissions=submissions,
        attachments=attachments,
        turns=turns,
        board=board,
        gate=gate,
        save=save,
        clock=clock,
        callback_url=providers.Callable(callback_urls, public_url),
    )
    follow = providers.Singleton(
        FollowTask,
        provider=media_provider,
        catalog=catalog,
        planner=planner,
        board=board,
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
        fetcher=fetcher,
        board=board,
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
        errands=errands,
        board=board,
        gate=gate,
        clock=clock,
        metrics=metrics,
        window_s=window.period_s,
    )


class Adapters(containers.DeclarativeContainer):
    """What is the same for every command: the registry, the provider, the machine's time."""

    settings = providers.Dependency(instance_of=Settings)
    session = providers.Dependency(instance_of=aiohttp.ClientSession)
    result_session = providers.Dependency(instance_of=aiohttp.ClientSession)

    clock: providers.Provider[Clock] = providers.Singleton(SystemClock)
    ids: providers.Provider[Ids] = providers.Singleton(SystemIds)
    catalog: providers.Provider[ModelCatalog] = providers.Singleton(load_catalog, files("config") / "registry")
    vocabulary: providers.Provider[Vocabulary] = providers.Singleton(
        load_vocabulary, files("config") / "search_words.yaml", catalog
    )
    next_steps = providers.Singleton(NextSteps, catalog=catalog, vocabulary=vocabulary)
    media_provider: providers.Provider[MediaProvider] = providers.Singleton(
        KieHttpProvider,
        session,
        api_key=settings.provided.kie_api_key,
        api_base=settings.provided.kie_api_base,
        upload_base=settings.provided.kie_upload_base,
        clock=clock,
    )
    fetcher: providers.Provider[ResultFetcher] = providers.Singleton(HttpResultFetcher, result_session)
