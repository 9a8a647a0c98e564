"""What is wrong with a registry, reported all at once."""

from collections.abc import Sequence
from typing import ClassVar

from attrs import frozen

from domain.errors import MediaBotError


@frozen(order=True)
class RegistryFault:
    """One fault: where it stands and what was expected there.

    ``model`` and ``parameter`` are empty where the fault concerns a whole file or a whole model; ``parameter`` is the
    path below the model (``input.prompt.max``).
    """

    file: str
    model: str
    parameter: str
    message: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.model, self.parameter, self.message) if part)


class RegistryError(MediaBotError):
    """The registry can't be used. The message has one line for each fault, in the order of the files."""

    code: ClassVar[str] = "registry_invalid"

    def __init__(self, faults: Sequence[RegistryFault]) -> None:
        self.faults = tuple(faults)
        noun = "1 fault" if len(self.faults) == 1 else f"{len(self.faults)} faults"
        super().__init__("\n".join([f"the registry has {noun}:", *(f"  {fault}" for fault in self.faults)]))


class Faults:
    """Collects the faults of one model (or, with no model, of one file)."""

    def __init__(self, collected: list[RegistryFault], *, file: str, model: str = "") -> None:
        self._collected = collected
        self._file = file
        self._model = model

    def __str__(self) -> str:
        return f"{self._model} in {self._file}"

    @property
    def count(self) -> int:
        """How many there are so far, of whatever model."""
        return len(self._collected)

    def add(self, path: Sequence[str], message: str) -> None:
        self._collected.append(RegistryFault(self._file, self._model, ".".join(path), message))

    def of_model(self, model: str) -> "Faults":
        return Faults(self._collected, file=self._file, model=model)
