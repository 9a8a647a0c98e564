"""Switched-off models in a dict."""

from collections.abc import Sequence

from adapters.memory.trouble import Script
from application.ports.clock import Clock
from domain.model import ModelId
from domain.operation import ModelPause


class InMemoryModelSwitches:
    """``ModelSwitches`` for tests and the terminal. ``on_call`` is the script of trouble."""

    def __init__(self, clock: Clock) -> None:
        self.pauses: dict[ModelId, ModelPause] = {}
        self.on_call = Script(clock)

    async def paused(self) -> Sequence[ModelPause]:
        async with self.on_call.around():
            return sorted(self.pauses.values(), key=lambda pause: pause.at, reverse=True)

    async def pause_of(self, model_id: ModelId, /) -> ModelPause | None:
        async with self.on_call.around():
            return self.pauses.get(model_id)

    async def pause(self, pause: ModelPause, /) -> None:
        async with self.on_call.around():
            self.pauses[pause.model_id] = pause

    async def resume(self, model_id: ModelId, /) -> bool:
        async with self.on_call.around():
            return self.pauses.pop(model_id, None) is not None
