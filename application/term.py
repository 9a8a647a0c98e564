"""The right to act, for as long as it lasts."""

from attrs import frozen

from application.errors import NotLeader
from application.ports.leader_lock import Leadership


@frozen
class Term:
    """One leadership as the steps see it: the epoch their writes carry, and a check before what others would see."""

    _leadership: Leadership

    @property
    def epoch(self) -> int:
        return self._leadership.epoch

    def require(self) -> None:
        """Go on only while leading.

        Raises:
            NotLeader: the lease has run out, whether or not anybody has told us yet.
        """
        if self._leadership.seconds_left() <= 0:
            raise NotLeader(f"the leadership of epoch {self.epoch} is over")
