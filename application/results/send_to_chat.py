"""Use case: bring a finished result to another place of its person's, such as their chat."""

from contextlib import AsyncExitStack
from typing import Final

import structlog
from attrs import evolve, frozen

from application.errors import GenerationNotFound, ResultGone, ResultRefused, ResultTooLarge, ResultUnavailable
from application.generating.fetch_result import OpenResult
from application.ports.messenger import Deliverable, LinkReason, Messenger
from domain.generation import Destination, Generation

log = structlog.get_logger()

_REASONS: Final = {ResultGone: LinkReason.GONE, ResultTooLarge: LinkReason.TOO_LARGE}


@frozen(kw_only=True)
class SendToChat:
    """Asked for by a person who waits for it, so it is tried once. The generation stays where and as it is."""

    _messenger: Messenger
    _open_result: OpenResult

    async def __call__(self, generation: Generation, destination: Destination) -> None:
        """Send all results there, in the form that the front end likes.

        Raises:
            GenerationNotFound: it has no results.
            DestinationGone: the place can't be reached (a blocked bot).
            MessengerUnavailable: not this time; a part may have arrived.
            DeliveryOutcomeUnknown: the last part may have arrived.
        """
        if not generation.results:
            raise GenerationNotFound(generation.id)
        copy = evolve(generation, destination=destination, receipts=(), progress_message=None)
        while batches := self._messenger.batches(copy):
            async with AsyncExitStack() as files:
                items = [await self._item(copy, index, files) for index in batches[0]]
                receipt = await self._messenger.deliver(copy, items)
            copy = evolve(copy, receipts=(*copy.receipts, receipt))
        log.info("result.sent_to_chat", generation_id=generation.id, front_end=destination.front_end)

    async def _item(self, generation: Generation, index: int, files: AsyncExitStack) -> Deliverable:
        """The result with its bytes, or with its link alone where the bytes can't be had."""
        result = generation.results[index]
        limit_bytes = self._messenger.upload_limit_bytes(generation.destination)
        if result.url is None or not limit_bytes:
            return Deliverable(index=index, result=result)
        try:
            file = await files.enter_async_context(self._open_result(generation, index, limit_bytes=limit_bytes))
        except (ResultGone, ResultRefused, ResultUnavailable) as error:
            why = _REASONS.get(type(error), LinkReason.NOT_READ)
            return Deliverable(index=index, result=result, why_link=why)
        return Deliverable(index=index, result=result, file=file)
