"""What every media provider promises, on the fake and on KIE's adapter before the simulated KIE."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

import aiohttp
import pytest

from adapters.kie_http import KieHttpProvider, KieLimits
from adapters.memory.clock import ManualClock
from adapters.memory.media_provider import InMemoryProvider
from adapters.memory.trouble import Trouble
from application.errors import ProviderOutcomeUnknown, ProviderRejected, ProviderUnavailable
from application.ports.character_maker import CharacterMaker
from application.ports.media_provider import MediaProvider, Submission, TaskFailed, TaskRunning, TaskSucceeded
from domain.failure import Charged, Failure, FailureKind
from domain.generation import TaskId
from domain.media import MediaFile, MediaKind
from simulators.kie import NO_LIMIT, KieSimulator, SimulatorOptions, serve
from tests.support.faulty_server import Fault, FaultyServer, RawAnswer, Slow, faulty
from tests.support.registry import model

PICTURE = model("google/nano-banana")
RUN_TIME_S = 30.0
LIMITS = KieLimits(create_s=2, read_s=2, first_wait_s=0.01, longest_wait_s=0.02)


class Provider(MediaProvider, CharacterMaker, Protocol):
    """Both ports, which one provider stands behind."""


class Harness(Protocol):
    """A provider, its time, and the trouble it can be put in. Each trouble meets the next call of its sort."""

    clock: ManualClock

    @property
    def provider(self) -> Provider: ...
    @property
    def task_count(self) -> int: ...
    def refusal(self, code: int, kind: FailureKind) -> Mapping[str, object]:
        """An input with which a task is refused."""
        ...

    def failure(self, code: int, kind: FailureKind) -> Mapping[str, object]:
        """An input whose task fails."""
        ...

    def limit_rate(self) -> None: ...
    def lose_answer(self) -> None: ...
    def lose_request(self) -> None: ...
    def delay_answer(self) -> None: ...
    def stop_reads(self) -> None: ...
    async def go_away(self) -> None: ...
    async def come_back(self) -> None: ...


class MemoryHarness:
    def __init__(self) -> None:
        self.clock = ManualClock()
        self.provider = InMemoryProvider(self.clock, run_time_s=RUN_TIME_S)
        self._scripts = (self.provider.on_submit, self.provider.on_look_up)

    @property
    def task_count(self) -> int:
        return len(self.provider.tasks)

    def refusal(self, code: int, kind: FailureKind) -> Mapping[str, object]:
        failure = Failure(kind=kind, provider_code=str(code))
        self.provider.on_submit.add(Trouble(error=ProviderRejected(failure)))
        return {"prompt": "a fox"}

    def failure(self, code: int, kind: FailureKind) -> Mapping[str, object]:
        self.provider.outcomes.append(TaskFailed(failure=Failure(kind=kind, provider_code=str(code))))
        return {"prompt": "a fox"}

    def limit_rate(self) -> None:
        self.provider.on_submit.add(Trouble(error=ProviderUnavailable("code 429", retry_after_s=10.0)))

    def lose_answer(self) -> None:
        self.provider.on_submit.add(Trouble(error=ProviderOutcomeUnknown("lost"), takes_effect=True))

    def lose_request(self) -> None:
        self.provider.on_submit.add(Trouble(error=ProviderOutcomeUnknown("lost")))

    def delay_answer(self) -> None:
        self.provider.on_submit.add(Trouble())

    def stop_reads(self) -> None:
        self.provider.on_look_up.add(Trouble(error=ProviderUnavailable("away")))

    async def go_away(self) -> None:
        for script in self._scripts:
            script.add(Trouble(error=ProviderUnavailable("refused")))

    async def come_back(self) -> None:
        pass


class KieHarness:
    """KIE's adapter, a relay with faults, and the simulated KIE on the same clock."""

    def __init__(
        self, clock: ManualClock, provider: KieHttpProvider, simulator: KieSimulator, relay: FaultyServer
    ) -> None:
        self.clock = clock
        self.provider = provider
        self._simulator = simulator
        self._relay = relay

    @property
    def task_count(self) -> int:
        return len(self._simulator.account.tasks)

    def refusal(self, code: int, kind: FailureKind) -> Mapping[str, object]:
        return {"prompt": f"!refuse {code} no"}

    def failure(self, code: int, kind: FailureKind) -> Mapping[str, object]:
        return {"prompt": f"!fail {code} no"}

    def limit_rate(self) -> None:
        self._relay.spoil(RawAnswer.http(200, '{"code":429,"msg":"too often","data":null}'))

    def lose_answer(self) -> None:
        self._relay.spoil(Fault.LOSE_ANSWER)

    def lose_request(self) -> None:
        self._relay.spoil(Fault.RESET)

    def delay_answer(self) -> None:
        self._relay.spoil(Slow(0.2))

    def stop_reads(self) -> None:
        self._relay.spoil(*[RawAnswer.http(502, "<h1>Bad gateway</h1>")] * LIMITS.attempts)

    async def go_away(self) -> None:
        await self._relay.stop()

    async def come_back(self) -> None:
        await self._relay.start()


@asynccontextmanager
async def kie_harness() -> AsyncIterator[KieHarness]:
    clock = ManualClock()
    options = SimulatorOptions(duration_s=RUN_TIME_S, creation_limit=NO_LIMIT, read_limit=NO_LIMIT)
    simulator = KieSimulator(options, clock=lambda: clock.now().timestamp())
    connector = aiohttp.TCPConnector(force_close=True)  # one connection a request, so that a fault meets one
    async with (
        serve(simulator) as url,
        faulty(int(url.rpartition(":")[2])) as relay,
        aiohttp.ClientSession(connector=connector) as session,
    ):
        provider = KieHttpProvider(
            session, api_key=options.api_key, api_base=relay.url, upload_base=relay.url, clock=clock, limits=LIMITS
        )
        yield KieHarness(clock, provider, simulator, relay)


@pytest.fixture(params=["memory", "kie_http"])
async def harness(request: pytest.FixtureRequest) -> AsyncIterator[Harness]:
    match request.param:
        case "memory":
            yield MemoryHarness()
        case "kie_http":
            async with kie_harness() as kie:
                yield kie


async def submit(harness: Harness, given: Mapping[str, object] | None = None) -> TaskId:
    return await harness.provider.submit(Submission(model=PICTURE, input=given or {"prompt": "a fox"}))


async def test_each_submission_starts_a_task_of_its_own(harness: Harness) -> None:
    assert await submit(harness) != await submit(harness)
    assert harness.task_count == 2


async def test_a_provider_that_refuses_connections_started_nothing(harness: Harness) -> None:
    await harness.go_away()
    with pytest.raises(ProviderUnavailable):
        await submit(harness)
    await harness.come_back()
    assert harness.task_count == 0


async def test_a_submission_over_the_rate_limit_started_nothing_and_says_when_to_try_again(harness: Harness) -> None:
    harness.limit_rate()
    with pytest.raises(ProviderUnavailable) as caught:
        await submit(harness)
    assert caught.value.retry_after_s == 10.0
    assert harness.task_count == 0


async def test_an_answer_lost_after_acceptance_leaves_the_outcome_unknown_and_is_not_repeated(harness: Harness) -> None:
    harness.lose_answer()
    with pytest.raises(ProviderOutcomeUnknown):
        await submit(harness)
    assert harness.task_count == 1


async def test_a_request_lost_on_the_way_leaves_the_outcome_unknown_too(harness: Harness) -> None:
    harness.lose_request()
    with pytest.raises(ProviderOutcomeUnknown):
        await submit(harness)
    assert harness.task_count == 0


async def test_a_slow_answer_is_waited_for(harness: Harness) -> None:
    harness.delay_answer()
    assert await submit(harness)
    assert harness.task_count == 1


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (401, FailureKind.UNAUTHORISED),
        (402, FailureKind.OUT_OF_CREDITS),
        (422, FailureKind.INPUT_REJECTED),
        (433, FailureKind.USAGE_CAP),
        (451, FailureKind.FILE_UNREACHABLE),
        (505, FailureKind.MODEL_UNAVAILABLE),
    ],
)
async def test_a_refused_submission_says_why_and_cost_nothing(harness: Harness, code: int, kind: FailureKind) -> None:
    given = harness.refusal(code, kind)
    with pytest.raises(ProviderRejected) as caught:
        await submit(harness, given)
    failure = caught.value.failure
    assert (failure.kind, failure.charged, failure.provider_code) == (kind, Charged.NO, str(code))
    assert harness.task_count == 0


async def test_a_task_runs_until_its_end_and_then_has_results_however_often_it_is_read(harness: Harness) -> None:
    task_id, submitted_at = await submit(harness), harness.clock.now()

    await harness.clock.advance(RUN_TIME_S - 1)
    assert await harness.provider.look_up(PICTURE, task_id, submitted_at=submitted_at) == TaskRunning()

    await harness.clock.advance(2)
    report = await harness.provider.look_up(PICTURE, task_id, submitted_at=submitted_at)
    assert isinstance(report, TaskSucceeded)
    assert [result.kind for result in report.results] == [MediaKind.IMAGE]
    assert report.results[0].url is not None
    assert await harness.provider.look_up(PICTURE, task_id, submitted_at=submitted_at) == report


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (501, FailureKind.GENERATION_FAILED),
        (408, FailureKind.PROVIDER_TIMED_OUT),
        (400, FailureKind.INPUT_REJECTED),
        (531, FailureKind.GENERATION_FAILED),
    ],
)
async def test_a_failed_task_says_why_and_cost_nothing(harness: Harness, code: int, kind: FailureKind) -> None:
    task_id, submitted_at = await submit(harness, harness.failure(code, kind)), harness.clock.now()
    await harness.clock.advance(RUN_TIME_S + 1)
    report = await harness.provider.look_up(PICTURE, task_id, submitted_at=submitted_at)
    assert isinstance(report, TaskFailed)
    failure = report.failure
    assert (failure.kind, failure.charged, failure.provider_code) == (kind, Charged.NO, str(code))


async def test_a_task_that_cannot_be_found_is_running_for_90_seconds_and_has_failed_later(harness: Harness) -> None:
    stranger, now = TaskId("0" * 32), harness.clock.now()

    fresh = await harness.provider.look_up(PICTURE, stranger, submitted_at=now - timedelta(seconds=89))
    assert fresh == TaskRunning()

    old = await harness.provider.look_up(PICTURE, stranger, submitted_at=now - timedelta(seconds=91))
    assert isinstance(old, TaskFailed)
    assert (old.failure.kind, old.failure.charged) == (FailureKind.GENERATION_FAILED, Charged.UNKNOWN)


async def test_a_read_without_an_answer_says_nothing_about_the_task(harness: Harness) -> None:
    task_id, submitted_at = await submit(harness), harness.clock.now()
    await harness.clock.advance(RUN_TIME_S + 1)

    harness.stop_reads()
    with pytest.raises(ProviderUnavailable):
        await harness.provider.look_up(PICTURE, task_id, submitted_at=submitted_at)
    assert isinstance(await harness.provider.look_up(PICTURE, task_id, submitted_at=submitted_at), TaskSucceeded)


async def test_two_uploads_of_the_same_name_are_kept_apart(harness: Harness, tmp_path: Path) -> None:
    path = tmp_path / "fox.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    file = MediaFile(path=path, name="fox.png", mime="image/png", size_bytes=108)
    urls = [await harness.provider.upload(file) for _ in range(2)]
    assert urls[0] != urls[1]
    assert all(urlsplit(url).scheme in {"http", "https"} for url in urls)


async def test_a_character_is_made_of_the_providers_own_files(harness: Harness, tmp_path: Path) -> None:
    path = tmp_path / "fox.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    url = await harness.provider.upload(MediaFile(path=path, name="fox.png", mime="image/png", size_bytes=108))
    made = [await harness.provider.make_character("our fox", [url]) for _ in range(2)]
    assert len(set(made)) == 2
    assert all(made)
    with pytest.raises(ProviderRejected):
        await harness.provider.make_character("our fox", ["https://somebody-else.example/fox.png"])


async def test_the_credits_left_are_a_number(harness: Harness) -> None:
    assert await harness.provider.credits() > 0


async def test_a_download_link_is_made_for_the_providers_own_files_only(harness: Harness) -> None:
    task_id, submitted_at = await submit(harness), harness.clock.now()
    await harness.clock.advance(RUN_TIME_S + 1)
    report = await harness.provider.look_up(PICTURE, task_id, submitted_at=submitted_at)
    assert isinstance(report, TaskSucceeded)
    assert report.results[0].url is not None
    assert urlsplit(await harness.provider.download_link(report.results[0].url)).scheme in {"http", "https"}

    with pytest.raises(ProviderRejected):
        await harness.provider.download_link("https://somebody-else.example/fox.png")
