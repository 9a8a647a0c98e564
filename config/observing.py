"""What the operator may look at from elsewhere: traces and faults. Their libraries are loaded only when they are asked for."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from typing import TypeVar

from dependency_injector import providers

from adapters.observing import PortWatch
from adapters.system.machine import NoTracer
from application.ports.tracer import Tracer
from config.logs import Report
from config.settings import Settings, SettingsError

T = TypeVar("T")

MISSING = (
    "{variable} is set, and its libraries are not installed: pip install --require-hashes -r requirements/observing.txt"
)


@contextmanager
def tracing(settings: Settings, instance: str) -> Iterator[Tracer]:
    """Trace while the context is open, if it is asked for. Raises SettingsError where the libraries are missing."""
    if not settings.traces_to:
        yield NoTracer()
        return
    try:
        from adapters.tracing import open_tracing  # noqa: PLC0415 - 20 MB and 0.3 s that no one pays who does not trace
    except ImportError as error:
        raise SettingsError([MISSING.format(variable="OTEL_EXPORTER_OTLP_ENDPOINT")]) from error
    tracer = open_tracing(instance)
    try:
        yield tracer
    finally:
        tracer.close()


def fault_reporter(settings: Settings) -> Report | None:
    """Return who gets the faults; None: the log alone. Raises SettingsError."""
    if not settings.sentry_dsn:
        return None
    try:
        from adapters.sentry import open_sentry  # noqa: PLC0415 - as above
    except ImportError as error:
        raise SettingsError([MISSING.format(variable="SENTRY_DSN")]) from error
    try:
        return open_sentry(settings.sentry_dsn, release=version("mediabot"))
    except ValueError as error:
        raise SettingsError([f"SENTRY_DSN can't be read: {error}"]) from error


def watched(
    port: str, adapter: "providers.Provider[T]", watch: "providers.Provider[PortWatch]"
) -> "providers.Provider[T]":
    """Return a provider of the adapter with its calls counted, timed and traced under the port's name."""
    return providers.Singleton(_watched, watch, port, adapter)


def watched_each(
    port: str, adapters: "providers.Provider[Sequence[T]]", watch: "providers.Provider[PortWatch]"
) -> "providers.Provider[Sequence[T]]":
    """The same for several adapters of one port."""
    return providers.Singleton(_watched_each, watch, port, adapters)


def _watched(watch: PortWatch, port: str, adapter: T) -> T:
    return watch(port, adapter)


def _watched_each(watch: PortWatch, port: str, adapters: Sequence[T]) -> Sequence[T]:
    return [watch(port, adapter) for adapter in adapters]
