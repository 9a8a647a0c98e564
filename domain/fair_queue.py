"""Whose wish goes next when many wait: users take turns."""

from collections import OrderedDict, deque
from typing import Generic, TypeVar

from domain.generation import UserId

T = TypeVar("T")


class FairQueue(Generic[T]):
    """Round robin over users, first in first out within one: a hundred wishes of one delay no one else's first.

    Every operation but ``place`` and ``remove`` takes constant time.
    """

    def __init__(self) -> None:
        self._lanes: OrderedDict[UserId, deque[T]] = OrderedDict()

    def __len__(self) -> int:
        return sum(len(lane) for lane in self._lanes.values())

    def push(self, user: UserId, item: T) -> None:
        """Join the end of the user's own lane; a new lane joins behind the others."""
        self._lanes.setdefault(user, deque()).append(item)

    def pop(self) -> T | None:
        """The next one; its user's lane goes to the back. None when no one waits."""
        if not self._lanes:
            return None
        user, lane = next(iter(self._lanes.items()))
        item = lane.popleft()
        if lane:
            self._lanes.move_to_end(user)
        else:
            del self._lanes[user]
        return item

    def remove(self, user: UserId, item: T) -> bool:
        """Take one back; False when it does not wait (any more)."""
        lane = self._lanes.get(user)
        if lane is None or item not in lane:
            return False
        lane.remove(item)
        if not lane:
            del self._lanes[user]
        return True

    def place(self, user: UserId, item: T) -> int:
        """How many turns until its own, counting from 1; 0 when it does not wait.

        Of each lane ahead in the round one more goes first than of each lane behind.
        """
        lane = self._lanes.get(user)
        if lane is None or item not in lane:
            return 0
        mine = lane.index(item)
        place, ahead = 1 + mine, True
        for other, theirs in self._lanes.items():
            if other == user:
                ahead = False
                continue
            place += min(len(theirs), mine + 1 if ahead else mine)
        return place
