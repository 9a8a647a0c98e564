"""A frame of a film, and how long films and sounds are."""

from pathlib import Path
from typing import Final

import av

from adapters.media_preview.images import PIXELS_AT_MOST, shrink
from application.ports.preview_maker import MadePreview

FROM_S: Final = 0.5
"""The first frames of a film are often black."""
LAST_US: Final = 1_000_000
FRAMES_AT_MOST: Final = 30
"""Decoded in search of a frame at ``FROM_S``."""


def look(file: Path, picture: Path) -> MadePreview:
    """A frame of ``file`` in ``picture``. Raises whatever PyAV does."""
    with av.open(str(file), metadata_errors="ignore") as film:
        stream = film.streams.video[0]
        stream.thread_type = "SLICE"
        made = MadePreview(width=stream.width, height=stream.height, duration_s=_seconds(film))
        if stream.width * stream.height > PIXELS_AT_MOST:
            return made
        shown = None
        for number, frame in enumerate(film.decode(stream)):
            shown = frame
            if (frame.time or 0.0) >= FROM_S or number >= FRAMES_AT_MOST:
                break
        if shown is None:
            return made
        shrink(shown.to_image(), picture)  # type: ignore[no-untyped-call]  # PyAV leaves it so
        return MadePreview(picture=picture, width=made.width, height=made.height, duration_s=made.duration_s)


def last(file: Path, picture: Path) -> bool:
    """Write the last frame of ``file``; False where it has none that may be decoded. Raises whatever PyAV does."""
    with av.open(str(file), metadata_errors="ignore") as film:
        stream = film.streams.video[0]
        stream.thread_type = "SLICE"
        if stream.width * stream.height > PIXELS_AT_MOST:
            return False
        if film.duration:
            film.seek(max(0, film.duration - LAST_US))  # to the key frame before
        frame = None
        for frame in film.decode(stream):  # noqa: B007 - the last one is wanted
            pass
        if frame is None:
            return False
        frame.to_image().save(picture, "JPEG", quality=95)  # type: ignore[no-untyped-call]  # PyAV leaves it so
        return True


def length(file: Path) -> MadePreview:
    """How long a sound is. Raises whatever PyAV does."""
    with av.open(str(file), metadata_errors="ignore") as sound:
        return MadePreview(duration_s=_seconds(sound))


def _seconds(container: av.container.InputContainer) -> float | None:
    return container.duration / av.time_base if container.duration else None
