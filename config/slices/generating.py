"""What carries generations: submitting, following, delivering."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Final

from dependency_injector import providers

from application.generating.check_cost import CheckCost
from application.generating.creation_rate_limiter import CreationRateLimiter
from application.generating.deliver_generation import DeliverGeneration
from application.generating.drive_generations import DriveGenerations
from application.generating.fit_files import FitFiles
from application.generating.follow_task import FirstLooks, FollowTask, LookUpSoon, UsualTimes
from application.generating.generate_media import GenerateMedia
from application.generating.in_flight import BackgroundTasks, DeliveriesInFlight, DrainGate, SubmissionsInFlight
from application.generating.open_cover import OpenCover
from application.generating.progress_reporter import ProgressReporter
from application.generating.provider_health import ProviderHealth
from application.generating.save_generation import SaveGeneration
from application.generating.side_by_side import SideBySide
from application.generating.submit_generation import SubmitGeneration
from application.ports.media_files import MediaFiles
from application.ports.messenger import AlbumMessenger
from config.slices.ports import Ports
from config.slices.requesting import Requesting
from domain.generation import Generation
from domain.polling import PollPlanner
from domain.provider_account import AccountName

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


def fit_files_of(media_files: MediaFiles | None) -> FitFiles | None:
    """The step that looks at people's files, where there is something to look with."""
    return FitFiles(inspector=media_files, fitter=media_files) if media_files else None


class Generating(Requesting):
    """The steps of ``GenerateMedia``, and ``DriveGenerations``, which takes every generation through them."""

    albums: providers.Provider[Mapping[str, AlbumMessenger]] = providers.Object({})
    admit: providers.Provider[Callable[[AccountName], Awaitable[None]] | None] = providers.Object(None)

    public_url = Ports.settings.provided.public_url
    window = Ports.settings.provided.creation_window

    planner = providers.Singleton(PollPlanner, callbacks=providers.Callable(bool, public_url))
    usual_times = providers.Singleton(UsualTimes, planner, Ports.generations)
    progress = providers.Singleton(
        ProgressReporter, Ports.messenger, Ports.generations, Ports.clock, Requesting.progress_store
    )
    first_looks = providers.Singleton(FirstLooks, Ports.clock)
    look_up_soon = providers.Singleton(LookUpSoon, first_looks, Requesting.carried_here)
    turns = providers.Singleton(CreationRateLimiter, window, Ports.clock, admit, Ports.accounts.provided.taking)
    provider_health = providers.Singleton(ProviderHealth, Ports.clock, Ports.accounts.provided.names)
    background = providers.Singleton(BackgroundTasks)
    submissions = providers.Singleton(SubmissionsInFlight, Ports.accounts, Ports.generations, Ports.clock, background)
    side_by_side = providers.Singleton(
        SideBySide, messenger=Ports.messenger, albums=albums, store=Ports.generations, clock=Ports.clock
    )
    sendings = providers.Singleton(
        DeliveriesInFlight,
        side_by_side=side_by_side,
        store=Ports.generations,
        clock=Ports.clock,
        background=background,
    )
    gate = providers.Singleton(DrainGate)
    save = providers.Singleton(SaveGeneration, Ports.generations, Ports.clock, Requesting.carried_here)

    submit = providers.Singleton(
        SubmitGeneration,
        validate=Requesting.validate_input,
        accounts=Ports.accounts,
        earlier=Requesting.earlier_ids,
        submissions=submissions,
        open_attachment=Requesting.open_attachment,
        fit_files=providers.Callable(fit_files_of, Requesting.media_files),
        check_cost=providers.Singleton(CheckCost, Requesting.quote_price),
        turns=turns,
        usual_times=usual_times,
        health=provider_health,
        progress=progress,
        gate=gate,
        save=save,
        clock=Ports.clock,
        callback_url=providers.Callable(callback_urls, public_url),
    )
    follow = providers.Singleton(
        FollowTask,
        accounts=Ports.accounts,
        catalog=Ports.catalog,
        planner=planner,
        usual_times=usual_times,
        first_looks=first_looks,
        progress=progress,
        store=Ports.generations,
        save=save,
        clock=Ports.clock,
        metrics=Ports.metrics,
        unknown_for=providers.Callable(unknown_for, public_url),
        wait_for=WAIT_FOR,
    )
    deliver = providers.Singleton(
        DeliverGeneration,
        messenger=Ports.messenger,
        sendings=sendings,
        side_by_side=side_by_side,
        open_result=Requesting.open_result,
        open_cover=providers.Singleton(OpenCover, fetcher=Ports.fetcher, files=Requesting.media_files),
        progress=progress,
        gate=gate,
        save=save,
        clock=Ports.clock,
        metrics=Ports.metrics,
    )
    generate_media = providers.Singleton(
        GenerateMedia,
        submit=submit,
        follow=follow,
        deliver=deliver,
        save=save,
        side_by_side=side_by_side,
        metrics=Ports.metrics,
    )
    drive_generations = providers.Singleton(
        DriveGenerations,
        generate=generate_media,
        store=Ports.generations,
        turns=turns,
        first_looks=first_looks,
        background=background,
        progress=progress,
        gate=gate,
        clock=Ports.clock,
        metrics=Ports.metrics,
        tracer=Ports.tracer,
        handed_over=Requesting.handed_over,
        carried_here=Requesting.carried_here,
        window_s=window.period_s,
    )
