"""The ``Metrics`` port on prometheus-client."""

from adapters.prometheus.metrics import PrometheusMetrics

__all__ = ["PrometheusMetrics"]
