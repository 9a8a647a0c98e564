"""Let files go that were kept long enough, and bytes that no one refers to."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

import structlog
from attrs import frozen

from application.errors import MediaUnavailable
from application.leading.leadership_guard import LeadershipGuard
from application.ports.clock import Clock
from application.ports.media_index import MediaIndex
from application.ports.media_store import MediaStore
from domain.kept_media import MediaKey

AT_ONCE: Final = 100
MOST_FAILURES: Final = 3
"""One object that can't be deleted, as one under a lock of its bucket, keeps no other; so many are a store that is away."""
BYTES_STAY: Final = timedelta(minutes=15)
"""So long bytes without a row stay: an open page may still be reading them."""

log = structlog.get_logger()


@frozen(kw_only=True)
class TidyMedia:
    """``kept_for`` None: files stay until their owner deletes them. What a picture set, a preset or a link holds stays longer."""

    _store: MediaStore
    _index: MediaIndex
    _clock: Clock
    _kept_for: timedelta | None

    async def __call__(self, guard: LeadershipGuard) -> None:
        """Everything that is due now. Raises NotLeader, StoreUnavailable, MediaUnavailable."""
        await self._let_old_ones_go(guard)
        await self._delete_bytes(guard)

    async def _let_old_ones_go(self, guard: LeadershipGuard) -> None:
        while self._kept_for is not None:
            guard.check()
            old = await self._index.not_held(before=self._clock.now() - self._kept_for, limit=AT_ONCE)
            if not old:
                return
            await self._index.remove([media.id for media in old])
            log.info("media.kept_long_enough", files=len(old))

    async def _delete_bytes(self, guard: LeadershipGuard) -> None:
        before, found = self._clock.now() - BYTES_STAY, True
        while found:
            guard.check()
            async with self._index.unreferenced(before, limit=AT_ONCE) as keys:
                found = bool(keys)
                failed = await self._delete_each(keys)
            if keys:
                log.info("media.bytes_deleted", files=len(keys))
            if len(failed) == MOST_FAILURES:
                raise failed[-1]

    async def _delete_each(self, keys: list[MediaKey]) -> Sequence[MediaUnavailable]:
        """Leave in ``keys`` those whose bytes are gone. A store that is away is asked a few times, not for every key."""
        failed: list[MediaUnavailable] = []
        named, keys[:] = list(keys), []
        for key in named:
            try:
                await self._store.delete(key)
                keys.append(key)
            except MediaUnavailable as error:
                log.warning("media.bytes_not_deleted", key=key, reason=str(error))
                failed.append(error)
                if len(failed) == MOST_FAILURES:
                    break
        return failed
