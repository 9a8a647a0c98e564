"""Use case: keep the files of a draft ourselves that a chat keeps."""

from typing import Final

import structlog
from attrs import frozen

from application.drafts.edit_draft import EditDraft
from application.drafts.edits import SetValue
from application.errors import AttachmentLost, AttachmentUnavailable, LimitReached, MediaUnavailable, UploadRefused
from application.results.keep_attachment import KeepAttachment
from domain.draft import Draft
from domain.generation import UserId
from domain.kept_media import media_id_of
from domain.media import Attachment

NOT_NOW: Final = (AttachmentLost, AttachmentUnavailable, LimitReached, MediaUnavailable, UploadRefused)

log = structlog.get_logger()


@frozen(kw_only=True)
class AdoptFiles:
    """A page can show and paint over what we keep, and nothing else. A draft begun in a chat names the chat's files."""

    _keep: KeepAttachment
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
            kept = await self._keep(user, attachment)
        except NOT_NOW as error:
            log.info("attachment.not_adopted", error=error.code)
            return attachment
        return kept.attachment
