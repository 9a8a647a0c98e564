"""Port: what a file on disk is, and a copy of it that fits."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from domain.media import MediaFile
from domain.media_fit import FitPlan, MediaFacts


class MediaInspector(Protocol):
    """Looks at files that may be broken, huge or hostile. Other work goes on meanwhile."""

    async def inspect(self, file: MediaFile, /) -> MediaFacts:
        """Return what the file is, its type determined by its first bytes.

        Never raises for what is in the file: of a file that cannot be read only the size is known, and what its first
        bytes say; ``UNKNOWN`` where they are of no medium, however it was announced. The announced type stands where they
        say nothing and the file can be read, and where looking took too long. Sizes come from the header; nothing is
        decoded whole.
        """
        ...


class MediaFitter(Protocol):
    """Makes a copy of a file of another type, size or weight."""

    def fit(self, file: MediaFile, plan: FitPlan, /) -> AbstractAsyncContextManager[MediaFile]:
        """The copy, on disk until the context ends; the file itself is not changed.

        A picture is turned upright as its camera noted; of an animated picture a film shows all frames, and a still
        picture the first.

        Entering raises:
            MediaNotFitted: the file cannot be read, would take too much memory or time, or stays too heavy.
            AttachmentUnavailable: there is no room for a copy now.
        """
        ...


class MediaFiles(MediaInspector, MediaFitter, Protocol):
    """Both."""
