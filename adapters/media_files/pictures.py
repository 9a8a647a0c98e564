"""Pictures: their size, copies of another type or size, and films made of animated ones."""

import math
import re
from pathlib import Path
from typing import Final

import av
from PIL import Image, ImageOps, ImageSequence
from pillow_heif import register_heif_opener

from domain.media_fit import MOST_PIXELS, FitPlan

register_heif_opener()

FORMATS: Final = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "AVIF", "HEIF")
"""What is read at all: Pillow knows formats that start other programs."""
QUALITIES: Final = (92, 85, 75)
"""Of a JPEG, one after another until it is light enough."""
SMALLER: Final = 0.8
MOST_FRAMES: Final = 600
FILM_SIDE: Final = 1280
FALLBACK_MS: Final = 100
_WRITERS: Final = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
_ROTATED: Final = frozenset({5, 6, 7, 8})
_ORIENTATION: Final = 0x0112


def size_of(path: Path) -> tuple[int, int]:
    """Return width and height as a person sees the picture; only its header is read.

    Of a picture that Pillow will not open for its size, a square of as many pixels.
    """
    try:
        return _size_of(path)
    except Image.DecompressionBombError as error:
        pixels = re.search(r"\d+", str(error))
        side = math.isqrt(int(pixels[0])) if pixels else math.isqrt(MOST_PIXELS) + 1
        return side, side


def _size_of(path: Path) -> tuple[int, int]:
    with Image.open(path, formats=FORMATS) as picture:
        width, height = picture.size
        if picture.getexif().get(_ORIENTATION) in _ROTATED:
            return height, width
        return width, height


def convert(path: Path, plan: FitPlan, copy: Path) -> None:
    """Write an upright copy of the picture, or of the first of several."""
    with Image.open(path, formats=FORMATS) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise ValueError("too many pixels")
        upright = ImageOps.exif_transpose(picture)
        kept = _opaque(upright) if plan.mime == "image/jpeg" else _plain(upright)
    if plan.size is not None:
        kept = kept.resize(plan.size, Image.Resampling.LANCZOS)
    _save(kept, plan, copy)


def film(path: Path, copy: Path) -> None:
    """Write an MP4 of an animated picture: H.264, each frame for as long as the picture says."""
    with Image.open(path, formats=FORMATS) as picture, av.open(str(copy), "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=25)
        scale = min(1.0, FILM_SIDE / max(picture.size))
        stream.width, stream.height = (max(2, round(side * scale / 2) * 2) for side in picture.size)
        stream.pix_fmt = "yuv420p"
        for number, frame in enumerate(ImageSequence.Iterator(picture)):
            if number >= MOST_FRAMES:
                break
            shown = _opaque(frame).resize((stream.width, stream.height), Image.Resampling.LANCZOS)
            for _ in range(max(1, round((frame.info.get("duration") or FALLBACK_MS) / 40))):
                container.mux(stream.encode(av.VideoFrame.from_image(shown)))  # type: ignore[no-untyped-call]  # PyAV's stubs leave it untyped
        container.mux(stream.encode(None))


def _save(picture: Image.Image, plan: FitPlan, copy: Path) -> None:
    """Lighter and then smaller, until it weighs what it may; the last try stays as it is."""
    for _ in range(6):
        for quality in QUALITIES:
            picture.save(copy, _WRITERS[plan.mime], quality=quality)
            if plan.max_bytes is None or copy.stat().st_size <= plan.max_bytes:
                return
        smaller = max(1, int(picture.width * SMALLER)), max(1, int(picture.height * SMALLER))
        picture = picture.resize(smaller, Image.Resampling.LANCZOS)


def _plain(picture: Image.Image) -> Image.Image:
    if picture.mode in {"RGB", "RGBA", "L"}:
        return picture.copy()
    return picture.convert("RGBA" if "transparency" in picture.info or "A" in picture.getbands() else "RGB")


def _opaque(picture: Image.Image) -> Image.Image:
    """On white where it is transparent."""
    plain = _plain(picture)
    if plain.mode != "RGBA":
        return plain.convert("RGB")
    ground = Image.new("RGB", plain.size, (255, 255, 255))
    ground.paste(plain, (0, 0), plain)
    return ground
