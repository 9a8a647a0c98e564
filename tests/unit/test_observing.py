"""What the operator sees of ports from outside: traces, figures, faults. None of it holds a person's words."""

import ast
import asyncio
import io
import json
import logging
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import structlog
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from sentry_sdk.envelope import Envelope
from sentry_sdk.transport import Transport

from adapters.memory.clock import ManualClock
from adapters.memory.metrics import CountingMetrics
from adapters.memory.trouble import Trouble
from adapters.observing import PortWatch
from adapters.sentry import open_sentry
from adapters.system.machine import NoTracer
from adapters.tracing import OpenTelemetryTracer, open_tracing
from application.errors import ProviderUnavailable, StoreUnavailable
from application.ports.tracer import Tracer
from config.logs import configure_logging
from config.slices.generating import Generating
from domain.generation import GenerationState
from tests.support.core_fixture import World, wish

WORDS = "a red fox in snow"
SECRET = "777000:AAE-a-token-of-a-bot"


def watched(world: World, tracer: Tracer) -> Generating:
    """The use cases of one process whose ports are watched."""
    watch = PortWatch(metrics=world.metrics, tracer=tracer, clock=world.clock)
    instance = world.instance()
    instance.override_providers(
        tracer=tracer,
        generations=watch("GenerationStore", world.store),
        media_provider=watch("MediaProvider", world.provider),
        messenger=watch("Messenger", world.messenger),
    )
    return instance


def spans(tracer: OpenTelemetryTracer, exporter: InMemorySpanExporter) -> list[dict[str, Any]]:
    tracer.close()
    return [json.loads(span.to_json()) for span in exporter.get_finished_spans()]


async def test_one_trace_goes_from_the_update_to_the_delivery_over_a_crash_and_instances() -> None:
    world, one, other = World(), InMemorySpanExporter(), InMemorySpanExporter()
    before, after = open_tracing("one", one), open_tracing("two", other)
    first = watched(world, before)
    async with world.leading(first):
        with before.span("update", kind="message"):
            generation = await first.request_generation()(wish())
        await world.clock.advance(1)
        assert world.row(generation).state is GenerationState.RUNNING
    async with world.leading(watched(world, after)):
        await world.clock.advance(600)
    assert world.row(generation).state is GenerationState.DELIVERED
    said = [*spans(before, one), *spans(after, other)]
    of_it = [span for span in said if span["attributes"].get("generation") == generation.id]
    [update] = [span for span in said if span["name"] == "update"]
    trace = update["context"]["trace_id"]
    assert len(of_it) == 2
    assert {span["context"]["trace_id"] for span in of_it} == {trace}
    inside = {span["name"] for span in said if span["context"]["trace_id"] == trace}
    assert {
        "request",
        "GenerationStore.add",
        "MediaProvider.submit",
        "MediaProvider.look_up",
        "Messenger.deliver",
    } <= inside
    assert WORDS not in json.dumps(said)


async def test_an_error_is_the_name_of_its_class_and_nothing_more() -> None:
    exporter = InMemorySpanExporter()
    tracer = open_tracing("one", exporter)
    with pytest.raises(StoreUnavailable), tracer.span("GenerationStore.add"):
        raise StoreUnavailable(WORDS)
    [span] = spans(tracer, exporter)
    assert span["status"] == {"status_code": "ERROR", "description": "StoreUnavailable"}
    assert WORDS not in json.dumps(span)


async def test_a_port_counts_its_calls_their_time_and_their_errors() -> None:
    world = World()
    instance = watched(world, NoTracer())
    world.provider.on_submit.add(Trouble(error=ProviderUnavailable("away"), delay_s=2))
    async with world.leading(instance):
        generation = await instance.request_generation()(wish())
        await world.clock.advance(600)
    assert world.row(generation).state is GenerationState.DELIVERED
    assert world.metrics.counted("port_errors", port="MediaProvider", error="ProviderUnavailable") == 1
    assert 2.0 in world.metrics.observed("port_seconds", port="MediaProvider")
    assert world.metrics.counted("port_errors", port="Messenger") == 0
    assert world.metrics.observed("port_seconds", port="GenerationStore")


async def test_what_is_cancelled_is_no_error_and_what_is_no_call_is_passed_through() -> None:
    class Adapter:
        limit = 3

        async def wait(self) -> None:
            await asyncio.Event().wait()

    metrics = CountingMetrics()
    adapter = PortWatch(metrics=metrics, tracer=NoTracer(), clock=ManualClock())("Waiting", Adapter())
    task = asyncio.create_task(adapter.wait())
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert adapter.limit == 3
    assert metrics.counted("port_errors") == 0
    assert len(metrics.observed("port_seconds", port="Waiting")) == 1


class Mailbox(Transport):
    """Keeps what would leave."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[Envelope] = []

    def capture_envelope(self, envelope: Envelope) -> None:
        self.sent.append(envelope)

    def text(self) -> str:
        return "".join(envelope.serialize().decode() for envelope in self.sent)


def test_a_fault_is_reported_without_words_prompts_and_tokens() -> None:
    box = Mailbox()
    report = open_sentry("https://key@sentry.test/1", "1.0", box)
    configure_logging(form="json", level="info", secrets=[SECRET], stream=io.StringIO(), report=report)
    prompt = WORDS  # a local variable, which tracebacks of other tools show
    try:
        try:
            raise ValueError(f"{SECRET}: {prompt}")
        except ValueError as cause:
            raise RuntimeError(prompt) from cause
    except RuntimeError:
        structlog.get_logger().exception(
            "generation.fault", generation_id="abc123", prompt=prompt, user="telegram:770077007", url=SECRET
        )
    said = box.text()
    assert "generation.fault" in said
    assert "abc123" in said
    assert "test_a_fault_is_reported" in said
    assert said.index('"ValueError"') < said.index('"RuntimeError"')
    for secret in (WORDS, "red fox", SECRET, "770077007"):
        assert secret not in said


def test_the_log_of_a_library_is_reported_by_its_name_alone() -> None:
    box = Mailbox()
    configure_logging(
        form="json",
        level="info",
        secrets=[],
        stream=io.StringIO(),
        report=open_sentry("https://key@sentry.test/1", "1", box),
    )
    try:
        raise OSError(WORDS)
    except OSError:
        logging.getLogger("aiohttp.server").exception("Error handling request %s", WORDS)
        structlog.get_logger().warning("no fault", prompt=WORDS)
    assert len(box.sent) == 1
    assert "aiohttp.server" in box.text()
    assert WORDS not in box.text()


@pytest.mark.parametrize(("library", "place"), [("opentelemetry", "tracing"), ("sentry_sdk", "sentry")])
def test_a_library_is_loaded_only_by_who_asks_for_it(library: str, place: str) -> None:
    found = {
        path.parent.as_posix()
        for path, modules in _imported_at_the_top().items()
        if any(name.startswith((library, f"adapters.{place}")) for name in modules)
    }
    assert found == {f"adapters/{place}"}


@cache
def _imported_at_the_top() -> dict[Path, set[str]]:
    files = (path for ring in ("domain", "application", "adapters", "config") for path in Path(ring).rglob("*.py"))
    return {path: {name for node in ast.parse(path.read_text()).body for name in _imported(node)} for path in files}


def _imported(node: ast.stmt) -> list[str]:
    """What a statement at the top of a module imports."""
    match node:
        case ast.Import():
            return [one.name for one in node.names]
        case ast.ImportFrom():
            return [node.module or ""]
        case _:
            return []
