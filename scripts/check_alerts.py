"""Load deploy/prometheus into a real Prometheus that scrapes a running demo, and ask it everything that the dashboard asks.

Needs ``prometheus`` and ``promtool`` (on Debian and Ubuntu: apt-get install prometheus). ``make alerts`` runs it; it takes about a minute.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import yaml

ROOT: Final = Path(__file__).parents[1]
FILES: Final = ROOT / "deploy" / "prometheus"
BOARD: Final = ROOT / "deploy" / "grafana" / "mediabot.json"
TOKEN: Final = "a-token-of-this-run"
WITHIN_S: Final = 90.0


def main() -> int:
    """Return the status of the process: 1 with a line for each fault."""
    for arguments in (["check", "rules", "alerts.yaml"], ["test", "rules", "alerts_test.yaml"]):
        subprocess.run(["promtool", *arguments], cwd=FILES, check=True)
    with tempfile.TemporaryDirectory(prefix="mediabot-alerts-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # an embedded PostgreSQL of root's runs as another user
        service, prometheus = _free_port(), f"127.0.0.1:{_free_port()}"
        with _process("demo", _demo(folder, service)), _process("prometheus", _prometheus(folder, service, prometheus)):
            _wait_for(prometheus, 'up{job="mediabot"} == 1')
            _wait_for(prometheus, "mediabot_leadership_leading == 1")
            faults = list(_faults(prometheus))
    for fault in faults:
        sys.stdout.write(f"{fault}\n")
    return 1 if faults else 0


def _faults(prometheus: str) -> Iterator[str]:
    expressions = [target["expr"] for panel in json.loads(BOARD.read_text())["panels"] for target in panel["targets"]]
    answered = 0
    for expression in expressions:
        answer = _ask(prometheus, "query", query=expression)
        if answer["status"] != "success":
            yield f"the dashboard's {expression!r}: {answer.get('error')}"
        answered += bool(answer.get("data", {}).get("result"))
    rules = [rule for group in _ask(prometheus, "rules")["data"]["groups"] for rule in group["rules"]]
    for rule in rules:
        if rule["health"] == "err":
            yield f"{rule['name']}: {rule.get('lastError')}"
        if rule["state"] == "firing":
            yield f"{rule['name']} fires although all is well"
    sys.stdout.write(
        f"{len(rules)} rules loaded, {len(expressions)} expressions of the dashboard, {answered} with figures\n"
    )


def _demo(folder: Path, port: int) -> tuple[list[str], dict[str, str]]:
    environment = {"PORT": str(port), "MEDIABOT_DATA": str(folder / "data"), "METRICS_TOKEN": TOKEN}
    return [str(Path(sys.executable).with_name("mediabot")), "demo"], environment


def _prometheus(folder: Path, service: int, address: str) -> tuple[list[str], dict[str, str]]:
    config = yaml.safe_load((FILES / "prometheus.yaml").read_text())
    config["global"] = {"scrape_interval": "1s", "evaluation_interval": "1s"}
    config["scrape_configs"][0]["static_configs"] = [{"targets": [f"127.0.0.1:{service}"]}]
    shutil.copy(FILES / "alerts.yaml", folder)
    (folder / "metrics_token").write_text(TOKEN)
    (folder / "prometheus.yaml").write_text(yaml.safe_dump(config))
    arguments = [f"--config.file={folder}/prometheus.yaml", f"--storage.tsdb.path={folder}/tsdb"]
    return ["prometheus", *arguments, f"--web.listen-address={address}", "--log.level=warn"], {}


@contextmanager
def _process(name: str, command: tuple[list[str], dict[str, str]]) -> Iterator[None]:
    arguments, environment = command
    with subprocess.Popen(arguments, env={**os.environ, **environment}, stdout=subprocess.DEVNULL) as process:
        try:
            yield
            if process.poll() is not None:
                raise RuntimeError(f"{name} ended with status {process.returncode}")
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait_for(prometheus: str, expression: str) -> None:
    until = time.monotonic() + WITHIN_S
    while time.monotonic() < until:
        try:
            if _ask(prometheus, "query", query=expression)["data"]["result"]:
                return
        except OSError:
            pass  # it is not there yet
        time.sleep(0.5)
    raise RuntimeError(f"{expression} was not true within {WITHIN_S:g} s")


def _ask(prometheus: str, what: str, **parameters: str) -> Any:
    url = f"http://{prometheus}/api/v1/{what}?{urllib.parse.urlencode(parameters)}"
    with urllib.request.urlopen(url, timeout=10) as answer:
        return json.load(answer)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
