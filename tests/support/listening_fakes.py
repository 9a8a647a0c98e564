"""Fakes that know what they did without its being heard of."""

from collections import Counter
from collections.abc import Sequence

from adapters.memory.clock import ManualClock
from adapters.memory.media_provider import InMemoryProvider
from adapters.memory.messenger import InMemoryMessenger
from application.errors import (
    DeliveryOutcomeUnknown,
    ProviderOutcomeUnknown,
)
from application.ports.media_provider import Submission
from application.ports.messenger import Deliverable
from domain.generation import Generation, GenerationId, Receipt, TaskId


class ListeningMessenger(InMemoryMessenger):
    """Counts the messages that arrived without our hearing of it."""

    def __init__(self, clock: ManualClock) -> None:
        super().__init__(clock, batch_size=2)
        self.unconfirmed: Counter[GenerationId] = Counter()

    async def deliver(self, generation: Generation, items: Sequence[Deliverable], /) -> Receipt:
        before = len(self.deliveries)
        try:
            return await super().deliver(generation, items)
        except DeliveryOutcomeUnknown:
            self.unconfirmed[generation.id] += len(self.deliveries) > before
            raise

    async def conclude(self, generation: Generation, /) -> None:
        before = len(self.conclusions)
        try:
            await super().conclude(generation)
        except DeliveryOutcomeUnknown:
            self.unconfirmed[generation.id] += len(self.conclusions) > before
            raise


class ListeningProvider(InMemoryProvider):
    """Knows the creations under way and those whose outcome it did not tell, by the address of their callback."""

    def __init__(self, clock: ManualClock) -> None:
        super().__init__(clock)
        self.lost_answers: list[str] = []
        self.in_flight: list[str] = []

    async def submit(self, submission: Submission, /) -> TaskId:
        url = str(submission.callback_url)
        self.in_flight.append(url)
        try:
            return await super().submit(submission)
        except ProviderOutcomeUnknown:
            self.lost_answers.append(url)
            raise
        finally:
            self.in_flight.remove(url)
