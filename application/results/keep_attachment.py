"""Use case: keep a file ourselves that a chat keeps."""

from attrs import evolve, frozen

from application.generating.open_attachment import OpenAttachment
from application.results.keep_upload import KeepUpload
from domain.file_signatures import HEAD_BYTES, mime_of
from domain.generation import UserId
from domain.kept_media import KeptMedia
from domain.media import Attachment, MediaFile


@frozen(kw_only=True)
class KeepAttachment:
    """A copy of our own, with the type that its first bytes tell."""

    _open_attachment: OpenAttachment
    _keep: KeepUpload

    async def __call__(self, user: UserId, attachment: Attachment) -> KeptMedia:
        """The copy.

        Raises:
            AttachmentLost, AttachmentUnavailable: as ``OpenAttachment``.
            UploadRefused, LimitReached, MediaUnavailable, StoreUnavailable: as ``KeepUpload``.
        """
        async with self._open_attachment(attachment, user) as file:
            return await self._keep(user, _judged(file))


def _judged(file: MediaFile) -> MediaFile:
    with file.path.open("rb") as opened:
        return evolve(file, mime=mime_of(opened.read(HEAD_BYTES)))
