"""``Tracer`` on OpenTelemetry."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import SERVICE_INSTANCE_ID, SERVICE_NAME, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter
from opentelemetry.trace import Status, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

HEADER: Final = "traceparent"
SERVICE: Final = "mediabot"


class OpenTelemetryTracer:
    """Where spans go, and how many of them, is said by the standard ``OTEL_*`` variables."""

    def __init__(self, provider: TracerProvider) -> None:
        self._provider = provider
        self._tracer = provider.get_tracer(SERVICE)
        self._propagator = TraceContextTextMapPropagator()

    @contextmanager
    def span(self, name: str, /, *, parent: str | None = None, **attributes: str) -> Iterator[None]:
        is_open = trace.get_current_span().get_span_context().is_valid
        context = self._propagator.extract({HEADER: parent}) if parent and not is_open else None
        with self._tracer.start_as_current_span(
            name, context=context, attributes=attributes, record_exception=False, set_status_on_exception=False
        ) as span:
            try:
                yield
            except BaseException as error:
                span.set_status(Status(StatusCode.ERROR, type(error).__name__))
                raise

    def place(self) -> str | None:
        carrier: dict[str, str] = {}
        self._propagator.inject(carrier)
        return carrier.get(HEADER)

    def close(self) -> None:
        """Send what is not sent yet. Takes as long as the exporter's timeout allows."""
        self._provider.shutdown()


def open_tracing(instance: str, exporter: SpanExporter | None = None) -> OpenTelemetryTracer:
    """Begin; ``exporter`` None: OTLP over HTTP, as the ``OTEL_EXPORTER_OTLP_*`` variables say."""
    resource = Resource.create({SERVICE_NAME: SERVICE, SERVICE_INSTANCE_ID: instance})
    provider = TracerProvider(resource=resource, shutdown_on_exit=False)
    provider.add_span_processor(BatchSpanProcessor(exporter or OTLPSpanExporter()))
    return OpenTelemetryTracer(provider)
