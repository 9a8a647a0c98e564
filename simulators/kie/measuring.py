"""Looks into files: sides of pictures and films, seconds of films and sounds."""

from pathlib import Path
from typing import Final

import av
from attrs import frozen
from PIL import Image

_AV_TIME_BASE: Final = 1_000_000


@frozen(kw_only=True)
class Measured:
    """What a file turned out to be; None is what could not be read."""

    mime: str
    size_bytes: int
    width: int | None = None
    height: int | None = None
    seconds: float | None = None
    fps: float | None = None


def measure(path: Path, mime: str) -> Measured:
    """Measure a file of this kind; one that cannot be read has a size in bytes and nothing else."""
    size_bytes = path.stat().st_size
    kind = mime.partition("/")[0]
    try:
        if kind == "image":
            with Image.open(path) as picture:
                return Measured(mime=mime, size_bytes=size_bytes, width=picture.width, height=picture.height)
        if kind in {"video", "audio"}:
            return _measure_stream(path, mime, size_bytes)
    except (OSError, ValueError, IndexError, av.FFmpegError, Image.DecompressionBombError):
        pass
    return Measured(mime=mime, size_bytes=size_bytes)


def _measure_stream(path: Path, mime: str, size_bytes: int) -> Measured:
    with av.open(str(path)) as container:
        seconds = None if container.duration is None else container.duration / _AV_TIME_BASE
        video = container.streams.video[0] if container.streams.video else None
        return Measured(
            mime=mime,
            size_bytes=size_bytes,
            width=video.width if video else None,
            height=video.height if video else None,
            seconds=seconds,
            fps=float(video.average_rate) if video and video.average_rate else None,
        )
