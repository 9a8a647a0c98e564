"""A gallery over the generations in memory."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime

from adapters.memory.generation_store import InMemoryGenerationStore
from adapters.memory.trouble import Script
from application.ports.clock import Clock
from application.ports.gallery import GalleryFilter, ResultLink
from domain.generation import Generation, GenerationId, UserId
from domain.kept_media import KeptMedia
from domain.model import ModelId


class InMemoryGallery:
    """``Gallery`` for tests, beside the generations of ``store``; ``on_call`` is the script of trouble."""

    def __init__(self, store: InMemoryGenerationStore, clock: Clock) -> None:
        self._store = store
        self._marked: set[tuple[UserId, GenerationId]] = set()
        self._shared: dict[GenerationId, tuple[UserId, ResultLink]] = {}
        self.on_call = Script(clock)

    async def find(self, user: UserId, wanted: GalleryFilter, /, *, limit: int) -> Sequence[Generation]:
        async with self.on_call.around():
            _check(wanted)
            return [row for row in self._own(user) if self._fits(row, wanted)][:limit]

    async def models_of(self, user: UserId, /) -> Sequence[ModelId]:
        async with self.on_call.around():
            return list(dict.fromkeys(row.model_id for row in self._own(user)))

    async def mark(self, user: UserId, generation_id: GenerationId, /, *, is_favourite: bool) -> None:
        async with self.on_call.around():
            (self._marked.add if is_favourite else self._marked.discard)((user, generation_id))

    async def favourites(self, user: UserId, generations: Collection[GenerationId], /) -> Collection[GenerationId]:
        async with self.on_call.around():
            return [generation for generation in generations if (user, generation) in self._marked]

    async def share(
        self, generation_id: GenerationId, owner: UserId, link: ResultLink, /, *, at: datetime
    ) -> ResultLink:
        del at
        async with self.on_call.around():
            return self._shared.setdefault(generation_id, (owner, link))[1]

    async def unshare(self, generation_id: GenerationId, owner: UserId, /) -> bool:
        async with self.on_call.around():
            if self._shared.get(generation_id, ("", ""))[0] != owner:
                return False
            del self._shared[generation_id]
            return True

    async def links(self, generations: Collection[GenerationId], /) -> Mapping[GenerationId, ResultLink]:
        async with self.on_call.around():
            return {each: self._shared[each][1] for each in generations if each in self._shared}

    async def shared(self, link: ResultLink, /) -> GenerationId | None:
        async with self.on_call.around():
            return next((each for each, (_, theirs) in self._shared.items() if theirs == link), None)

    def holds(self, media: KeptMedia) -> bool:
        """Whether the file is a result that is shared."""
        return media.generation in self._shared and media.generation not in self._store.erased

    def _own(self, user: UserId) -> list[Generation]:
        rows = [row for row in self._store.rows.values() if row.user == user and row.id not in self._store.erased]
        return sorted(rows, key=lambda row: row.created_at, reverse=True)

    def _fits(self, row: Generation, wanted: GalleryFilter) -> bool:
        return (
            all(word in row.prompt.lower() for word in wanted.text.lower().split())
            and (wanted.kind is None or any(result.kind is wanted.kind for result in row.results))
            and (wanted.model_id is None or row.model_id == wanted.model_id)
            and (not wanted.is_favourite or (row.user, row.id) in self._marked)
            and (wanted.before is None or row.created_at < wanted.before)
            and (wanted.since is None or row.created_at >= wanted.since)
        )


def _check(wanted: GalleryFilter) -> None:
    """Raise ValueError or OverflowError for what a database takes neither: NUL, half a letter, a moment off the calendar."""
    if "\0" in (wanted.model_id or ""):
        raise ValueError("NUL in a text")
    (wanted.model_id or "").encode()
    for moment in (wanted.since, wanted.before):
        if moment:
            moment.astimezone(UTC)
