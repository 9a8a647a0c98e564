"""What is installed is what stands here, data files included."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import adapters
import application
import config
import domain
import simulators

ROOT = Path(__file__).parents[2]


def test_the_top_level_packages_belong_to_this_checkout() -> None:
    """Their names are common: a dependency with one of them would win over our own without a word."""
    assert {Path(package.__path__[0]) for package in (domain, application, adapters, config, simulators)} == {
        ROOT / name for name in ("domain", "application", "adapters", "config", "simulators")
    }


def test_the_wheel_runs_by_itself_with_its_data(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    installed = tmp_path / "installed"
    zipfile.ZipFile(wheel).extractall(installed)
    wanted = [
        *ROOT.glob("config/registry/*.yaml"),
        *ROOT.glob("adapters/postgres_store/migrations/*.sql"),
        *ROOT.glob("adapters/fluent_texts/*/*.ftl"),
        *ROOT.glob("simulators/telegram/static/*"),
        *ROOT.glob("adapters/cli/samples/*"),
    ]
    assert [file for file in wanted if not (installed / file.relative_to(ROOT)).is_file()] == []
    code = (
        "import config, sys; from config.main import main; assert config.__file__.startswith(sys.argv.pop(1)); main()"
    )
    listed = subprocess.run(
        [sys.executable, "-c", code, str(installed), "models", "z-image", "--json"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
        check=True,
        capture_output=True,
        text=True,
    )
    assert '"z-image"' in listed.stdout
