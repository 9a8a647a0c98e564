"""``RegistryWriter`` on the registry's YAML files. How, and why so: ``docs/adr/0010-editing-the-registry.md``."""

import os
import re
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from attrs import define, frozen

from adapters.yaml_catalog.catalog import load_catalog
from adapters.yaml_catalog.errors import Faults, RegistryFault
from adapters.yaml_catalog.files import StrictLoader
from adapters.yaml_catalog.models import build_model
from config.registry_tools.change import ModelChange, ModelChangeKind
from config.registry_tools.registry_writer import Unwritten
from config.registry_tools.yaml_data import changed_data, model_data
from config.registry_tools.yaml_layout import lines_of
from config.registry_tools.yaml_text import reconciled
from domain.model import ModelId


class NotWritable(Exception):
    """A model's change can't be written; the message says why."""


@frozen
class YamlRegistryWriter:
    """Edits the ``.yaml`` files of a directory where they stand, and adds a file for a vendor that has none."""

    _directory: Path

    def write(self, changes: Sequence[ModelChange], /, *, on: date) -> Sequence[Unwritten]:
        files = {path.name: RegistryText.parsed(_read(path)) for path in sorted(self._directory.glob("*.yaml"))}
        before = {name: file.text for name, file in files.items()}
        unwritten = []
        for change in changes:
            try:
                if change.obstacle is None:
                    _edit(files, change, on=on)
            except NotWritable as fault:
                unwritten.append(Unwritten(model=change.id, reason=str(fault)))
        texts = {name: file.text for name, file in files.items()}
        _check(texts)
        for name, text in texts.items():
            if text != before.get(name):
                _replace(self._directory / name, text)
        return unwritten

    def write_prices(self, prices: Mapping[ModelId, Mapping[int, float]], /, *, on: date, source: str) -> None:
        """Put credits into the price rules at these places, dated; every other byte stays. Raises ``RegistryError``."""
        files = {path.name: RegistryText.parsed(_read(path)) for path in sorted(self._directory.glob("*.yaml"))}
        before = {name: file.text for name, file in files.items()}
        for model_id, places in prices.items():
            file = next(one for one in files.values() if model_id in one.models)
            wanted = _data(model_id, file.models[model_id])
            for place, credits_ in places.items():
                news = {"credits": _whole(credits_), "as_of": on.isoformat(), "source": source, "confidence": "feed"}
                wanted["price"][place] |= news
            file.models[model_id] = reconciled(file.models[model_id], {model_id: wanted})
        texts = {name: file.text for name, file in files.items()}
        _check(texts)
        for name, text in texts.items():
            if text != before[name]:
                _replace(self._directory / name, text)


def _whole(figure: float) -> float:
    return int(figure) if figure == int(figure) else figure


@define
class RegistryText:
    """A file in pieces: what stands above the first model, then each model's text up to the next one."""

    head: str
    models: dict[str, str]
    vendors: Counter[str]
    """How many of the models are of which vendor."""

    @classmethod
    def parsed(cls, text: str) -> "RegistryText":
        node = yaml.compose(text, Loader=StrictLoader)
        starts = [(key.value, key.start_mark.line) for key, _ in node.value] if node else []
        lines = [f"{line}\n" for line in text.split("\n")]
        lines[-1] = lines[-1][:-1]
        ends = [*(line for _, line in starts[1:]), len(lines)]
        return cls(
            head="".join(lines[: starts[0][1]]),
            models={name: "".join(lines[start:end]) for (name, start), end in zip(starts, ends, strict=True)},
            vendors=Counter(model.get("vendor", "") for model in _loaded(text).values()),
        )

    @property
    def text(self) -> str:
        return self.head + "".join(self.models.values())


def _edit(files: dict[str, RegistryText], change: ModelChange, *, on: date) -> None:
    if change.kind is ModelChangeKind.NEW:
        _add(files, change)
        return
    file = next(one for one in files.values() if change.id in one.models)
    text = file.models[change.id]
    wanted = changed_data(_data(change.id, text), change, on=on)
    _demand_valid(change.id, wanted)
    edited = reconciled(text, {change.id: wanted})
    if _data(change.id, edited) != wanted:
        raise NotWritable("its layout can't be edited")
    file.models[change.id] = edited


def _add(files: dict[str, RegistryText], change: ModelChange) -> None:
    if change.model is None:
        raise NotWritable("nothing is known about it")
    vendor = change.model.vendor
    data = model_data(change.model)
    _demand_valid(change.id, data)
    name = max(files, key=lambda name: files[name].vendors[vendor], default="")
    if not name or not files[name].vendors[vendor]:
        name = _file_name(vendor)
        head = f"# {vendor}: the models KIE.ai offers, as registry data. Format: docs/registry.md\n"
        files.setdefault(name, RegistryText(head=head, models={}, vendors=Counter()))
    file = files[name]
    file.vendors[vendor] += 1
    apart = "\n" if file.text.endswith("\n") else "\n\n"
    file.models[change.id] = apart + lines_of({change.id: data}, indent=0) + "\n"


def _demand_valid(model_id: ModelId, data: Mapping[str, Any]) -> None:
    found: list[RegistryFault] = []
    build_model(model_id, data, Faults(found, file="", model=""))
    if found:
        raise NotWritable("; ".join(map(str, found)))


def _data(model_id: str, text: str) -> dict[str, Any]:
    return _loaded(text)[model_id]


def _loaded(text: str) -> dict[str, dict[str, Any]]:
    loaded: dict[str, dict[str, Any]] = yaml.load(text, Loader=StrictLoader)  # noqa: S506  # a safe loader
    return loaded


def _file_name(vendor: str) -> str:
    return f"{re.sub(r'[^a-z0-9]+', '_', vendor.lower()).strip('_') or 'other'}.yaml"


def _check(texts: Mapping[str, str]) -> None:
    """Load the registry as it will be. Raises ``RegistryError``."""
    with TemporaryDirectory(prefix="registry_") as directory:
        for name, text in texts.items():
            (Path(directory) / name).write_bytes(text.encode())
        load_catalog(Path(directory))


def _read(path: Path) -> str:
    """Bytes as they are: no newline is translated."""
    return path.read_bytes().decode()


def _replace(path: Path, text: str) -> None:
    """Anyone who reads meanwhile sees the old file or the new one."""
    aside = path.with_name(f".{path.name}.new")
    aside.write_bytes(text.encode())
    if path.exists():
        shutil.copymode(path, aside)
    os.replace(aside, path)
