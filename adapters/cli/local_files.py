"""Files on the person's own disk as attachments: the reference is the path."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from application.errors import AttachmentLost, AttachmentUnavailable
from domain.file_signatures import HEAD_BYTES, mime_of
from domain.media import Attachment, MediaFile
from domain.media_fit import MediaFacts

Measure = Callable[[MediaFile], MediaFacts]
"""Reads a file's sides and seconds. Never raises for what is in the file."""


def attach(path: Path, measure: Measure | None = None) -> Attachment:
    """The file as an attachment, its kind determined by its content. Raises ``OSError`` when it can't be read."""
    with path.open("rb") as source:
        mime = mime_of(source.read(HEAD_BYTES))
    file = MediaFile(path=path, name=path.name, mime=mime, size_bytes=path.stat().st_size)
    facts = measure(file) if measure else MediaFacts(mime=mime, size_bytes=file.size_bytes)
    return Attachment(
        reference=str(path.absolute()),
        kind=file.kind,
        mime=mime,
        name=file.name,
        size_bytes=file.size_bytes,
        width=facts.width,
        height=facts.height,
        seconds=facts.seconds,
    )


class LocalFileSource:
    """``AttachmentSource`` that opens the file where it lies, and leaves it there."""

    def open(self, attachment: Attachment, /) -> AbstractAsyncContextManager[MediaFile]:
        """The file as it is now. A file that went away or may not be read is lost; a faltering disk is a passing fault."""
        return self._open(attachment)

    @asynccontextmanager
    async def _open(self, attachment: Attachment) -> AsyncIterator[MediaFile]:
        path = Path(attachment.reference)
        try:
            now = attach(path)
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError, PermissionError) as error:
            raise AttachmentLost(attachment.name) from error
        except OSError as error:
            raise AttachmentUnavailable(attachment.name) from error
        yield MediaFile(path=path, name=now.name, mime=now.mime, size_bytes=now.size_bytes or 0)
