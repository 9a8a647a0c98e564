"""Fences the work of a leader: no write and no request after the lease."""

from attrs import frozen

from application.errors import NotLeader
from application.ports.leader_lock import Leadership


@frozen
class LeadershipGuard:
    """One leadership as the steps see it: the epoch their writes carry, and a check before what others would see."""

    _leadership: Leadership

    @property
    def epoch(self) -> int:
        return self._leadership.epoch

    def check(self) -> None:
        """Return only while this instance leads.

        Raises:
            NotLeader: the lease has run out, even if the loss was not reported yet.
        """
        if self._leadership.seconds_left() <= 0:
            raise NotLeader(f"the leadership of epoch {self.epoch} is over")
