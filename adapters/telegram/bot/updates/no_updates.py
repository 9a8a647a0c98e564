"""Telegram as a closed door: nothing that people write there is taken."""

from application.ports.leader_lock import Leadership


class NoUpdates:
    """The duty where ``FRONT_ENDS`` leaves Telegram out. What people write stays at Telegram, which keeps it for a day."""

    trouble: None = None

    async def run(self, leadership: Leadership, /) -> None:
        """Return at once."""

    async def drain(self) -> None:
        """Nothing has begun."""
