"""Questions to chat models in a dict."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from adapters.memory.generation_store import InMemoryGenerationStore
from adapters.memory.trouble import Script
from application.limits import DAY, TextLimits, check_balance, checked
from application.ports.clock import Clock
from domain.generation import UserId
from domain.text_call import TextCall, TextCallId, TextPurpose, text_reservation, text_reservation_key, text_settlement


class InMemoryTextCallStore:
    """``TextCallStore`` for tests, over a generation store and its ledger. ``on_call`` is the script of trouble."""

    def __init__(self, clock: Clock, generations: InMemoryGenerationStore) -> None:
        self.calls: dict[TextCallId, TextCall] = {}
        self.on_call = Script(clock)
        self._generations = generations
        generations.spent_beside = self._of_user

    async def begin(self, call: TextCall, limits: TextLimits, /) -> None:
        async with self.on_call.around():
            since = call.begun_at - DAY
            limits.check_all(self._since(since), call)

            async def check(later: timedelta) -> None:
                limits.check_user(self._generations.spent_by(call.user, since + later), call)

            await checked(check)
            if reservation := text_reservation(call):
                check_balance(self._generations.ledger.balance_now(call.user).units, reservation)
                self._generations.ledger.write(reservation)
            self.calls[call.id] = call

    async def end(self, call: TextCall, /) -> bool:
        async with self.on_call.around():
            if self.calls[call.id].ended_at is not None:
                return False
            self.calls[call.id] = call
            self._generations.ledger.post_beside(text_settlement(call), text_reservation_key(call.id))
            return True

    async def spent(self, since: datetime, /) -> float:
        async with self.on_call.around():
            return self._since(since)

    async def unended(self, begun_before: datetime, /) -> Sequence[TextCall]:
        async with self.on_call.around():
            return [one for one in self.calls.values() if one.ended_at is None and one.begun_at < begun_before]

    def _since(self, since: datetime) -> float:
        return sum(one.cost for one in self.calls.values() if one.begun_at > since)

    def _of_user(self, user: UserId, since: datetime) -> float:
        own = (one for one in self.calls.values() if one.user == user and one.purpose is not TextPurpose.READ)
        return sum(one.counted_credits for one in own if one.begun_at > since)
