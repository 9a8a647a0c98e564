"""Port: the bytes of a file that a person gave to a front end."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from domain.media import Attachment, MediaFile


class AttachmentSource(Protocol):
    """Opens attachments of its own front end."""

    def open(self, attachment: Attachment, /) -> AbstractAsyncContextManager[MediaFile]:
        """The file, on disk until the context ends.

        Entering raises:
            AttachmentLost: the front end has it no more, or it is larger than it gives out.
            AttachmentUnavailable: not this time.
        """
        ...
