"""Short films: a slow flight over a picture with the prompt under it, and a sound."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final, cast

import av
from attrs import evolve
from av.codec.codec import UnknownCodecError
from av.video.stream import VideoStream
from PIL import Image

from .pictures import Scene, draw_panel, draw_view, with_panel
from .sounds import RATE_HZ, add_notes

SHORT_SIDE: Final = 480
_LONGEST_SIDE: Final = 1280
_SECONDS: Final = 2.5
_FRAMES_PER_S: Final = 12
_ZOOM: Final = 0.25


def write_film(path: Path, scene: Scene) -> None:
    """Write an MP4 that any browser plays: H.264, yuv420p, index first, AAC notes."""
    picture = draw_view(scene)
    panel = draw_panel(scene, picture.size)
    with av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"}) as container:
        video = cast(VideoStream, container.add_stream(_codec(), rate=_FRAMES_PER_S))
        video.width, video.height = picture.size
        video.pix_fmt = "yuv420p"
        audio = container.add_stream("aac", rate=RATE_HZ, layout="mono")
        for view in _flight(picture):
            frame = av.VideoFrame.from_image(with_panel(view, panel))  # type: ignore[no-untyped-call]  # PyAV's stubs leave it untyped
            container.mux(video.encode(frame))
        container.mux(video.encode(None))
        add_notes(container, audio, "fltp", scene.seed, seconds=_SECONDS)


def first_frame(path: Path) -> Image.Image | None:
    """Return the first picture of a film, or None when there is none to be read."""
    try:
        with av.open(str(path)) as container:
            frame = next(container.decode(video=0), None)
            return frame.to_image() if frame else None  # type: ignore[no-untyped-call]  # PyAV's stubs leave it untyped
    except (av.FFmpegError, IndexError):
        return None


def film_scene(scene: Scene) -> Scene:
    """Return the scene small and with even sides, as encoders want it."""
    width, height = scene.size
    scale = min(SHORT_SIDE / min(width, height), _LONGEST_SIDE / max(width, height))
    return evolve(scene, size=(_even(width * scale), _even(height * scale)))


def _flight(picture: Image.Image) -> Iterator[Image.Image]:
    """Views that close in on the middle of the picture."""
    width, height = picture.size
    count = round(_SECONDS * _FRAMES_PER_S)
    for index in range(count):
        inset = _ZOOM * index / count / 2
        box = (width * inset, height * inset, width * (1 - inset), height * (1 - inset))
        yield picture.resize(picture.size, Image.Resampling.BILINEAR, box=box)


def _even(length: float) -> int:
    return max(2, round(length / 2) * 2)


def _codec() -> str:
    """H.264 where this build of FFmpeg can encode it."""
    try:
        av.codec.Codec("libx264", "w")
    except UnknownCodecError:
        return "mpeg4"
    return "libx264"
