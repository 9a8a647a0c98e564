"""Traces by OpenTelemetry, sent over OTLP."""

from adapters.tracing.tracer import OpenTelemetryTracer, open_tracing

__all__ = ["OpenTelemetryTracer", "open_tracing"]
