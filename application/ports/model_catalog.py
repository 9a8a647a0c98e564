"""Port: the loaded registry."""

from collections.abc import Sequence
from typing import Protocol

from domain.model import Model


class ModelCatalog(Protocol):
    """All models, loaded once, immutable. Synchronous: it never does I/O."""

    def find(self, name: str, /) -> Model | None:
        """The model of this id, or the model this alias stands for (letter case and outer blanks are ignored).

        A renamed or invented id gives the real model; a suspended or retired one gives itself. None: no such name.
        """
        ...

    def entry(self, name: str, /) -> Model | None:
        """The registry's own entry of exactly this id, alias or not; None where there is none."""
        ...

    def by_key(self, key: str, /) -> Model | None:
        """The entry whose ``model_key`` this is; None where the registry has it no more."""
        ...

    def title_of(self, name: str, /) -> str:
        """The title of the entry of exactly this id; the id itself where there is none."""
        ...

    def models(self) -> Sequence[Model]:
        """Every entry, in registry order: aliases, suspended and retired ones too."""
        ...

    def offered(self) -> Sequence[Model]:
        """The entries that are on offer, in registry order."""
        ...
