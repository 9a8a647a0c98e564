"""Every model of the registry, from its smallest input to a result, through the real adapters on the simulator."""

import asyncio
import json
import time
from datetime import UTC, datetime, timedelta

import aiohttp
from dependency_injector import providers

from adapters.cli import (
    LocalFileSource,
    RequestRuns,
    Sanity,
    SanityOptions,
    progress_line,
    sample_file,
    sanity_messenger,
)
from adapters.kie_http import KieHttpProvider
from adapters.memory.generation_store import InMemoryGenerationStore
from adapters.memory.ids import SequentialIds
from adapters.memory.leader_lock import InMemoryLeaderLock, LockRoom
from adapters.memory.metrics import CountingMetrics
from adapters.memory.model_switches import InMemoryModelSwitches
from adapters.memory.result_fetcher import InMemoryResultFetcher
from application.generating.creation_rate_limiter import CreationWindow
from application.generating.fetch_result import FetchResult
from application.operating.check_models import CheckModels
from config.settings import Settings
from config.slices.generating import Generating
from domain.model import Model, ModelType
from domain.sample import minimal_input
from simulators.kie import NO_LIMIT, KieSimulator, SimulatorOptions, known_facts, serve
from tests.support.cli import terminal, written
from tests.support.core_fixture import CATALOG, VOCABULARY
from tests.support.kie_rules import broken_rules

HURRY = 30
"""How much faster than the world our clock goes, so that waits made for minutes take seconds."""


class HurriedClock:
    """A ``Clock`` that runs ahead, evenly."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def now(self) -> datetime:
        return datetime(2026, 11, 24, tzinfo=UTC) + timedelta(seconds=self.monotonic())

    def monotonic(self) -> float:
        return (time.monotonic() - self._began) * HURRY

    async def sleep(self, seconds: float, /) -> None:
        await asyncio.sleep(seconds / HURRY)

    async def wait(self, event: asyncio.Event, seconds: float, /) -> bool:
        try:
            async with asyncio.timeout(seconds / HURRY):
                return await event.wait()
        except TimeoutError:
            return False


def breaks_a_rule(model: Model) -> bool:
    """Whether the least input breaks a rule that KIE documents and the registry lacks, or KIE documents no such model."""
    given = minimal_input(model, lambda kind: f"https://a.example/{kind}")
    return bool(broken_rules(model.id, given)) if model.id in known_facts().models else True


async def test_every_model_that_is_no_alias_gives_a_result_and_every_type_is_among_them() -> None:
    clock, here = HurriedClock(), terminal()
    messenger = sanity_messenger(here)
    simulator = KieSimulator(
        SimulatorOptions(duration_s=0.01, creation_limit=NO_LIMIT, read_limit=NO_LIMIT, refused_statuses=frozenset())
    )
    async with serve(simulator) as base, aiohttp.ClientSession() as session:
        use_cases = Generating(
            settings=Settings(allow_private_hosts=True, creation_window=CreationWindow(200, 10)),
            catalog=CATALOG,
            vocabulary=VOCABULARY,
            media_provider=KieHttpProvider(
                session, api_key="simulator-key", api_base=str(base), upload_base=str(base), clock=clock
            ),
            generations=InMemoryGenerationStore(clock),
            switches=InMemoryModelSwitches(clock),
            messenger=messenger,
            attachments=LocalFileSource(),
            fetcher=InMemoryResultFetcher(clock),
            result_files=FetchResult(InMemoryResultFetcher(clock)),
            clock=clock,
            ids=SequentialIds(),
            metrics=CountingMetrics(),
            reserve_credits=providers.Object(None),
            earlier_ids=providers.Object(None),
        )

        async def drive() -> None:
            leadership = await InMemoryLeaderLock(LockRoom(clock), bot="terminal").acquire()
            await use_cases.drive_generations().run(leadership)

        check = CheckModels(
            catalog=CATALOG,
            quote=use_cases.quote_price(),
            run=RequestRuns(use_cases.request_generation(), messenger),
            sample=sample_file,
            ids=use_cases.ids(),
        )
        sanity = Sanity(check_models=check, drive=drive, terminal=here, progress=progress_line(here.err))
        status = await sanity(SanityOptions(every=True, force=True, yes=True, json=True))

    checks = json.loads(written(here.out))["checks"]
    # The least input knows the rules of the registry; where KIE has more of them, its refusal is right.
    unruled = {model.id for model in CATALOG.models() if breaks_a_rule(model)}
    assert [each for each in checks if not each["ok"] and each["model"] not in unruled] == []
    assert status == (1 if unruled else 0)
    assert {each["model"] for each in checks} == {model.id for model in CATALOG.models() if not model.is_alias}
    assert {each["type"] for each in checks} == set(ModelType)
