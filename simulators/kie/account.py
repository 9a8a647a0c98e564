"""The simulated account: tasks, credits and limits, with everything that was asked of it on record."""

import heapq
import itertools
import random
import secrets
from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from attrs import define, evolve, field, frozen

from .answers import KieRefusal
from .billing import Bill
from .options import SimulatorOptions
from .prompt_orders import PromptOrders, ScriptedAnswer, read_orders
from .tasks import Durations, KieTask


@frozen(kw_only=True)
class CreateCall:
    """One creation as it arrived, with the verdict it got (`code` 200: `task_id` was started)."""

    at: float
    path: str
    body: Mapping[str, Any]
    code: int
    task_id: str | None

    @property
    def callback_url(self) -> str | None:
        """The callBackUrl of the body."""
        url = self.body.get("callBackUrl")
        return url if isinstance(url, str) else None


@frozen(kw_only=True)
class ReadCall:
    """One look at a task."""

    at: float
    task_id: str


def _ignore(_task: KieTask) -> None:
    """No one waits for ends."""


@define
class Window:
    """Calls that were let in lately; a refused call does not count."""

    _passed: deque[float] = field(factory=deque, init=False)

    def let_in(self, now: float, limit: int, seconds: float) -> bool:
        """Count a call at `now`, or refuse it when `limit` were let in within `seconds`."""
        while self._passed and self._passed[0] <= now - seconds:
            self._passed.popleft()
        if len(self._passed) >= limit:
            return False
        self._passed.append(now)
        return True


@define(kw_only=True)
class KieAccount:
    """What KIE knows about one customer. Safe within one event loop; nothing here waits.

    Attributes:
        options: changed by `set`.
        creates, reads: every call in the order of arrival.
        requests: how often each path was asked, faults included.
        on_end_known: informed about each task when its end is set or moved.
    """

    options: SimulatorOptions
    clock: Callable[[], float]
    creates: list[CreateCall] = field(factory=list, init=False)
    reads: list[ReadCall] = field(factory=list, init=False)
    requests: Counter[str] = field(factory=Counter, init=False)
    tasks: dict[str, KieTask] = field(factory=dict, init=False)
    on_end_known: Callable[[KieTask], None] = field(default=_ignore, init=False)
    _balance: float = field(init=False)
    _creations: Window = field(factory=Window, init=False)
    _durations: Durations = field(init=False)
    _ends: list[tuple[float, int, KieTask]] = field(factory=list, init=False)
    _serial: "itertools.count[int]" = field(factory=itertools.count, init=False)

    def __attrs_post_init__(self) -> None:
        self._balance = self.options.credits
        self._durations = Durations(random.Random(self.options.seed))  # noqa: S311 - a schedule, not a secret

    def set(self, **changes: Any) -> None:
        """Change options from now on: `account.set(duration_s=60, hidden_s=1)`.

        `seed`, `cache_bytes` and `upload_bytes` are read once, when the simulator is built.
        """
        self.options = evolve(self.options, **changes)
        if "credits" in changes:
            self._settle()
            self._balance = self.options.credits

    @property
    def balance(self) -> float:
        """Credits left now; finished tasks are paid for, failed ones are not."""
        self._settle()
        return round(self._balance, 2)

    def take(self, credits_: float) -> None:
        """Charge for an answer that was given at once."""
        self._balance -= credits_

    def admit_creation(self) -> None:
        """Count a request to create against the window, or refuse it with 429."""
        options = self.options
        if not self._creations.let_in(self.clock(), options.creation_limit, options.creation_window_s):
            raise KieRefusal(429, "Your call frequency is too high. Please try again later.")

    def start(
        self,
        model_id: str,
        model: Mapping[str, Any],
        *,
        given: Mapping[str, Any],
        bill: Bill,
        request: Mapping[str, Any],
        status_path: str,
        origin: str,
    ) -> KieTask:
        """Accept a checked input as a new task.

        Raises:
            KieRefusal: 402 when the price is not covered, or what the prompt orders.
        """
        orders = read_orders(given)
        self._refuse(orders, bill)
        now = self.clock()
        task = KieTask(
            id=secrets.token_hex(16),
            record_id=secrets.token_hex(16),
            model=model_id,
            input=given,
            request=request,
            status_path=status_path,
            origin=origin,
            callback_url=request.get("callBackUrl"),
            created_at=now,
            ends_at=now + orders.slow_s + self._durations.draw(model_id, model["output"], self.options),
            bill=bill,
            queues=self._durations.draw_queuing(),
            orders=orders,
            failure=orders.failure,
        )
        self.tasks[task.id] = task
        self._note_end(task)
        return task

    def _refuse(self, orders: PromptOrders, bill: Bill) -> None:
        if orders.refusal is not None:
            raise KieRefusal(orders.refusal.code, orders.refusal.message)
        if self.balance < bill.credits:
            raise KieRefusal(402, "Credits insufficient. Your current balance isn't enough to run this request.")

    def look_up(self, task_id: str, status_path: str) -> KieTask:
        """Return a task for one read of its status.

        Raises:
            KieRefusal: 422 for an unknown or still hidden task, 429 when asked too often.
        """
        now = self.clock()
        task = self.tasks.get(task_id)
        self.reads.append(ReadCall(at=now, task_id=task_id))
        if task is None or task.status_path != status_path or now < task.created_at + self.options.hidden_s:
            raise KieRefusal(422, "recordInfo is null")
        limit = self.options.read_limit
        task.reads.append(now)
        if len(task.reads) > limit and task.reads[-1 - limit] > now - 1:
            raise KieRefusal(429, "Your call frequency is too high. Please try again later.")
        return task

    def end_now(self, task: KieTask, failure: ScriptedAnswer | None = None) -> None:
        """End a running task at once, as a failure when one is given."""
        task.ends_at = self.clock()
        task.failure = failure
        self._note_end(task)

    def accepted(self) -> Iterable[CreateCall]:
        """The creations that started a task."""
        return (call for call in self.creates if call.task_id is not None)

    def accepted_per_callback(self) -> Counter[str | None]:
        """Tasks started per callBackUrl: no URL that names one generation may count more than one."""
        return Counter(call.callback_url for call in self.accepted())

    def _note_end(self, task: KieTask) -> None:
        heapq.heappush(self._ends, (task.ends_at, next(self._serial), task))
        self.on_end_known(task)

    def _settle(self) -> None:
        now = self.clock()
        while self._ends and self._ends[0][0] <= now:
            _, _, task = heapq.heappop(self._ends)
            if not task.settled and task.has_ended(now):
                task.settled = True
                self._balance -= 0.0 if task.failure else task.bill.credits
