"""Answers a generation that a program asked for: it reads the result itself, and may be informed by a webhook."""

from collections.abc import Sequence
from typing import Final

from attrs import frozen

from application.errors import MessengerUnavailable, StoreUnavailable
from application.ports.clock import Clock
from application.ports.messenger import Deliverable, Progress
from application.ports.webhook_outbox import WebhookOutbox
from domain.api_key import ApiKeyId
from domain.generation import Destination, Generation, Receipt
from domain.webhook_event import EventId, WebhookEvent

FRONT_END: Final = "api"
PLACE: Final = "api"
"""The one message that a program has."""
UPLOAD_LIMIT_BYTES: Final = 200 << 20
ENDED: Final = "generation.ended"


def destination_of(key: ApiKeyId) -> Destination:
    """Return where the generations of a key are answered."""
    return Destination(chat=f"{FRONT_END}:{key}")


@frozen
class ApiMessenger:
    """Port ``Messenger``. Results were kept when they were opened for delivery; the API serves what is kept."""

    _outbox: WebhookOutbox
    _clock: Clock

    def upload_limit_bytes(self, _destination: Destination, /) -> int:
        return UPLOAD_LIMIT_BYTES

    async def show_progress(self, _generation: Generation, _progress: Progress, /) -> str | None:
        """Nothing to do: the progress was noted for those who watch."""
        return PLACE

    async def deliver(self, _generation: Generation, items: Sequence[Deliverable], /) -> Receipt:
        return Receipt(indexes=tuple(item.index for item in items), message=PLACE)

    def batches(self, generation: Generation, /) -> Sequence[Sequence[int]]:
        """Return one result a batch, so that each can be read as soon as it is kept."""
        return [(index,) for index in generation.undelivered]

    async def conclude(self, generation: Generation, /) -> None:
        """Write the event for the key's webhook. The event's id is the generation's: repeating writes nothing."""
        now = self._clock.now()
        event = WebhookEvent(
            id=EventId(f"msg_{generation.id}"),
            key=ApiKeyId(generation.destination.chat.partition(":")[2]),
            type=ENDED,
            payload={"id": generation.id, "state": "failed" if generation.failure else "succeeded"},
            created_at=now,
            due_at=now,
        )
        try:
            await self._outbox.add(event)
        except StoreUnavailable as error:
            raise MessengerUnavailable(str(error)) from error
