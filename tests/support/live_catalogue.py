"""A copy of the registry's files and a simulated KIE whose registry a test doctors."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any

import aiohttp
import yaml

from adapters.system.machine import SystemClock
from adapters.yaml_catalog import load_catalog
from config.registry_tools.kie_catalogue import CatalogueLimits, KieHttpCatalogue
from config.registry_tools.sync_models import SyncModels, SyncReport, SyncScope
from config.registry_tools.yaml_writer import YamlRegistryWriter
from simulators.kie import NO_LIMIT, KieFacts, KieSimulator, SimulatorOptions, serve
from tests.support.kie_client import KEY
from tests.support.kie_registry import raw_registry
from tests.support.registry import REGISTRY

Raw = dict[str, dict[str, Any]]

HASTE = CatalogueLimits(interval_s=0, retry_s=0, read_s=5)
"""No waiting: for a simulator that sets no limit."""


def doctored() -> Raw:
    """The packaged registry as plain data that may be changed."""
    return deepcopy(dict(raw_registry()))  # type: ignore[arg-type]  # the packaged one is read-only by type alone


class Workplace:
    """A copy of the registry's files, or of those that hold one of the models named."""

    def __init__(self, directory: Path, *models: str) -> None:
        self.directory = directory / "registry"
        self.directory.mkdir(parents=True)
        for file in REGISTRY.glob("*.yaml"):
            if not models or any(f"\n{model}:" in file.read_text(encoding="utf-8") for model in models):
                shutil.copy(file, self.directory)

    def raw(self) -> Raw:
        """What the files hold now."""
        models: Raw = {}
        for file in sorted(self.directory.glob("*.yaml")):
            models |= yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        return models

    def texts(self) -> dict[str, str]:
        """The files' texts by name."""
        return {file.name: file.read_bytes().decode() for file in self.directory.iterdir()}

    def sync_models(self, live: KieHttpCatalogue) -> SyncModels:
        """The use case on these files."""
        return SyncModels(
            catalog=load_catalog(self.directory),
            live=live,
            writer=YamlRegistryWriter(self.directory),
            clock=SystemClock(),
        )

    async def sync(self, live: KieHttpCatalogue, *names: str, write: bool = False) -> SyncReport:
        """One run over the models named, or all."""
        return await self.sync_models(live)(SyncScope(names=names), lambda _: None, write=write)


def _prices() -> Raw:
    """The registry's prices, so that the live catalogue agrees with them."""
    return {
        model_id: {
            "rules": [{"credits": rule["credits"], "unit": rule.get("unit", "request")} for rule in entry["price"]]
        }
        for model_id, entry in raw_registry().items()
        if "price" in entry
    }


@asynccontextmanager
async def live_catalogue(
    registry: Raw, prices: Raw | None = None
) -> AsyncIterator[tuple[KieSimulator, KieHttpCatalogue]]:
    """A simulated KIE that offers what this registry holds, without limits."""
    simulator = KieSimulator(
        SimulatorOptions(catalogue_limit=NO_LIMIT), facts=KieFacts(models=registry, prices=prices or _prices())
    )
    async with serve(simulator) as url, aiohttp.ClientSession() as session:
        yield simulator, KieHttpCatalogue(session, api_key=KEY, api_base=url, clock=SystemClock(), limits=HASTE)
