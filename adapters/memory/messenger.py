"""A messenger that writes everything down."""

from collections.abc import Sequence
from itertools import count

from attrs import frozen

from adapters.memory.trouble import Script
from application.ports.clock import Clock
from application.ports.messenger import Deliverable, LinkReason, Progress
from domain.generation import Destination, Generation, GenerationId, Receipt


@frozen(kw_only=True)
class SentMessage:
    """One message with results that reached a chat. ``sizes``: bytes of each file, None where a link or text went."""

    generation_id: GenerationId
    chat: str
    indexes: tuple[int, ...]
    sizes: tuple[int | None, ...]
    whys: tuple[LinkReason | None, ...] = ()


class InMemoryMessenger:
    """``Messenger`` for tests of what uses one; ``on_…`` are the scripts of trouble, one a method.

    ``batch_size`` is how many results go in one message. Files are looked at while they exist, not kept.
    """

    def __init__(self, clock: Clock, *, upload_limit_bytes: int = 50_000_000, batch_size: int = 10) -> None:
        self._upload_limit_bytes = upload_limit_bytes
        self._batch_size = batch_size
        self._messages = count(1)
        self.progress: list[tuple[GenerationId, Progress]] = []
        self.deliveries: list[SentMessage] = []
        self.conclusions: list[Generation] = []
        self.on_show_progress = Script(clock)
        self.on_deliver = Script(clock)
        self.on_conclude = Script(clock)

    def upload_limit_bytes(self, _destination: Destination, /) -> int:
        return self._upload_limit_bytes

    async def show_progress(self, generation: Generation, progress: Progress, /) -> str | None:
        async with self.on_show_progress.around():
            self.progress.append((generation.id, progress))
        return generation.progress_message or f"message{next(self._messages)}"

    async def deliver(self, generation: Generation, items: Sequence[Deliverable], /) -> Receipt:
        indexes = tuple(item.index for item in items)
        async with self.on_deliver.around():
            self.deliveries.append(
                SentMessage(
                    generation_id=generation.id,
                    chat=generation.destination.chat,
                    indexes=indexes,
                    sizes=tuple(item.file.path.stat().st_size if item.file else None for item in items),
                    whys=tuple(item.why_link for item in items),
                )
            )
        message = f"message{next(self._messages)}"
        file_ids = tuple(f"{message}-file{item.index}" for item in items if item.file)
        return Receipt(indexes=indexes, message=message, file_ids=file_ids)

    def batches(self, generation: Generation, /) -> Sequence[Sequence[int]]:
        left = generation.undelivered
        return [left[start : start + self._batch_size] for start in range(0, len(left), self._batch_size)]

    async def conclude(self, generation: Generation, /) -> None:
        async with self.on_conclude.around():
            self.conclusions.append(generation)
