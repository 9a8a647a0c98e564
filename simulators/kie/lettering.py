"""Text in pictures, with whatever font this machine has. Nothing is bundled."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from PIL import ImageDraw, ImageFont

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont

# Fonts with Cyrillic that Debian, Fedora, macOS and Windows bring; Pillow looks in the system's folders.
_FONT_FILES: Final = (
    "DejaVuSans.ttf",
    "LiberationSans-Regular.ttf",
    "NotoSans-Regular.ttf",
    "FreeSans.ttf",
    "Arial.ttf",
    "arial.ttf",
)
# What Pillow's own font cannot show: better in Latin letters than as a row of boxes.
_LATIN: Final[Mapping[str, str]] = {
    **dict(zip("абвгдеёзийклмнопрстуфхыэ", "abvgdeeziiklmnoprstufhye", strict=True)),
    "ж": "zh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "sch",
    "ъ": "",
    "ь": "",
    "ю": "yu",
    "я": "ya",
    "×": "x",
}


@lru_cache(maxsize=32)
def font(size: int) -> Font:
    """Return the first font that is found, else the one inside Pillow."""
    file = _font_file()
    return ImageFont.truetype(file, size) if file else ImageFont.load_default(size)


def drawable(text: str) -> str:
    """Return the text as the font can show it."""
    return text if _font_file() else transliterated(text)


def wrap(draw: ImageDraw.ImageDraw, text: str, lettering: Font, width: int, max_lines: int) -> list[str]:
    """Break a text into lines of at most `width` pixels; what does not fit ends in an ellipsis."""
    lines: list[str] = []
    for piece in _pieces(text):
        longer = f"{lines[-1]} {piece}" if lines else piece
        if lines and draw.textlength(longer, lettering) <= width:
            lines[-1] = longer
        elif len(lines) == max_lines:
            lines[-1] = f"{lines[-1]} ..."
            break
        else:
            lines.append(piece)
    return lines


def _pieces(text: str) -> Iterator[str]:
    """Words, long ones cut: a text may have no spaces at all."""
    for word in text[:2_000].split():
        for start in range(0, len(word), 24):
            yield word[start : start + 24]


def transliterated(text: str) -> str:
    """Return the text with its Cyrillic in Latin letters."""
    return "".join(_latin(letter) for letter in text)


def _latin(letter: str) -> str:
    latin = _LATIN.get(letter.lower(), letter)
    return latin.capitalize() if letter.isupper() else latin


@lru_cache(maxsize=1)
def _font_file() -> str | None:
    for name in _FONT_FILES:
        try:
            ImageFont.truetype(name, 12)
        except OSError:
            continue
        return name
    return None
