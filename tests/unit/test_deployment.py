"""The files by which the service is deployed say what the program does."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import timedelta
from inspect import signature
from pathlib import Path
from typing import Any, Final

import aiohttp
import pytest
import yaml

from adapters.ops_http import OpsServer
from adapters.system.machine import SystemClock
from application.leading.acquire_leadership import CANCEL_TIMEOUT_S, DRAIN_TIMEOUT_S
from config.bot import duties
from config.main import app
from config.settings import SERVICE, Settings

ROOT: Final = Path(__file__).parents[2]
GIVEN_BY_THE_HOST: Final = {"RENDER_EXTERNAL_URL", "RENDER_INSTANCE_ID", "RENDER_CPU_COUNT", "IS_PULL_REQUEST", "PORT"}


class Noting(Mapping[str, str]):
    """An empty environment that remembers what was asked of it."""

    def __init__(self) -> None:
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.asked.add(name)
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def variables() -> set[str]:
    """All that the service reads of its environment."""
    noting = Noting()
    Settings.from_env(noting)
    return noting.asked


def read(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text())


def longest_stop() -> timedelta:
    """Every duty drains for as long as it may, and then its cancellation takes as long as it may."""
    return timedelta(seconds=len(signature(duties).parameters) * DRAIN_TIMEOUT_S + CANCEL_TIMEOUT_S)


@pytest.fixture
def blueprint() -> Any:
    return read("render.yaml")


@pytest.fixture
def service(blueprint: Any) -> Any:
    (only,) = blueprint["services"]
    return only


def test_render_is_given_every_variable_that_is_needed_and_none_that_no_one_reads(service: Any) -> None:
    reported = {variable["key"] for variable in service["envVars"]}
    assert {*SERVICE, "DATABASE_URL"} <= reported <= variables() - GIVEN_BY_THE_HOST


def test_secrets_are_asked_for_and_not_written_down(service: Any) -> None:
    assert all("value" not in variable for variable in service["envVars"])


def test_render_connects_to_the_database_directly_and_in_its_region(service: Any, blueprint: Any) -> None:
    (database,) = blueprint["databases"]
    source = next(each["fromDatabase"] for each in service["envVars"] if each["key"] == "DATABASE_URL")
    assert source == {"name": database["name"], "property": "connectionString"}
    assert service["region"] == database["region"]
    assert database["ipAllowList"] == []


def test_render_makes_no_previews(blueprint: Any) -> None:
    assert blueprint["previews"]["generation"] == "off"  # quoted in the file: bare, it is False to a YAML 1.1 parser


def test_render_keeps_two_instances_apart_long_enough_for_any_stop(service: Any) -> None:
    assert service["type"] == "web"
    assert "disk" not in service  # with a disk the old instance stops before the new one starts
    assert timedelta(seconds=service["maxShutdownDelaySeconds"]) >= longest_stop()


def test_the_command_before_a_deploy_exists(service: Any) -> None:
    program, command = service["preDeployCommand"].split()
    assert program in tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["scripts"]
    assert command in set(app)


async def test_render_asks_for_health_where_the_service_answers() -> None:
    async with (
        OpsServer(
            host="127.0.0.1", port=0, now=SystemClock().now, metrics=lambda: (b"", "text/plain"), callback_keys=()
        ) as server,
        aiohttp.ClientSession() as session,
        session.get(
            f"http://127.0.0.1:{server.port}{read('render.yaml')['services'][0]['healthCheckPath']}"
        ) as response,
    ):
        assert response.status == 200


def test_compose_gives_the_bot_its_database_and_the_time_to_stop() -> None:
    services = read("compose.yaml")["services"]
    bot, database = services["bot"], services["database"]
    assert set(bot["environment"]) <= variables()
    assert "${POSTGRES_PASSWORD:?" in database["environment"]["POSTGRES_PASSWORD"]
    assert database["healthcheck"]
    assert bot["depends_on"]["database"]["condition"] == "service_healthy"
    made = database["environment"]
    url = f"postgresql://{made['POSTGRES_USER']}:{made['POSTGRES_PASSWORD']}@database:5432/{made['POSTGRES_DB']}"
    assert bot["environment"]["DATABASE_URL"] == url
    assert timedelta(seconds=int(bot["stop_grace_period"].removesuffix("s"))) >= longest_stop()
    assert bot["ports"] == [f"${{BIND:-127.0.0.1}}:{Settings().port}:{Settings().port}"]


def test_the_image_runs_the_service_itself_and_not_as_root() -> None:
    lines = (ROOT / "Dockerfile").read_text().replace("\\\n", " ").splitlines()
    instructions = [line.split(maxsplit=1) for line in lines if re.match(r"[A-Z]+ ", line)]
    final = instructions[max(n for n, (word, _) in enumerate(instructions) if word == "FROM") :]
    said = dict(final)
    assert json.loads(said["CMD"]) == ["mediabot", "run"]  # the exec form: signals reach the process
    assert said["USER"] not in {"root", "0"}
    assert said["EXPOSE"] == str(Settings().port)
    assert "/healthz" in said["HEALTHCHECK"]
    assert "pip uninstall" in said["RUN"]
    assert "-perm /6000" in said["RUN"]


@pytest.mark.parametrize("file", sorted((ROOT / "requirements").glob("*.txt")), ids=lambda file: file.name)
def test_every_package_that_is_installed_is_pinned_by_hash(file: Path) -> None:
    entries = re.split(r"\n(?=\S)", re.sub(r"^#.*\n", "", file.read_text(), flags=re.MULTILINE).strip())
    assert [entry for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("file", ["Makefile", "Dockerfile"])
def test_nothing_is_installed_from_a_registry_without_hashes(file: str) -> None:
    installs = re.findall(r"(?:pip|python|\(PIP\)) install [^&;\n]*", (ROOT / file).read_text())
    assert len(installs) > 1
    assert [one for one in installs if "--require-hashes" not in one and "--no-deps" not in one] == []


def test_who_develops_has_all_of_what_runs_in_the_same_versions() -> None:
    """`make` installs the one file in the place of the other."""
    demo, dev = (_pinned(ROOT / "requirements" / name) for name in ("demo.txt", "dev.txt"))
    assert demo
    assert demo <= dev


def _pinned(file: Path) -> set[str]:
    return {
        line.partition(";")[0].rstrip(" \\")
        for line in file.read_text().splitlines()
        if "==" in line and not line.startswith(" ")
    }


def test_the_image_has_a_python_that_we_run_on_and_copies_files_that_exist() -> None:
    text = (ROOT / "Dockerfile").read_text()
    needed = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"]
    assert {f">={version}" for version in re.findall(r"^ARG PYTHON=python:(\d+\.\d+)-", text, re.MULTILINE)} == {needed}
    for name in re.findall(r"requirements/\w+\.txt", text):
        assert "--hash=" in (ROOT / name).read_text()


def test_the_example_of_an_env_file_names_variables_that_are_read() -> None:
    named = re.findall(r"^#? ?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    assert {*SERVICE} <= set(named) <= variables() | {"POSTGRES_PASSWORD"}
