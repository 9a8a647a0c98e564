"""A kept file, for its owner."""

from attrs import frozen

from application.errors import MediaGone
from application.ports.media_index import MediaIndex
from domain.generation import UserId
from domain.kept_media import KeptMedia, MediaId


@frozen
class OpenMedia:
    """Find a file by its id; another person's is as good as none."""

    _index: MediaIndex

    async def __call__(self, media_id: MediaId, user: UserId, /) -> KeptMedia:
        """Raises MediaGone."""
        media = await self._index.get(media_id)
        if media is None or media.owner != user:
            raise MediaGone(media_id)
        return media
