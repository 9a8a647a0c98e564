"""Answers a generation that began on a page: what there is to see is in the stores, and open pages watch those."""

from collections.abc import Sequence
from typing import Final

from application.ports.messenger import Deliverable, Progress
from domain.generation import Destination, Generation, Receipt, UserId

FRONT_END: Final = "web"
PAGE: Final = "page"
"""The one message that a page has."""
UPLOAD_LIMIT_BYTES: Final = 200 << 20


def destination_of(user: UserId) -> Destination:
    """Where a person's pages are answered."""
    return Destination(chat=f"{FRONT_END}:{user}")


class WebMessenger:
    """Port ``Messenger``. Results were kept when they were opened for delivery; a page shows what is kept."""

    def upload_limit_bytes(self, _destination: Destination, /) -> int:
        return UPLOAD_LIMIT_BYTES

    async def show_progress(self, _generation: Generation, _progress: Progress, /) -> str | None:
        """Nothing to do: the progress was noted for the pages already."""
        return PAGE

    async def deliver(self, _generation: Generation, items: Sequence[Deliverable], /) -> Receipt:
        return Receipt(indexes=tuple(item.index for item in items), message=PAGE)

    def batches(self, generation: Generation, /) -> Sequence[Sequence[int]]:
        """One result a batch, so that each is seen as soon as it is kept."""
        return [(index,) for index in generation.undelivered]

    async def conclude(self, _generation: Generation, /) -> None:
        """Nothing to do: the state of the generation is the last word."""
