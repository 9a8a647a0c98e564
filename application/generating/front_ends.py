"""Several front ends at once: each generation is answered by the one its destination belongs to."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager

from attrs import frozen

from application.errors import AttachmentLost, DestinationGone
from application.ports.attachment_source import AttachmentSource
from application.ports.messenger import Deliverable, Messenger, Progress
from domain.generation import Destination, Generation, Receipt
from domain.media import Attachment, MediaFile


@frozen(kw_only=True)
class MessengerRouter:
    """``Messenger`` over all front ends, by ``Destination.front_end``."""

    _messengers: Mapping[str, Messenger]

    def upload_limit_bytes(self, destination: Destination, /) -> int:
        """That of the destination's front end; 0 for one that is gone."""
        messenger = self._messengers.get(destination.front_end)
        return messenger.upload_limit_bytes(destination) if messenger else 0

    async def show_progress(self, generation: Generation, progress: Progress, /) -> str | None:
        """As the front end does."""
        return await self._of(generation).show_progress(generation, progress)

    async def deliver(self, generation: Generation, items: Sequence[Deliverable], /) -> Receipt:
        """As the front end does."""
        return await self._of(generation).deliver(generation, items)

    def batches(self, generation: Generation, /) -> Sequence[Sequence[int]]:
        """As the front end does; one batch where there is none, whose delivery then says so."""
        messenger = self._messengers.get(generation.destination.front_end)
        if messenger is None:
            return [generation.undelivered] if generation.undelivered else []
        return messenger.batches(generation)

    async def conclude(self, generation: Generation, /) -> None:
        """As the front end does."""
        await self._of(generation).conclude(generation)

    def _of(self, generation: Generation) -> Messenger:
        try:
            return self._messengers[generation.destination.front_end]
        except KeyError:
            raise DestinationGone(f"no front end {generation.destination.front_end!r} here") from None


@frozen(kw_only=True)
class AttachmentRouter:
    """``AttachmentSource`` over all front ends, by ``Attachment.keeper``: an input may hold files of several."""

    _sources: Mapping[str, AttachmentSource]

    def open(self, attachment: Attachment, /) -> AbstractAsyncContextManager[MediaFile]:
        """As the source does. Raises AttachmentLost at once where there is none."""
        try:
            source = self._sources[attachment.keeper]
        except KeyError:
            raise AttachmentLost(f"no front end {attachment.keeper!r} here") from None
        return source.open(attachment)
