"""Callbacks: a POST to callBackUrl when a task ends, signed when a key is set, repeated when not taken."""

import asyncio
import base64
import hashlib
import heapq
import hmac
import itertools
from collections.abc import Mapping
from typing import Any

import aiohttp
import structlog
from attrs import define, field, frozen

from .account import KieAccount
from .dialects import EndpointPair
from .tasks import KieTask

log = structlog.get_logger(__name__)


@frozen(kw_only=True)
class CallbackBehaviour:
    """How callbacks come.

    Attributes:
        copies: how often each is delivered.
        delay_s: how long after the end of the task.
        before_answer: the task ends at once and its callback arrives before createTask answers.
    """

    copies: int = 1
    delay_s: float = 0.0
    before_answer: bool = False


@frozen(kw_only=True)
class CallbackAttempt:
    """One attempt to call back. `status` is None when there was no HTTP answer."""

    at: float
    task_id: str
    url: str
    status: int | None


@define(kw_only=True)
class CallbackSender:
    """Sends callbacks of ended tasks from one heap, whatever the number of tasks.

    Attributes:
        behaviour: may be replaced at any time, and holds for tasks started from then on.
        deliveries: every attempt so far.
    """

    account: KieAccount
    dialects: Mapping[str, EndpointPair]
    behaviour: CallbackBehaviour = field(factory=CallbackBehaviour)
    deliveries: list[CallbackAttempt] = field(factory=list, init=False)
    _due: list[tuple[float, int, KieTask]] = field(factory=list, init=False)
    _sent: set[str] = field(factory=set, init=False)
    _serial: "itertools.count[int]" = field(factory=itertools.count, init=False)
    _wake: asyncio.Event = field(factory=asyncio.Event, init=False)

    def expect(self, task: KieTask) -> None:
        """Note the end of a task; called again when the end moves."""
        if task.callback_url is not None:
            due_at = task.ends_at + self.behaviour.delay_s
            heapq.heappush(self._due, (due_at, next(self._serial), task))
            self._wake.set()

    async def run(self, session: aiohttp.ClientSession) -> None:
        """Send callbacks as they fall due, until cancelled."""
        self._wake = asyncio.Event()  # of the loop that serves now
        async with asyncio.TaskGroup() as group:
            while True:
                for task in self._take_due():
                    group.create_task(self.send(task, session), name="callback")
                await self._sleep_until_due()

    async def send(self, task: KieTask, session: aiohttp.ClientSession) -> None:
        """Deliver all copies of one task's callback, unless that has begun before."""
        if task.id in self._sent:
            return
        self._sent.add(task.id)
        for _ in range(self.behaviour.copies):
            await self._deliver(task, session)

    def _take_due(self) -> list[KieTask]:
        now = self.account.clock()
        taken = []
        while self._due and self._due[0][0] <= now:
            task = heapq.heappop(self._due)[2]
            if task.has_ended(now):
                taken.append(task)
        return taken

    async def _sleep_until_due(self) -> None:
        self._wake.clear()
        pause = self._due[0][0] - self.account.clock() if self._due else None
        try:
            async with asyncio.timeout(pause):
                await self._wake.wait()
        except TimeoutError:
            return

    async def _deliver(self, task: KieTask, session: aiohttp.ClientSession) -> None:
        for attempt in range(1 + self.account.options.callback_retries):
            if attempt:
                await asyncio.sleep(self.account.options.callback_retry_s)
            status = await self._post(task, session)
            if status is not None and 200 <= status < 300:
                return
        log.info("simulator.callback_given_up", task_id=task.id)

    async def _post(self, task: KieTask, session: aiohttp.ClientSession) -> int | None:
        now = self.account.clock()
        url = str(task.callback_url)
        body = self.dialects[task.status_path].callback(task, now)
        timeout = aiohttp.ClientTimeout(self.account.options.callback_timeout_s)
        try:
            async with session.post(
                url, json=body, headers=self._signature(task.id, now), timeout=timeout, allow_redirects=False
            ) as response:
                status: int | None = response.status
        except (aiohttp.ClientError, TimeoutError, ValueError):  # no answer, or no URL
            status = None
        self.deliveries.append(CallbackAttempt(at=now, task_id=task.id, url=url, status=status))
        return status

    def _signature(self, task_id: str, now: float) -> dict[str, Any]:
        """Sign `taskId.timestamp`; KIE leaves the body unsigned."""
        key = self.account.options.webhook_hmac_key
        if key is None:
            return {}
        timestamp = str(int(now))
        digest = hmac.digest(key.encode(), f"{task_id}.{timestamp}".encode(), hashlib.sha256)
        return {"X-Webhook-Timestamp": timestamp, "X-Webhook-Signature": base64.b64encode(digest).decode()}
