"""The commands of the terminal that talk to KIE: the same use cases, carried in this very process, without a database."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path

from attrs import evolve
from dependency_injector import providers

from adapters.cli import (
    CliMessenger,
    Drive,
    Generate,
    GenerateOptions,
    LocalFileSource,
    RequestRuns,
    Sanity,
    SanityOptions,
    Terminal,
    generation_messenger,
    progress_line,
    sample_file,
    sanity_messenger,
)
from adapters.kie_http.price_feed import KieHttpPriceFeed
from adapters.media_files import measured
from adapters.memory.alarm_store import InMemoryAlarmStore
from adapters.memory.generation_store import InMemoryGenerationStore
from adapters.memory.leader_lock import InMemoryLeaderLock, LockRoom
from adapters.memory.metrics import CountingMetrics
from adapters.memory.model_switches import InMemoryModelSwitches
from adapters.system.machine import SystemClock
from adapters.yaml_catalog import load_catalog
from application.generating.fetch_result import FetchResult
from application.operating.check_models import CheckModels
from config.billing_settings import BillingSettings
from config.machine import Machine
from config.offline import terminal
from config.registry_tools.kie_catalogue import KieHttpCatalogue
from config.registry_tools.sync_command import SyncOptions, SyncRegistry
from config.registry_tools.sync_models import SyncModels
from config.registry_tools.sync_prices import SyncPrices, SyncPricesOptions
from config.registry_tools.yaml_writer import YamlRegistryWriter
from config.sessions import http_session, result_session
from config.settings import Settings
from config.slices.generating import Generating


async def generate(settings: Settings, options: GenerateOptions, here: Terminal | None = None) -> int:
    """Run one generation, at this process's terminal unless ``here`` is another."""
    here = here or terminal()
    messenger = generation_messenger(options, here)
    async with workbench(settings, messenger) as (use_cases, drive):
        run = Generate(
            validate=use_cases.validate_input(),
            run=use_cases.run_draft(),
            drive=drive,
            store=use_cases.generations(),
            messenger=messenger,
            terminal=here,
            ids=use_cases.ids(),
            clock=use_cases.clock(),
            measure=measured,
        )
        return await run(options)


async def sanity(settings: Settings, options: SanityOptions) -> int:
    """Try models for real."""
    here = terminal()
    progress = progress_line(here.err)
    messenger = sanity_messenger(here)
    async with workbench(settings, messenger) as (use_cases, drive):
        check = CheckModels(
            catalog=use_cases.catalog(),
            quote=use_cases.quote_price(),
            run=RequestRuns(use_cases.request_generation(), messenger),
            sample=sample_file,
            ids=use_cases.ids(),
        )
        return await Sanity(check_models=check, drive=drive, terminal=here, progress=progress)(options)


async def sync_prices(settings: Settings, options: SyncPricesOptions, registry: Path | None) -> int:
    """Compare the registry's prices with the public feed."""
    directory = registry or Path(str(files("config") / "registry"))
    async with http_session() as session:
        clock = SystemClock()
        sync = SyncPrices(
            catalog=load_catalog(directory),
            feed=KieHttpPriceFeed(session=session, base=settings.kie_api_base, clock=clock),
            writer=YamlRegistryWriter(directory),
            clock=clock,
            terminal=terminal(),
        )
        return await sync(options)


async def sync_models(settings: Settings, options: SyncOptions, registry: Path | None) -> int:
    """Compare the registry with the live catalogue."""
    here = terminal()
    directory = registry or Path(str(files("config") / "registry"))
    async with http_session() as session:
        clock = SystemClock()
        sync = SyncModels(
            catalog=load_catalog(directory),
            live=KieHttpCatalogue(
                session, api_key=settings.kie_api_key or "", api_base=settings.kie_api_base, clock=clock
            ),
            writer=YamlRegistryWriter(directory),
            clock=clock,
        )
        return await SyncRegistry(sync_models=sync, terminal=here, progress=progress_line(here.err))(options)


@asynccontextmanager
async def workbench(settings: Settings, messenger: CliMessenger) -> AsyncIterator[tuple[Generating, Drive]]:
    """The use cases with everything in memory, and what carries their generations under a leadership of our own."""
    async with (
        http_session() as session,
        result_session(settings) as results,
    ):
        machine = Machine(settings=settings, session=session, result_session=results)
        clock = machine.clock()
        use_cases = Generating(
            settings=evolve(settings, billing=BillingSettings()),  # the person at the terminal pays KIE itself
            catalog=machine.catalog(),
            vocabulary=machine.vocabulary(),
            media_provider=machine.own_provider(),
            generations=InMemoryGenerationStore(clock),
            switches=InMemoryModelSwitches(clock),
            alarms=InMemoryAlarmStore(clock),
            messenger=messenger,
            attachments=LocalFileSource(),
            fetcher=machine.own_fetcher(),
            result_files=FetchResult(machine.own_fetcher()),
            media_files=machine.media_files(),
            earlier_ids=providers.Object(None),  # the account is theirs, and so is every id on it
            clock=clock,
            ids=machine.ids(),
            metrics=CountingMetrics(),
            reserve_credits=providers.Object(None),
        )

        async def drive() -> None:
            leadership = await InMemoryLeaderLock(LockRoom(clock), bot="terminal").acquire()
            await use_cases.drive_generations().run(leadership)

        try:
            yield use_cases, drive
        finally:
            await use_cases.turns().close()
            await use_cases.background().drain(0.0)
