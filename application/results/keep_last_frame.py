"""Use case: go on with a film where it ends."""

from attrs import frozen

from application.errors import MediaGone
from application.ports.media_store import MediaStore
from application.ports.preview_maker import PreviewMaker
from application.results.keep_result import open_kept
from application.results.keep_upload import KeepUpload
from domain.generation import UserId
from domain.kept_media import KeptMedia
from domain.media import MediaKind


@frozen(kw_only=True)
class KeepLastFrame:
    """The next scene begins with the picture that the last one ended with: any model that animates a picture takes it."""

    _media: MediaStore
    _previews: PreviewMaker
    _keep: KeepUpload

    async def __call__(self, user: UserId, film: KeptMedia) -> KeptMedia:
        """Return the frame, kept as an upload.

        Raises:
            MediaGone: it is no film, or no frame of it can be read. MediaUnavailable, LimitReached, StoreUnavailable.
        """
        if film.kind is not MediaKind.VIDEO:
            raise MediaGone(film.id)
        async with open_kept(self._media, film) as file, self._previews.last_frame(file) as frame:
            if frame is None:
                raise MediaGone(film.id)
            return await self._keep(user, frame)
