"""Pages from templates. What fills a template is escaped; scripts and styles are files of their own."""

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from attrs import field, frozen
from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

_FOLDER: Final = files(__package__ or "adapters.web")


def _source(name: str) -> str | None:
    file = _FOLDER / "templates" / name
    return file.read_text(encoding="utf-8") if file.is_file() else None


@frozen
class StaticFiles:
    """Scripts, styles and pictures by name, under a path that changes with their content, so that they may be kept for ever."""

    _files: Mapping[str, bytes] = field(repr=False)
    version: str

    def __getitem__(self, name: str) -> bytes:
        """The bytes. Raises KeyError."""
        return self._files[name]

    @property
    def names(self) -> list[str]:
        """Everything there is."""
        return sorted(self._files)


@cache
def load_static() -> StaticFiles:
    """The packaged files, read once for everything in a process."""
    found = {file.name: file.read_bytes() for file in _all(_FOLDER / "static")}
    version = hashlib.sha256(b"".join(name.encode() + found[name] for name in sorted(found))).hexdigest()[:12]
    return StaticFiles(found, version)


def _all(folder: Traversable) -> list[Traversable]:
    return [file for file in folder.iterdir() if file.is_file() and not file.name.startswith(".")]


@cache
def _environment() -> Environment:
    """The packaged templates. To compile one takes tens of milliseconds, so that is done once in a process."""
    return Environment(
        loader=FunctionLoader(_source),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


@frozen
class Renderer:
    """One environment for all pages."""

    static: StaticFiles = field(factory=load_static)
    _environment: Environment = field(factory=_environment, init=False)

    def render(self, template: str, /, **values: object) -> Markup:
        """A page or a part of one."""
        return Markup(self._environment.get_template(template).render(static=self.static, **values))  # noqa: S704 - the templates escape what they show
