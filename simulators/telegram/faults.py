"""Scripted trouble: what goes wrong, for which calls, how often."""

from random import Random

from attrs import define, field


@define(kw_only=True)
class TelegramFault:
    """One kind of trouble. It waits ``hang_s``, then drops the connection, or answers ``status``, or only was slow.

    With ``after_effect`` the call does its work first and the caller does not learn of it. It strikes ``times`` times
    (None: without end), each time with ``probability``, for calls of ``method`` and ``chat_id`` (None: any).
    ``body`` replaces the JSON error; one that starts with ``<`` is served as HTML.
    """

    method: str | None = None
    chat_id: int | None = None
    status: int | None = None
    description: str = ""
    body: str | None = None
    retry_after_s: int | None = None
    hang_s: float = 0
    drop: bool = False
    after_effect: bool = False
    times: int | None = 1
    probability: float = 1.0
    struck: int = field(default=0, init=False)

    @classmethod
    def flood(
        cls, retry_after_s: int, *, method: str | None = None, chat_id: int | None = None, times: int | None = 1
    ) -> "TelegramFault":
        """429 with ``retry_after``, which Telegram gives for minutes, too."""
        text = f"Too Many Requests: retry after {retry_after_s}"
        return cls(
            status=429, description=text, retry_after_s=retry_after_s, method=method, chat_id=chat_id, times=times
        )

    def concerns(self, method: str, chat_id: str) -> bool:
        """Whether it can still strike such a call."""
        if self.times is not None and self.struck >= self.times:
            return False
        if self.method is not None and self.method.lower() != method.lower():
            return False
        return self.chat_id is None or str(self.chat_id) == chat_id


class FaultScript:
    """The faults in force. The same seed and the same calls give the same trouble."""

    def __init__(self, *, seed: int = 0) -> None:
        self._random = Random(seed)  # noqa: S311 - chance for tests, not for secrets
        self._faults: list[TelegramFault] = []

    def add(self, fault: TelegramFault) -> TelegramFault:
        """Put a fault in force. Returns it, so that ``struck`` can be read later."""
        self._faults.append(fault)
        return fault

    def clear(self) -> None:
        """Take all faults away."""
        self._faults.clear()

    def strike(self, method: str, chat_id: str) -> TelegramFault | None:
        """The fault that befalls this call, if any."""
        for fault in self._faults:
            if fault.concerns(method, chat_id) and self._random.random() < fault.probability:
                fault.struck += 1
                if fault.times is not None and fault.struck >= fault.times:
                    self._faults.remove(fault)
                return fault
        return None
