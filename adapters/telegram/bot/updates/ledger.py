"""Which updates are on hand, and up to where Telegram may forget them."""


class OffsetLedger:
    """The offset moves past an update when it and every one received before it are finished.

    ``getUpdates`` with an offset confirms everything below it, so that a crash before that brings the update again.
    """

    def __init__(self) -> None:
        self._on_hand: dict[int, bool] = {}  # in the order of receipt; True: finished
        self._offset: int | None = None

    @property
    def offset(self) -> int | None:
        """What to ask for next; None before the first update is finished: from wherever Telegram stands."""
        return self._offset

    @property
    def unfinished(self) -> int:
        """How many are on hand and not done with."""
        return sum(not finished for finished in self._on_hand.values())

    def accept(self, update_id: int) -> bool:
        """Take it on hand; False when it is already (Telegram repeats what is unconfirmed)."""
        if update_id in self._on_hand:
            return False
        self._on_hand[update_id] = False
        return True

    def finish(self, update_id: int) -> None:
        """It never has to come again."""
        self._on_hand[update_id] = True
        for first in list(self._on_hand):
            if not self._on_hand[first]:
                break
            del self._on_hand[first]
            self._offset = first + 1
