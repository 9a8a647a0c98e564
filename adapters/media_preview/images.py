"""Pictures made smaller."""

from pathlib import Path
from typing import Final

from PIL import Image, ImageOps

from application.ports.preview_maker import MadePreview

SIDE: Final = 640
"""Pixels of a preview's longer side: a phone's screen at twice its density, half of it wide."""
PIXELS_AT_MOST: Final = 50_000_000
"""Decoded, so many pixels take 200 MB. Larger pictures get no preview."""
QUALITY: Final = 82
FORMATS: Final = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "AVIF")
"""What is read at all: Pillow knows formats that start other programs."""


def look(file: Path, picture: Path) -> MadePreview:
    """The sizes of ``file`` from its header, and a smaller copy in ``picture``. Raises whatever Pillow does."""
    Image.MAX_IMAGE_PIXELS = PIXELS_AT_MOST
    try:
        opened = Image.open(file, formats=FORMATS)
    except Image.DecompressionBombError:
        return MadePreview(is_bomb=True)
    with opened as image:
        width, height = image.size
        if width * height > PIXELS_AT_MOST:
            return MadePreview(width=width, height=height)
        image.draft("RGB", (SIDE, SIDE))
        turned = ImageOps.exif_transpose(image)
        if turned.size != image.size and (turned.width > turned.height) != (width > height):
            width, height = height, width
        shrink(turned, picture)
    return MadePreview(picture=picture, width=width, height=height)


def shrink(image: Image.Image, picture: Path) -> None:
    """Write a copy no larger than ``SIDE``, transparent where the picture is."""
    plain = image if image.mode in {"RGB", "RGBA"} else image.convert("RGBA" if "A" in image.getbands() else "RGB")
    plain.thumbnail((SIDE, SIDE))
    plain.save(picture, "WEBP", quality=QUALITY, method=4)
