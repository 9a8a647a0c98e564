"""Port: the registry as it is kept, to be corrected."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from attrs import frozen

from config.registry_tools.change import ModelChange
from domain.model import ModelId


@frozen(kw_only=True)
class Unwritten:
    """A change that was left out, since the registry would not take it. ``reason`` is for a developer, in English."""

    model: ModelId
    reason: str


class RegistryWriter(Protocol):
    """Writes changes down without touching anything else: comments, notes, order and layout stay as they are."""

    def write(self, changes: Sequence[ModelChange], /, *, on: date) -> Sequence[Unwritten]:
        """Apply what needs no person; ``on`` dates it. Of one model, all of that is written or nothing.

        Nothing is replaced before the whole registry, as it will be, has been loaded.
        """
        ...
