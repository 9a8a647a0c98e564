"""Whose the kept files are, in a dict."""

from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime

from adapters.memory.trouble import Script
from application.limits import Limit
from application.ports.clock import Clock
from domain.generation import GenerationId, UserId
from domain.kept_media import KeptMedia, MediaId, MediaKey


class InMemoryMediaIndex:
    """``MediaIndex`` for tests; ``on_call`` is the script of trouble for all its methods. ``holders`` say of a file whether
    they hold it: the stores of picture sets, of presets, of shared results."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.media: dict[MediaId, KeptMedia] = {}
        self.holders: list[Callable[[KeptMedia], bool]] = []
        self._left: dict[MediaKey, datetime] = {}
        self.on_call = Script(clock)

    async def add(self, media: KeptMedia, /, *, quota: Limit | None = None) -> KeptMedia:
        async with self.on_call.around():
            if earlier := self._earlier(media):
                return earlier
            if quota:
                quota.check(self._usage(media.owner), media.size_bytes)
            self.media[media.id] = media
            for key in _keys_of(media):
                self._left.pop(key, None)
            return media

    async def get(self, media_id: MediaId, /) -> KeptMedia | None:
        async with self.on_call.around():
            return self.media.get(media_id)

    async def of_generations(self, generations: Collection[GenerationId], /) -> Sequence[KeptMedia]:
        async with self.on_call.around():
            found = [media for media in self.media.values() if media.generation in generations]
            return sorted(found, key=lambda media: (media.generation or "", media.index or 0))

    async def of_owner(self, owner: UserId, /, *, limit: int) -> Sequence[KeptMedia]:
        async with self.on_call.around():
            return self._oldest(limit, [media for media in self.media.values() if media.owner == owner])

    async def usage(self, owner: UserId, /) -> int:
        async with self.on_call.around():
            return self._usage(owner)

    async def not_held(
        self, *, limit: int, before: datetime | None = None, owner: UserId | None = None
    ) -> Sequence[KeptMedia]:
        async with self.on_call.around():
            meant = [
                media
                for media in self.media.values()
                if owner in {None, media.owner} and (before is None or media.created_at < before)
            ]
            return self._oldest(limit, [media for media in meant if not any(holds(media) for holds in self.holders)])

    async def remove(self, media_ids: Collection[MediaId], /) -> None:
        async with self.on_call.around():
            for media in [self.media.pop(media_id) for media_id in media_ids if media_id in self.media]:
                self._left |= dict.fromkeys(_keys_of(media), self._clock.now())

    def unreferenced(self, before: datetime, /, *, limit: int) -> AbstractAsyncContextManager[list[MediaKey]]:
        return self._unreferenced(before, limit)

    @asynccontextmanager
    async def _unreferenced(self, before: datetime, limit: int) -> AsyncIterator[list[MediaKey]]:
        async with self.on_call.around():
            in_use = {key for media in self.media.values() for key in _keys_of(media)}
            keys = [key for key, since in self._left.items() if since < before and key not in in_use][:limit]
        done = list(keys)
        yield done
        for key in keys:
            if key in done:
                del self._left[key]
            else:
                self._left[key] = before

    def _earlier(self, media: KeptMedia) -> KeptMedia | None:
        if media.generation is None:
            return None
        same = ((other.generation, other.index) == (media.generation, media.index) for other in self.media.values())
        return next((other for other, is_same in zip(self.media.values(), same, strict=True) if is_same), None)

    def _usage(self, owner: UserId) -> int:
        return sum(media.size_bytes for media in self.media.values() if media.owner == owner)

    def _oldest(self, limit: int, found: list[KeptMedia]) -> list[KeptMedia]:
        return sorted(found, key=lambda media: (media.created_at, media.id))[:limit]


def _keys_of(media: KeptMedia) -> list[MediaKey]:
    return [key for key in (media.key, media.preview.key) if key]
