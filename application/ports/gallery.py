"""Port: a person's generations as a gallery: found by what they are, marked, shared."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NewType, Protocol

from attrs import frozen

from domain.generation import Generation, GenerationId, UserId
from domain.media import MediaKind
from domain.model import ModelId

ResultLink = NewType("ResultLink", str)
"""At least 128 unguessable bits: anyone who has them may see the results."""


@frozen(kw_only=True)
class GalleryFilter:
    """What to show. ``text``: every word occurs in the prompt, case ignored. ``kind`` is that of a result; ``before`` and
    ``since`` are moments of creation."""

    text: str = ""
    kind: MediaKind | None = None
    model_id: ModelId | None = None
    is_favourite: bool = False
    before: datetime | None = None
    since: datetime | None = None


class Gallery(Protocol):
    """Of one bot's people. Raises ``StoreUnavailable`` like the other stores."""

    async def find(self, user: UserId, wanted: GalleryFilter, /, *, limit: int) -> Sequence[Generation]:
        """A person's own that fit, newest first."""
        ...

    async def models_of(self, user: UserId, /) -> Sequence[ModelId]:
        """Models that a person has used, the one used last first."""
        ...

    async def mark(self, user: UserId, generation_id: GenerationId, /, *, is_favourite: bool) -> None:
        """Mark it, or take the mark away. Repeating is harmless."""
        ...

    async def favourites(self, user: UserId, generations: Collection[GenerationId], /) -> Collection[GenerationId]:
        """Those of these that the person has marked."""
        ...

    async def share(
        self, generation_id: GenerationId, owner: UserId, link: ResultLink, /, *, at: datetime
    ) -> ResultLink:
        """Share it under this link, unless it has one: that stays, and is given back."""
        ...

    async def unshare(self, generation_id: GenerationId, owner: UserId, /) -> bool:
        """Its link leads nowhere from now on. False: it had none, or it is another person's."""
        ...

    async def links(self, generations: Collection[GenerationId], /) -> Mapping[GenerationId, ResultLink]:
        """The links of those of these that are shared."""
        ...

    async def shared(self, link: ResultLink, /) -> GenerationId | None:
        """What is shared under this link at the moment, or None."""
        ...
