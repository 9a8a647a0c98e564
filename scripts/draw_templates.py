"""Draw the sample pictures of the templates: `python scripts/draw_templates.py`. They are made here, and belong to the service."""

import math
import random
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFilter

FOLDER: Final = Path(__file__).parents[1] / "config" / "templates"
SIZE: Final = (640, 480)
Colour = tuple[int, int, int]


def sky(top: Colour, bottom: Colour) -> Image.Image:
    """A picture that goes from one colour to another."""
    picture = Image.new("RGB", SIZE)
    draw = ImageDraw.Draw(picture)
    for y in range(SIZE[1]):
        part = y / SIZE[1]
        colour = tuple(round(a + (b - a) * part) for a, b in zip(top, bottom, strict=True))
        draw.line([(0, y), (SIZE[0], y)], fill=colour)
    return picture


def hills(picture: Image.Image, colours: list[Colour], seed: int) -> None:
    """Rows of hills, the far ones first."""
    chance, draw = random.Random(seed), ImageDraw.Draw(picture)
    for row, colour in enumerate(colours):
        base = 250 + row * 65
        shifts = [chance.uniform(0, 6.3) for _ in range(3)]
        line = [
            (x, base + sum(math.sin(x / (70 + 45 * n) + shift) * (22 - 5 * n) for n, shift in enumerate(shifts)))
            for x in range(0, SIZE[0] + 8, 8)
        ]
        draw.polygon([(0, SIZE[1]), *line, (SIZE[0], SIZE[1])], fill=colour)


def face(draw: ImageDraw.ImageDraw, x: int, y: int, *, skin: Colour, hair: Colour, coat: Colour) -> None:
    """A head with shoulders."""
    draw.pieslice([x - 150, y + 90, x + 150, y + 420], 180, 360, fill=coat)
    draw.ellipse([x - 88, y - 120, x + 88, y + 60], fill=hair)
    draw.ellipse([x - 68, y - 90, x + 68, y + 100], fill=skin)
    draw.pieslice([x - 76, y - 118, x + 76, y + 10], 180, 360, fill=hair)
    for side in (-28, 28):
        draw.ellipse([x + side - 7, y - 6, x + side + 7, y + 8], fill=(40, 34, 40))
    draw.arc([x - 26, y + 26, x + 26, y + 66], 20, 160, fill=(150, 60, 60), width=5)


def fox(draw: ImageDraw.ImageDraw, x: int, y: int, size: int) -> None:
    """A fox's head."""
    orange, cream, dark = (226, 108, 44), (250, 238, 222), (48, 36, 40)
    for side in (-1, 1):
        draw.polygon(
            [(x + side * size, y - size), (x + side * size * 0.2, y - size * 0.5), (x + side * size * 0.9, y)],
            fill=orange,
        )
        draw.polygon(
            [
                (x + side * size * 0.9, y - size * 0.8),
                (x + side * size * 0.45, y - size * 0.5),
                (x + side * size * 0.8, y - size * 0.2),
            ],
            fill=dark,
        )
    draw.polygon([(x - size, y - size * 0.25), (x + size, y - size * 0.25), (x, y + size)], fill=orange)
    for side in (-1, 1):
        draw.polygon(
            [(x + side * size * 0.95, y - size * 0.1), (x + side * size * 0.15, y + size * 0.25), (x, y + size)],
            fill=cream,
        )
        draw.ellipse([x + side * size * 0.4 - 9, y - 9, x + side * size * 0.4 + 9, y + 9], fill=dark)
    draw.ellipse([x - 13, y + size * 0.85 - 8, x + 13, y + size * 0.85 + 14], fill=dark)


def oil_portrait() -> Image.Image:
    """A face in strokes of a brush."""
    plain = sky((92, 60, 44), (44, 30, 34))
    face(ImageDraw.Draw(plain), 320, 220, skin=(224, 172, 138), hair=(70, 42, 30), coat=(120, 36, 40))
    picture, chance = plain.copy(), random.Random(1)
    draw = ImageDraw.Draw(picture)
    for _ in range(5_200):
        x, y = chance.randrange(SIZE[0]), chance.randrange(SIZE[1])
        angle, length = chance.uniform(0, 3.14), chance.randint(8, 20)
        colour = tuple(min(255, max(0, part + chance.randint(-16, 16))) for part in plain.getpixel((x, y)))  # type: ignore[union-attr]  # an RGB picture: a pixel is a tuple
        draw.line([(x, y), (x + math.cos(angle) * length, y + math.sin(angle) * length)], fill=colour, width=5)
    return picture


def sticker() -> Image.Image:
    """A fox with a white outline."""
    picture, shape = sky((186, 214, 236), (222, 234, 246)), Image.new("RGB", SIZE)
    fox(ImageDraw.Draw(shape), 320, 220, 150)
    mask = shape.convert("L").point(lambda value: 255 if value else 0).filter(ImageFilter.MaxFilter(31))
    picture.paste(Image.new("RGB", SIZE, (255, 255, 255)), (0, 0), mask)
    fox(ImageDraw.Draw(picture), 320, 220, 150)
    return picture


def poster() -> Image.Image:
    """A moon above a lonely figure."""
    picture = sky((16, 22, 48), (186, 70, 62))
    draw = ImageDraw.Draw(picture)
    draw.ellipse([210, 50, 430, 270], fill=(250, 224, 178))
    hills(picture, [(66, 34, 62), (34, 22, 44)], 7)
    draw.ellipse([308, 278, 332, 302], fill=(10, 8, 16))
    draw.polygon([(320, 296), (296, 392), (344, 392)], fill=(10, 8, 16))
    for line, width in ((420, 300), (446, 180)):
        draw.rounded_rectangle([320 - width // 2, line, 320 + width // 2, line + 14], 7, fill=(246, 226, 196))
    return picture


def alive() -> Image.Image:
    """A photo that leaves its frame."""
    picture = sky((250, 214, 160), (238, 150, 120))
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle([120, 70, 520, 410], 16, fill=(255, 255, 255))
    draw.rectangle([140, 90, 500, 350], fill=(150, 200, 232))
    face(draw, 300, 210, skin=(238, 190, 156), hair=(60, 40, 36), coat=(70, 110, 160))
    draw.rectangle([120, 352, 520, 480], fill=(238, 158, 124))
    draw.rounded_rectangle([120, 340, 520, 410], 16, fill=(255, 255, 255))
    for number in range(3):
        draw.arc([380 + 30 * number, 110, 470 + 30 * number, 250], 300, 60, fill=(255, 255, 255), width=7)
    draw.polygon([(296, 358), (296, 394), (330, 376)], fill=(226, 90, 70))
    return picture


def product() -> Image.Image:
    """A bottle on a pedestal in soft light."""
    picture = sky((244, 232, 222), (214, 190, 178))
    draw = ImageDraw.Draw(picture)
    draw.ellipse([150, 340, 490, 430], fill=(196, 168, 156))
    draw.ellipse([170, 320, 470, 400], fill=(236, 220, 208))
    draw.rounded_rectangle([262, 150, 378, 366], 28, fill=(52, 104, 92))
    draw.rounded_rectangle([298, 84, 342, 160], 8, fill=(40, 82, 74))
    draw.rectangle([262, 220, 378, 300], fill=(246, 240, 226))
    draw.line([(280, 170), (280, 350)], fill=(128, 176, 162), width=8)
    return picture


def logo() -> Image.Image:
    """A mark of three leaves."""
    picture = Image.new("RGB", SIZE, (250, 248, 242))
    for angle, colour in ((0, (38, 122, 98)), (120, (86, 170, 120)), (240, (238, 170, 60))):
        leaf, mask = Image.new("RGB", SIZE, colour), Image.new("L", SIZE)
        ImageDraw.Draw(mask).ellipse([270, 70, 370, 230], fill=235)
        picture.paste(leaf, (0, 0), mask.rotate(angle, center=(320, 220)))
    ImageDraw.Draw(picture).rounded_rectangle([210, 390, 430, 412], 11, fill=(44, 60, 56))
    return picture


def cut_out() -> Image.Image:
    """A fox on squares that stand for nothing."""
    picture = Image.new("RGB", SIZE, (255, 255, 255))
    draw = ImageDraw.Draw(picture)
    for x in range(0, SIZE[0], 32):
        for y in range(0, SIZE[1], 32):
            if (x + y) // 32 % 2:
                draw.rectangle([x, y, x + 31, y + 31], fill=(222, 222, 226))
    fox(draw, 320, 210, 150)
    return picture


def old_photo() -> Image.Image:
    """Half grey and torn, half in colour."""
    picture = sky((176, 206, 226), (226, 222, 200))
    face(ImageDraw.Draw(picture), 320, 220, skin=(232, 186, 150), hair=(92, 58, 38), coat=(60, 96, 130))
    grey = picture.convert("L").convert("RGB").filter(ImageFilter.GaussianBlur(2))
    draw, chance = ImageDraw.Draw(grey), random.Random(4)
    for _ in range(26):
        x, y = chance.randrange(320), chance.randrange(SIZE[1])
        draw.line([(x, y), (x + chance.randint(-60, 60), y + chance.randint(20, 90))], fill=(226, 224, 214), width=2)
    picture.paste(grey.crop((0, 0, 320, SIZE[1])), (0, 0))
    ImageDraw.Draw(picture).line([(320, 0), (320, SIZE[1])], fill=(255, 255, 255), width=5)
    return picture


def waves() -> Image.Image:
    """A sea at sunset."""
    picture = sky((250, 170, 110), (90, 110, 160))
    draw = ImageDraw.Draw(picture)
    draw.ellipse([260, 140, 380, 260], fill=(255, 232, 180))
    for row in range(9):
        y = 220 + row * 30
        line = [(x, y + math.sin(x / 46 + row * 1.7) * 9) for x in range(0, SIZE[0] + 8, 8)]
        shade = 150 - row * 12
        draw.polygon([(0, SIZE[1]), *line, (SIZE[0], SIZE[1])], fill=(shade // 3, shade // 2 + 30, shade + 30))
    return picture


def song() -> Image.Image:
    """A cake and notes."""
    picture = sky((98, 70, 150), (220, 110, 150))
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle([200, 260, 440, 400], 22, fill=(252, 226, 210))
    draw.rounded_rectangle([200, 250, 440, 300], 22, fill=(246, 130, 150))
    for x in (250, 320, 390):
        draw.rectangle([x - 6, 190, x + 6, 252], fill=(255, 244, 200))
        draw.ellipse([x - 10, 160, x + 10, 192], fill=(255, 206, 90))
    for x, y in ((110, 150), (500, 110), (540, 300)):
        draw.ellipse([x, y + 60, x + 36, y + 88], fill=(255, 255, 255))
        draw.line([(x + 34, y + 74), (x + 34, y)], fill=(255, 255, 255), width=7)
        draw.line([(x + 34, y), (x + 62, y + 22)], fill=(255, 255, 255), width=7)
    return picture


def rain() -> Image.Image:
    """Rain on a window."""
    picture = sky((58, 78, 100), (96, 116, 130)).filter(ImageFilter.GaussianBlur(1))
    draw, chance = ImageDraw.Draw(picture), random.Random(9)
    for _ in range(240):
        x, y = chance.randrange(SIZE[0]), chance.randrange(SIZE[1])
        draw.line([(x, y), (x - 6, y + chance.randint(14, 34))], fill=(176, 198, 214), width=2)
    for x in (0, 312, 624):
        draw.rectangle([x, 0, x + 16, SIZE[1]], fill=(44, 38, 40))
    draw.rectangle([0, 232, SIZE[0], 248], fill=(44, 38, 40))
    return picture


def voice() -> Image.Image:
    """An open book and a wave of sound."""
    picture = sky((232, 240, 236), (178, 208, 204))
    draw = ImageDraw.Draw(picture)
    draw.polygon([(120, 330), (310, 300), (310, 410), (120, 430)], fill=(255, 255, 255))
    draw.polygon([(520, 330), (330, 300), (330, 410), (520, 430)], fill=(255, 255, 255))
    for line in range(4):
        draw.line([(140, 350 + line * 18), (292, 330 + line * 18)], fill=(150, 166, 168), width=4)
        draw.line([(500, 350 + line * 18), (348, 330 + line * 18)], fill=(150, 166, 168), width=4)
    for number in range(17):
        height = 24 + abs(math.sin(number * 1.3)) * 90
        x = 152 + number * 21
        draw.rounded_rectangle([x, 180 - height, x + 11, 180 + height / 3], 5, fill=(44, 110, 116))
    return picture


PICTURES: Final[dict[str, Callable[[], Image.Image]]] = {
    "oil_portrait": oil_portrait,
    "sticker": sticker,
    "poster": poster,
    "alive": alive,
    "product": product,
    "logo": logo,
    "cut_out": cut_out,
    "old_photo": old_photo,
    "waves": waves,
    "song": song,
    "rain": rain,
    "voice": voice,
}


def main() -> None:
    """Write all of them."""
    FOLDER.mkdir(exist_ok=True)
    for name, draw in PICTURES.items():
        draw().save(FOLDER / f"{name}.jpg", quality=82)


if __name__ == "__main__":
    main()
