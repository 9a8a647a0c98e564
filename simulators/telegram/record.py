"""What bots asked of the simulator, for tests and benches to look at."""

from collections import Counter, deque
from collections.abc import Mapping

from attrs import field, frozen

_CALLS_KEPT = 20_000


@frozen(kw_only=True)
class CallRecord:
    """One call and its answer. ``parameters`` name uploaded files without their bytes.

    ``at`` and ``took_s`` are seconds of the world's clock; ``peer`` is the caller's host and port; ``port`` is the
    simulator's own, 0 where it is not known; ``status`` is the HTTP status, 0 where the connection was dropped.
    """

    at: float
    took_s: float
    peer: str
    port: int
    token: str = field(repr=False)
    method: str
    parameters: Mapping[str, object] = field(repr=False)
    status: int
    description: str = ""


class CallLog:
    """The last 20,000 calls, or as many as ``kept`` says (None: all), and counts of all of them."""

    def __init__(self, kept: int | None = _CALLS_KEPT) -> None:
        self.calls: deque[CallRecord] = deque(maxlen=kept)
        self.by_method: Counter[str] = Counter()
        self.by_status: Counter[int] = Counter()

    def add(self, call: CallRecord) -> None:
        """Remember a call."""
        self.calls.append(call)
        self.by_method[call.method] += 1
        self.by_status[call.status] += 1

    def of(self, method: str) -> list[CallRecord]:
        """The remembered calls of one method, oldest first."""
        return [call for call in self.calls if call.method.lower() == method.lower()]
