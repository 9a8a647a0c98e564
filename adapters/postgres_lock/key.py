"""From a bot to the number of its advisory lock."""

from hashlib import sha256
from typing import Final

_NAMESPACE: Final = b"mediabot.leadership:"


def advisory_key(bot: str) -> int:
    """The lock's signed 64-bit key: the same in every process and release, and apart from other users of the database.

    ``bot`` is the numeric id and not the token, so that a rotated token still excludes the old deployment.
    """
    return int.from_bytes(sha256(_NAMESPACE + bot.encode()).digest()[:8], "big", signed=True)
