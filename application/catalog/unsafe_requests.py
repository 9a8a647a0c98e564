"""Which requests are declined, by the operator's list."""

from collections.abc import Iterator, Mapping
from typing import Final

import structlog
from attrs import define, field

from application.errors import RequestDeclined, StoreUnavailable
from application.ports.clock import Clock
from application.ports.unsafe_list import UnsafeList
from domain.unsafe_phrase import UnsafePhrase, holds_any

FRESH_S: Final = 10.0

log = structlog.get_logger()


@define(eq=False)
class UnsafeRequests:
    """Reads the list again every ``FRESH_S`` seconds; without the store the last one goes on holding."""

    _list: UnsafeList | None
    _clock: Clock
    _phrases: tuple[UnsafePhrase, ...] = field(default=(), init=False)
    _read_at: float = field(default=float("-inf"), init=False)

    async def holds(self, text: str) -> bool:
        """Return whether the list speaks of these words."""
        await self._refresh()
        return bool(self._phrases) and holds_any(text, self._phrases)

    async def check(self, values: Mapping[str, object]) -> None:
        """Raises RequestDeclined where any text among the values is on the list."""
        if await self.holds("\n".join(_texts(values))):
            raise RequestDeclined("on the operator's list")

    async def _refresh(self) -> None:
        now = self._clock.monotonic()
        if self._list is None or now - self._read_at < FRESH_S:
            return
        self._read_at = now
        try:
            self._phrases = tuple(await self._list.phrases())
        except StoreUnavailable as error:
            log.warning("unsafe_list.not_read", error=str(error))


def _texts(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case Mapping():
            for nested in value.values():
                yield from _texts(nested)
        case list() | tuple():
            for nested in value:
                yield from _texts(nested)
