"""Port: models that the operator has switched off, durable."""

from collections.abc import Sequence
from typing import Protocol

from domain.model import ModelId
from domain.operation import ModelPause


class ModelSwitches(Protocol):
    """Pauses of one bot. Raises ``StoreUnavailable`` like the other stores."""

    async def paused(self) -> Sequence[ModelPause]:
        """All that are in force, the newest first."""
        ...

    async def pause_of(self, model_id: ModelId, /) -> ModelPause | None:
        """Why the model takes no new wishes now; None: it does."""
        ...

    async def pause(self, pause: ModelPause, /) -> None:
        """Switch a model off; a second pause replaces the first."""
        ...

    async def resume(self, model_id: ModelId, /) -> bool:
        """Switch it on again. False: it was not off."""
        ...
