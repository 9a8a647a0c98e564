"""Rate, errors and duration of ports, around any adapter."""

import inspect
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar, cast

from attrs import frozen

from application.ports.clock import Clock
from application.ports.metrics import Metrics
from application.ports.tracer import Tracer

T = TypeVar("T")


@frozen(kw_only=True)
class PortWatch:
    """Wraps an adapter: ``port_seconds`` has the rate and the duration of a port's calls, ``port_errors`` those that raised,
    and each call is a span. Only coroutines are watched; anything else is passed through."""

    _metrics: Metrics
    _tracer: Tracer
    _clock: Clock

    def __call__(self, port: str, adapter: T) -> T:
        """Return what does the same as the adapter."""
        return cast("T", _Watched(adapter, lambda name, method: self._watched(port, name, method)))

    def _watched(self, port: str, name: str, method: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        metrics, tracer, monotonic, title = self._metrics, self._tracer, self._clock.monotonic, f"{port}.{name}"

        async def call(*args: object, **kwargs: object) -> Any:
            begun = monotonic()
            try:
                with tracer.span(title):
                    return await method(*args, **kwargs)
            except Exception as error:
                metrics.count("port_errors", port=port, error=type(error).__name__)
                raise
            finally:
                metrics.observe("port_seconds", monotonic() - begun, port=port)

        return call


class _Watched:
    def __init__(self, adapter: object, watched: Callable[[str, Callable[..., Any]], Callable[..., Any]]) -> None:
        self._adapter = adapter
        for name, method in inspect.getmembers(type(adapter), inspect.iscoroutinefunction):
            if not name.startswith("_"):
                setattr(self, name, watched(name, method.__get__(adapter)))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._adapter, name)
