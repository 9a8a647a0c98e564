"""The signature of the provider's callbacks (docs.kie.ai/common-api/webhook-verification; ``kie/API.md`` §4)."""

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping, Sequence
from enum import Enum, auto
from typing import Final

from attrs import field, frozen

TIMESTAMP_HEADER: Final = "X-Webhook-Timestamp"
SIGNATURE_HEADER: Final = "X-Webhook-Signature"
UNIX_SECONDS: Final = re.compile(r"[0-9]{1,12}")
WINDOW_S: Final = 300
"""How far the signed time may be from our own, either way. Our choice; the provider states no rule."""


class Seal(Enum):
    """What a signature is worth."""

    RIGHT = auto()
    OUT_OF_TIME = auto()
    """Made with the right key, but the signed time is not near our own: one of the two clocks is off."""
    WRONG = auto()


@frozen
class CallbackSignature:
    """base64(HMAC-SHA256(key, ``<task id>.<Unix seconds>``)). The body is not signed, so nothing else in it is trusted.

    Each account at the provider has a key of its own, and one that is replaced goes on for a while: any of them will do.
    """

    _keys: Sequence[str] = field(repr=False)

    def seal(self, headers: Mapping[str, str], task_id: str, *, now_s: float) -> Seal:
        """Whether the headers sign this task id, with one of the keys, within the window. Compares in constant time."""
        timestamp = headers.get(TIMESTAMP_HEADER, "")
        if not UNIX_SECONDS.fullmatch(timestamp):
            return Seal.WRONG
        given = headers.get(SIGNATURE_HEADER, "").encode(errors="replace")
        signed = [hmac.new(key.encode(), f"{task_id}.{timestamp}".encode(), hashlib.sha256) for key in self._keys]
        if not any(hmac.compare_digest(base64.b64encode(one.digest()), given) for one in signed):
            return Seal.WRONG
        return Seal.RIGHT if abs(now_s - int(timestamp)) <= WINDOW_S else Seal.OUT_OF_TIME
