"""Use case: keep the files of a draft ourselves that a chat keeps."""

from typing import Final

import structlog
from attrs import evolve, frozen

from application.drafts.edit_draft import EditDraft
from application.drafts.edits import SetValue
from application.errors import AttachmentLost, AttachmentUnavailable, LimitReached, MediaUnavailable, UploadRefused
from application.ports.attachment_source import AttachmentSource
from application.results.keep_upload import KeepUpload
from domain.draft import Draft
from domain.file_signatures import HEAD_BYTES, mime_of
from domain.generation import UserId
from domain.kept_media import media_id_of
from domain.media import Attachment, MediaFile

NOT_NOW: Final = (AttachmentLost, AttachmentUnavailable, LimitReached, MediaUnavailable, UploadRefused)

log = structlog.get_logger()


@frozen(kw_only=True)
class AdoptFiles:
    """A page can show and paint over what we keep, and nothing else. A draft begun in a chat names the chat's files."""

    _attachments: AttachmentSource
    _keep: KeepUpload
    _edit: EditDraft

    async def __call__(self, draft: Draft) -> Draft:
        """Return the draft with our own copies of its files; what can't be read or kept now stays as it was.

        Raises ModelGone, StoreUnavailable.
        """
        for name, value in draft.values.items():
            known = await self._adopted(value, draft.user)
            if known != value:
                draft = await self._edit(draft, SetValue(parameter=name, value=known))
        return draft

    async def _adopted(self, value: object, user: UserId) -> object:
        match value:
            case Attachment() if media_id_of(value) is None:
                return await self._copy(value, user)
            case list() | tuple():
                return [await self._adopted(one, user) for one in value]
            case _:
                return value

    async def _copy(self, attachment: Attachment, user: UserId) -> Attachment:
        try:
            async with self._attachments.open(attachment) as file:
                kept = await self._keep(user, _judged(file))
        except NOT_NOW as error:
            log.info("attachment.not_adopted", error=error.code)
            return attachment
        return kept.attachment


def _judged(file: MediaFile) -> MediaFile:
    """With the type that its first bytes tell."""
    with file.path.open("rb") as opened:
        return evolve(file, mime=mime_of(opened.read(HEAD_BYTES)))
