"""The files in deploy/ fit the service: its metrics, its paths, its time to stop, its runbook."""

import json
import re
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"


def metrics() -> set[str]:
    """Names that the code counts, measures or sets, as Prometheus shows them."""
    source = "".join(
        file.read_text() for folder in ("application", "adapters") for file in (ROOT / folder).rglob("*.py")
    )
    names = {"mediabot_process_resident_memory_bytes", "mediabot_process_open_fds"}
    for kind, name in re.findall(r'metrics\.(count|observe|gauge)\(\s*"([a-z_]+)"', source):
        suffixes = {"count": ["_total"], "gauge": [""], "observe": ["_bucket", "_sum", "_count"]}[kind]
        names |= {f"mediabot_{name}{suffix}" for suffix in suffixes}
    return names


def used(text: str) -> set[str]:
    return set(re.findall(r"mediabot_[a-z_]+", text))


def alerts() -> list[dict[str, Any]]:
    (group,) = yaml.safe_load((DEPLOY / "prometheus" / "alerts.yaml").read_text())["groups"]
    rules: list[dict[str, Any]] = group["rules"]
    return rules


def test_alerts_and_dashboard_use_metrics_that_exist() -> None:
    board = json.loads((DEPLOY / "grafana" / "mediabot.json").read_text())
    expressions = [rule["expr"] for rule in alerts()]
    expressions += [target["expr"] for panel in board["panels"] for target in panel["targets"]]
    assert {name for expression in expressions for name in used(expression)} - metrics() == set()


def test_every_alert_has_a_section_in_the_runbook() -> None:
    headings = re.findall(r"^## (.+)$", (ROOT / "docs" / "runbook.md").read_text(), re.MULTILINE)
    anchors = {heading.lower().replace(" ", "-") for heading in headings}
    assert {rule["annotations"]["runbook"].partition("#")[2] for rule in alerts()} <= anchors


def test_every_alert_is_made_to_fire_by_a_test_of_the_rules() -> None:
    """``promtool test rules`` runs them: ``make alerts``."""
    tests = yaml.safe_load((DEPLOY / "prometheus" / "alerts_test.yaml").read_text())["tests"]
    fired = {one["alertname"] for test in tests for one in test["alert_rule_test"] if one["exp_alerts"]}
    assert fired == {rule["alert"] for rule in alerts()}


def test_kubernetes_gives_the_time_to_stop_that_compose_gives() -> None:
    deployment, *_ = yaml.safe_load_all((DEPLOY / "kubernetes" / "mediabot.yaml").read_text())
    pod = deployment["spec"]["template"]["spec"]
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]["bot"]["stop_grace_period"]
    assert f"{pod['terminationGracePeriodSeconds']}s" == compose
    (container,) = pod["containers"]
    assert container["readinessProbe"]["httpGet"]["path"] == "/readyz"
    assert container["livenessProbe"]["httpGet"]["path"] == "/healthz"
    assert container["securityContext"]["readOnlyRootFilesystem"]
