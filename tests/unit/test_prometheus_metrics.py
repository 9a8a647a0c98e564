"""The figures as Prometheus would read them."""

from prometheus_client.parser import text_string_to_metric_families
from structlog.testing import capture_logs

from adapters.prometheus import PrometheusMetrics
from application.ports.metrics import Metrics


def samples(metrics: PrometheusMetrics) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    text = metrics.exposition()[0].decode()
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_it_counts_observes_and_gauges() -> None:
    metrics = PrometheusMetrics()
    port: Metrics = metrics
    port.count("generation_closed", state="delivered")
    port.count("generation_closed", state="delivered")
    port.count("update_handled")
    port.observe("provider_wait_seconds", 3.0, output="image")
    port.gauge("generations_in_flight", 7)

    seen = samples(metrics)
    assert seen["mediabot_generation_closed_total", (("state", "delivered"),)] == 2
    assert seen["mediabot_update_handled_total", ()] == 1
    assert seen["mediabot_provider_wait_seconds_sum", (("output", "image"),)] == 3
    assert seen["mediabot_provider_wait_seconds_bucket", (("le", "2.5"), ("output", "image"))] == 0
    assert seen["mediabot_provider_wait_seconds_bucket", (("le", "5.0"), ("output", "image"))] == 1
    assert seen["mediabot_generations_in_flight", ()] == 7


def test_a_use_that_does_not_fit_is_logged_and_dropped() -> None:
    metrics = PrometheusMetrics()
    metrics.count("thing", kind="a")
    with capture_logs() as lines:
        metrics.count("thing")
        metrics.count("thing", other="b")
        metrics.gauge("thing", 1, kind="a")
    assert [line["event"] for line in lines] == ["metric.dropped"] * 3
    assert samples(metrics)["mediabot_thing_total", (("kind", "a"),)] == 1


def test_two_instances_in_one_process_do_not_share_figures() -> None:
    first, second = PrometheusMetrics(), PrometheusMetrics()
    first.count("thing")
    assert ("mediabot_thing_total", ()) not in samples(second)


def test_the_process_itself_is_measured() -> None:
    assert samples(PrometheusMetrics())["mediabot_process_resident_memory_bytes", ()] > 0
