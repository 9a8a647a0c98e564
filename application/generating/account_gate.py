"""The creation window of one account at the provider, shared fairly between the bots that use it."""

import asyncio
from typing import Final

from attrs import define, field

from application.errors import StoreUnavailable
from application.generating.creation_rate_limiter import MARGIN_S, CreationWindow
from application.ports.clock import Clock
from application.ports.creation_slots import CreationSlots
from domain.fair_queue import FairQueue
from domain.generation import UserId

ANSWERED_WITHIN_S: Final = 2.0
"""The provider counts a request at some moment before its answer. One that takes longer may be counted later than here, and
is then refused with a 429, which makes its bot wait."""


@define(eq=False)
class AccountGate:
    """Bots take turns here; between instances the one that asks first after a place is free has it."""

    _account: str
    _window: CreationWindow
    _slots: CreationSlots
    _clock: Clock
    _waiting: FairQueue["asyncio.Future[None]"] = field(factory=FairQueue, init=False)
    _letting_in: "asyncio.Task[None] | None" = field(default=None, init=False)

    async def admit(self, bot: str) -> None:
        """Wait for a place and take it.

        Raises:
            StoreUnavailable: it is not known whether there is one.
        """
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        lane = UserId(bot)
        self._waiting.push(lane, turn)
        if self._letting_in is None or self._letting_in.done():
            self._letting_in = asyncio.create_task(self._let_in(), name="account-gate")
        try:
            await turn
        finally:
            self._waiting.remove(lane, turn)

    async def _let_in(self) -> None:
        while turn := self._waiting.pop():
            if turn.done():  # given up
                continue
            try:
                await self._take_place()
            except StoreUnavailable as error:
                if not turn.done():
                    turn.set_exception(error)
            else:
                if not turn.done():
                    turn.set_result(None)

    async def _take_place(self) -> None:
        period_s = self._window.period_s + MARGIN_S + ANSWERED_WITHIN_S
        while wait_s := await self._slots.take(self._account, count=self._window.count, period_s=period_s):
            await self._clock.sleep(wait_s)
