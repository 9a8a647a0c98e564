"""Let pydantic build aiogram's models when they are first used, not when aiogram is imported.

aiogram 3.31 rebuilds its 444 types one after another at import, which is three quarters of what starting the service
costs. Most of them are never used, and one that is used builds what it holds along with itself. See ADR 38.
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any, Final

PACKAGE: Final = "aiogram"


def defer_models() -> None:
    """Prepare the first import of aiogram; without effect if it is imported already."""
    if PACKAGE not in sys.modules and not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


class _Finder(MetaPathFinder):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != PACKAGE:
            return None
        sys.meta_path.remove(self)
        spec = PathFinder.find_spec(fullname, path, target)
        if spec and spec.loader:
            spec.loader = _Loader(spec.loader)
        return spec


class _Loader(Loader):
    def __init__(self, loader: Loader) -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        with _deferred():
            self._loader.exec_module(module)


@contextmanager
def _deferred() -> Iterator[None]:
    """Note what would be rebuilt, and leave with each model the names by which pydantic can build it later."""
    from pydantic import BaseModel  # noqa: PLC0415 - only with aiogram, which needs it anyway

    names: dict[str, Any] = {}

    def rebuild(_: type[BaseModel], /, *, _types_namespace: dict[str, Any] | None = None, **__: object) -> None:
        names.update(_types_namespace or {})

    at_once = BaseModel.__dict__["model_rebuild"]
    BaseModel.model_rebuild = classmethod(rebuild)  # type: ignore[assignment, method-assign]  # replaced on purpose, and put back
    try:
        yield
    finally:
        BaseModel.model_rebuild = at_once  # type: ignore[method-assign]  # replaced on purpose, and put back
    for model in _heirs(BaseModel):
        if model.__module__.startswith(PACKAGE):
            model.__pydantic_parent_namespace__ = names


def _heirs(parent: type[Any]) -> Iterator[type[Any]]:
    for heir in parent.__subclasses__():
        yield heir
        yield from _heirs(heir)
