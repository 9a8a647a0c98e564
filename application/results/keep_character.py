"""Use case: keep pictures of a chat as a character."""

from collections.abc import Sequence

from attrs import frozen

from application.errors import UploadRefused
from application.results.keep_attachment import KeepAttachment
from application.results.use_references import UseReferences
from domain.generation import UserId
from domain.kept_media import MediaId, media_id_of
from domain.media import Attachment, MediaKind
from domain.reference_set import FILES_AT_MOST, ReferenceKind, ReferenceSet


@frozen(kw_only=True)
class KeepCharacter:
    """The pictures become files of our own, which stay when the chat forgets its own."""

    _keep: KeepAttachment
    _references: UseReferences

    async def __call__(self, user: UserId, name: str, files: Sequence[Attachment]) -> ReferenceSet:
        """The new character. Of the files the pictures count, the first ``FILES_AT_MOST`` of them.

        Raises:
            UploadRefused: ``no_picture``, or as ``KeepUpload``.
            LimitReached: ``references``, ``media_bytes``.
            AttachmentLost, AttachmentUnavailable, MediaGone, MediaUnavailable, StoreUnavailable: a picture can't be read or
                kept.
        """
        pictures = [one for one in files if one.kind is MediaKind.IMAGE][:FILES_AT_MOST]
        if not pictures:
            raise UploadRefused("no_picture")
        media = [await self._own(user, one) for one in pictures]
        return await self._references.save(user, name, ReferenceKind.CHARACTER, media)

    async def _own(self, user: UserId, picture: Attachment) -> MediaId:
        return media_id_of(picture) or (await self._keep(user, picture)).id
