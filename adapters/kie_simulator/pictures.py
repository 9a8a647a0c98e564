"""Pictures that a person can look at: a landscape of the prompt's own colours, or the source, worked on."""

import colorsys
import random
from typing import Final, Literal

from attrs import frozen
from PIL import Image, ImageDraw, ImageOps

from .lettering import drawable, font, wrap

Treatment = Literal["paint", "tint", "cut_out", "enlarge", "layer"]
Color = tuple[int, int, int]

_MAX_SIDE: Final = 4096


@frozen(kw_only=True)
class Scene:
    """What a picture shows.

    Attributes:
        words: drawn in the panel at the bottom, with `caption` under it.
        seed: the same seed gives the same colours and shapes.
        size: width and height in pixels; `enlarge` multiplies the source's by `factor` instead.
    """

    words: str
    caption: str
    seed: str
    size: tuple[int, int]
    treatment: Treatment = "paint"
    source: Image.Image | None = None
    factor: int = 2


def draw_picture(scene: Scene) -> Image.Image:
    """Draw a scene; `cut_out` and `layer` have transparent parts."""
    if scene.treatment == "cut_out":
        return _cut_out(_source(scene))
    if scene.treatment == "layer":
        return _layer(scene)
    if scene.treatment == "enlarge":
        picture = _enlarged(_source(scene), scene.factor)
    elif scene.source is not None:
        picture = _tinted(ImageOps.fit(scene.source.convert("RGB"), scene.size), scene.seed)
    else:
        picture = _landscape(scene.size, scene.seed)
    return _with_panel(picture, scene)


def _source(scene: Scene) -> Image.Image:
    return scene.source.convert("RGB") if scene.source else _landscape(scene.size, scene.seed)


def _palette(seed: str) -> tuple[random.Random, list[Color]]:
    chance = random.Random(seed)  # noqa: S311 - colours, not secrets
    hue = chance.random()
    shades = ((0.0, 0.35, 0.98), (0.08, 0.55, 0.85), (0.5, 0.5, 0.55), (0.55, 0.6, 0.35), (0.58, 0.65, 0.2))
    return chance, [_rgb(hue + turn, saturation, value) for turn, saturation, value in shades]


def _rgb(hue: float, saturation: float, value: float) -> Color:
    red, green, blue = colorsys.hsv_to_rgb(hue % 1, saturation, value)
    return round(red * 255), round(green * 255), round(blue * 255)


def _landscape(size: tuple[int, int], seed: str) -> Image.Image:
    """A sky, a sun and three ranges of hills."""
    chance, (light, sky, *hills) = _palette(seed)
    width, height = size
    picture = ImageOps.colorize(Image.linear_gradient("L").resize(size), sky, light)
    draw = ImageDraw.Draw(picture)
    radius = min(size) * chance.uniform(0.07, 0.13)
    sun_x, sun_y = width * chance.uniform(0.2, 0.8), height * chance.uniform(0.15, 0.35)
    draw.ellipse((sun_x - radius, sun_y - radius, sun_x + radius, sun_y + radius), fill=(255, 250, 235))
    for range_, color in enumerate(hills):
        top = height * (0.42 + 0.14 * range_)
        draw.polygon(_hills(chance, width, height, top), fill=color)
    return picture


def _hills(chance: random.Random, width: int, height: int, top: float) -> list[tuple[float, float]]:
    peaks = 7
    ridge = [(width * i / peaks, top + height * chance.uniform(-0.09, 0.09)) for i in range(peaks + 1)]
    return [(0, height), *ridge, (width, height)]


def _tinted(picture: Image.Image, seed: str) -> Image.Image:
    _, (light, _, _, dark, _) = _palette(seed)
    return Image.blend(picture, ImageOps.colorize(picture.convert("L"), dark, light), 0.45)


def _enlarged(picture: Image.Image, factor: int) -> Image.Image:
    factor = max(1, min(factor, _MAX_SIDE // max(picture.size)))
    return picture.resize((picture.width * factor, picture.height * factor), Image.Resampling.LANCZOS)


def _cut_out(picture: Image.Image) -> Image.Image:
    """Keep an oval in the middle and make the rest transparent."""
    mask = Image.new("L", picture.size, 0)
    inset_x, inset_y = picture.width // 8, picture.height // 10
    ImageDraw.Draw(mask).ellipse((inset_x, inset_y, picture.width - inset_x, picture.height - inset_y), fill=255)
    picture = picture.copy()
    picture.putalpha(mask)
    return picture


def _layer(scene: Scene) -> Image.Image:
    """One shape on nothing."""
    chance, colors = _palette(scene.seed)
    picture = Image.new("RGBA", scene.size, (0, 0, 0, 0))
    width, height = scene.size
    left, top = width * chance.uniform(0.1, 0.4), height * chance.uniform(0.1, 0.4)
    box = (left, top, left + width * 0.45, top + height * 0.45)
    ImageDraw.Draw(picture).rounded_rectangle(box, radius=min(scene.size) // 12, fill=chance.choice(colors))
    return picture


def _with_panel(picture: Image.Image, scene: Scene) -> Image.Image:
    """Put prompt and caption on a dark band at the bottom."""
    width, height = picture.size
    letters = max(12, min(width, height) // 22)
    large, small = font(letters), font(max(10, letters * 2 // 3))
    shade = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(shade)
    lines = wrap(draw, drawable(scene.words), large, width - 2 * letters, max_lines=4)
    top = max(0, height - round(letters * (1.35 * len(lines) + 2.2)))
    draw.rectangle((0, top, width, height), fill=(12, 14, 22, 170))
    for index, line in enumerate(lines):
        draw.text((letters, top + letters * (0.5 + 1.35 * index)), line, font=large, fill=(255, 255, 255, 255))
    caption = f"{scene.caption} · {width}×{height}"
    draw.text((letters, height - letters * 1.25), drawable(caption), font=small, fill=(205, 210, 225, 255))
    return Image.alpha_composite(picture.convert("RGBA"), shade).convert("RGB")
