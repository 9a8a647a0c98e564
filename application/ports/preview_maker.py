"""Port: small pictures of media."""

from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Final, Protocol

from attrs import frozen

from domain.media import MediaFile

LAST_FRAME: Final = "last-frame.jpg"
"""What the last frame of a film is called."""


@frozen(kw_only=True)
class MadePreview:
    """``picture`` is a WebP file, None where the medium has nothing to show. Sizes are the medium's own, in pixels.

    ``is_bomb``: a picture says it has so many pixels that no one should decode it; its sizes are left out.
    """

    picture: Path | None = None
    width: int | None = None
    height: int | None = None
    duration_s: float | None = None
    is_bomb: bool = False


class PreviewMaker(Protocol):
    """Looks at a file that may be broken, huge or hostile."""

    def make(self, file: MediaFile, /) -> AbstractAsyncContextManager[MadePreview]:
        """What the file looks like: a picture made smaller, a frame of a film. The picture is on disk until the context ends.

        Never raises for what is in the file: what can't be read has no picture and no sizes. Other work goes on meanwhile.
        """
        ...

    def last_frame(self, file: MediaFile, /) -> AbstractAsyncContextManager[MediaFile | None]:
        """The last frame of a film, as large as the film, on disk until the context ends; None where none can be read.

        Never raises for what is in the file. Other work goes on meanwhile.
        """
        ...
