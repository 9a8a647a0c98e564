"""What this machine gives: its time and random ids; and no tracing, where no one asked for it."""

import asyncio
import secrets
import string
import time
from contextlib import nullcontext
from datetime import UTC, datetime
from typing import Final

from domain.generation import GenerationId

_SINCE_BOOT = getattr(time, "CLOCK_BOOTTIME", None)
"""Linux's clock that counts a suspended machine's sleep; ``time.monotonic`` stands still during it."""
_ALPHABET = string.ascii_lowercase + "234567"
_SECRET_BYTES = 24
_NOTHING: Final = nullcontext()


class SystemClock:
    """``Clock`` of the operating system."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic() if _SINCE_BOOT is None else time.clock_gettime(_SINCE_BOOT)

    async def sleep(self, seconds: float, /) -> None:
        await asyncio.sleep(seconds)

    async def wait(self, event: asyncio.Event, seconds: float, /) -> bool:
        try:
            async with asyncio.timeout(seconds):
                return await event.wait()
        except TimeoutError:
            return False


class SystemIds:
    """``Ids`` no one can guess: 80 bits in a generation's id, 50 in a short one, 192 in a secret."""

    def generation_id(self) -> GenerationId:
        return GenerationId(_random_text(16))

    def short_id(self) -> str:
        return _random_text(10)

    def secret(self) -> str:
        return secrets.token_urlsafe(_SECRET_BYTES)


def _random_text(length: int) -> str:
    return "".join(_ALPHABET[byte % len(_ALPHABET)] for byte in secrets.token_bytes(length))


class NoTracer:
    """``Tracer`` where no one asked for traces: costs a call."""

    def span(self, _: str, /, *, parent: str | None = None, **attributes: str) -> nullcontext[None]:  # noqa: ARG002 - the port's signature
        return _NOTHING

    def place(self) -> str | None:
        return None
