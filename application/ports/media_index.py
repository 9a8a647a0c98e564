"""Port: whose the kept files are."""

from collections.abc import Collection, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from application.limits import Limit
from domain.generation import GenerationId, UserId
from domain.kept_media import KeptMedia, MediaId, MediaKey


class MediaIndex(Protocol):
    """The kept files of one bot's people. Every call is one transaction. Raises ``StoreUnavailable`` like the other stores."""

    async def add(self, media: KeptMedia, /, *, quota: Limit | None = None) -> KeptMedia:
        """Write it down. For a result that is written down already, the earlier one is given back.

        ``quota`` is how many bytes its owner may have here; None: no limit.

        Raises:
            LimitReached: the owner has no room for it; nothing was written. Two at the same time can't
                both slip through.
        """
        ...

    async def get(self, media_id: MediaId, /) -> KeptMedia | None:
        """The file, or None when there is none (any more)."""
        ...

    async def of_generations(self, generations: Collection[GenerationId], /) -> Sequence[KeptMedia]:
        """The kept results of these generations, in the order of their results."""
        ...

    async def of_owner(self, owner: UserId, /, *, limit: int) -> Sequence[KeptMedia]:
        """What a person has here, oldest first."""
        ...

    async def usage(self, owner: UserId, /) -> int:
        """The bytes of everything a person has here."""
        ...

    async def not_held(
        self, *, limit: int, before: datetime | None = None, owner: UserId | None = None
    ) -> Sequence[KeptMedia]:
        """Files that nothing holds, oldest first: of everyone or of this owner, of any age or from before then.

        A picture set and a preset of the owner's hold their files, a shared result holds its own.
        """
        ...

    async def remove(self, media_ids: Collection[MediaId], /) -> None:
        """Forget these files. Their bytes are ``unreferenced`` from now on, unless another row has the same ones."""
        ...

    def unreferenced(self, before: datetime, /, *, limit: int) -> AbstractAsyncContextManager[list[MediaKey]]:
        """Keys of bytes, previews among them, that no row has had since before then.

        Until the context ends no row with one of them can be added, so their bytes may be deleted meanwhile. Afterwards
        these keys are not named again, except those that were taken out of the list, with a later ``before``. Where the
        context ends with an error, all are.
        """
        ...
