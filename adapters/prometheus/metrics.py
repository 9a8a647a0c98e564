"""Counters, timings and gauges, in the text format that Prometheus reads."""

from collections.abc import Callable
from typing import Any, Final, TypeVar

import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest

log = structlog.get_logger(__name__)

NAMESPACE: Final = "mediabot"
SECONDS_BUCKETS: Final = (0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300, 600, 1200)
"""From a database call to the longest task seen (785 s, ``kie/API.md`` §3)."""

M = TypeVar("M", Counter, Gauge, Histogram)


class PrometheusMetrics:
    """Metrics come into being with their first use; from then on their label names are fixed.

    Metrics never break what they count: a use with other labels, or a quantity used in two ways, is logged and dropped.
    """

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._known: dict[str, Counter | Gauge | Histogram] = {}
        self._used: dict[tuple[object, ...], Any] = {}
        ProcessCollector(namespace=NAMESPACE, registry=self._registry)

    def count(self, event: str, /, **labels: str) -> None:
        """One more ``mediabot_<event>_total``."""
        self._use(Counter, event, labels, lambda counter: counter.inc())

    def observe(self, quantity: str, value: float, /, **labels: str) -> None:
        """One measurement of ``mediabot_<quantity>``, into buckets made for seconds."""
        self._use(Histogram, quantity, labels, lambda histogram: histogram.observe(value))

    def gauge(self, quantity: str, value: float, /, **labels: str) -> None:
        """``mediabot_<quantity>`` as it is now."""
        self._use(Gauge, quantity, labels, lambda gauge: gauge.set(value))

    def exposition(self) -> tuple[bytes, str]:
        """Everything counted so far, and the content type it is written in."""
        return generate_latest(self._registry), CONTENT_TYPE_PLAIN_0_0_4

    def _use(self, kind: type[M], name: str, labels: dict[str, str], act: Callable[[M], None]) -> None:
        used = (kind, name, *labels.items())
        try:
            if (series := self._used.get(used)) is None:
                metric = self._metric(kind, name, sorted(labels))
                series = self._used[used] = metric.labels(**labels) if labels else metric
            act(series)
        except (TypeError, ValueError) as error:
            log.warning("metric.dropped", name=name, labels=sorted(labels), reason=str(error))

    def _metric(self, kind: type[M], name: str, label_names: list[str]) -> M:
        if (known := self._known.get(name)) is None:
            known = self._known[name] = self._create(kind, name, label_names)
        if not isinstance(known, kind):
            raise TypeError(f"already a {type(known).__name__.lower()}")
        return known

    def _create(self, kind: type[M], name: str, label_names: list[str]) -> Counter | Gauge | Histogram:
        about = name.replace("_", " ")
        if kind is Histogram:
            return Histogram(
                name, about, label_names, namespace=NAMESPACE, registry=self._registry, buckets=SECONDS_BUCKETS
            )
        return kind(name, about, label_names, namespace=NAMESPACE, registry=self._registry)
