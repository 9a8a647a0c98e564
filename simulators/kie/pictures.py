"""Pictures that a person can look at: a landscape of the prompt's own colours, or the source, worked on."""

import colorsys
import math
import random
from typing import Final, Literal

from attrs import frozen
from PIL import Image, ImageDraw, ImageOps

from .lettering import drawable, font, wrap

Treatment = Literal["paint", "tint", "cut_out", "enlarge", "layer"]
Color = tuple[int, int, int]

_MAX_SIDE: Final = 4096
_RIDGE_POINTS: Final = 60
# Skies: orange, amber, teal, blue, violet, pink.
_HUES: Final = (0.05, 0.11, 0.48, 0.57, 0.74, 0.93)


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
    """Draw a scene whole; `cut_out` and `layer` have transparent parts and no panel."""
    picture = draw_view(scene)
    if picture.mode == "RGBA":
        return picture
    return with_panel(picture, draw_panel(scene, picture.size))


def draw_view(scene: Scene) -> Image.Image:
    """Draw a scene without its panel."""
    match scene.treatment:
        case "cut_out":
            return _cut_out(_source(scene))
        case "layer":
            return _layer(scene)
        case "enlarge":
            return _enlarged(_source(scene), scene.factor)
        case "paint" | "tint" if scene.source is not None:
            return _framed(scene, scene.source)
        case _:
            return _landscape(scene.size, scene.seed)


def draw_panel(scene: Scene, size: tuple[int, int]) -> Image.Image:
    """Draw the dark band with words and caption that goes over the bottom of a picture of this size."""
    width, height = size
    letters, lines = _lettering(scene, size)
    panel = Image.new("RGBA", (width, min(height, _panel_height(letters, lines))), (12, 14, 22, 225))
    draw = ImageDraw.Draw(panel)
    for index, line in enumerate(lines):
        at = (letters, letters * (0.5 + 1.35 * index))
        draw.text(at, line, font=font(letters), fill=(255, 255, 255, 255))
    caption = drawable(f"{scene.caption} · {width}×{height}")
    at = (letters, panel.height - letters * 1.25)
    draw.text(at, caption, font=font(max(10, letters * 2 // 3)), fill=(205, 210, 225, 255))
    return panel


def with_panel(picture: Image.Image, panel: Image.Image) -> Image.Image:
    """Return the picture with the panel over its bottom."""
    whole = picture.copy()
    whole.paste(panel, (0, picture.height - panel.height), panel)
    return whole


def _lettering(scene: Scene, size: tuple[int, int]) -> tuple[int, list[str]]:
    letters = max(12, min(size) // 22)
    if scene.treatment == "enlarge":
        return letters, []
    draw = ImageDraw.Draw(Image.new("L", (1, 1)))
    return letters, wrap(draw, drawable(scene.words), font(letters), size[0] - 2 * letters, max_lines=4)


def _panel_height(letters: int, lines: list[str]) -> int:
    return round(letters * (1.35 * len(lines) + 2.2))


def _source(scene: Scene) -> Image.Image:
    return scene.source.convert("RGB") if scene.source else _landscape(scene.size, scene.seed)


def _palette(seed: str) -> tuple[random.Random, list[Color]]:
    """A light, a sky and three darkening colours opposite to them."""
    chance = random.Random(seed)  # noqa: S311 - colours, not secrets
    hue = chance.choice(_HUES) + chance.uniform(-0.03, 0.03)
    shades = ((0.06, 0.3, 1.0), (0.0, 0.55, 0.88), (0.45, 0.4, 0.6), (0.5, 0.5, 0.4), (0.54, 0.55, 0.24))
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
    long, short, shift = chance.uniform(1.5, 3), chance.uniform(5, 8), chance.uniform(0, math.tau)
    ridge = [
        (
            width * i / _RIDGE_POINTS,
            top + height * _wave(i / _RIDGE_POINTS, long, short, shift),
        )
        for i in range(_RIDGE_POINTS + 1)
    ]
    return [(0, height), *ridge, (width, height)]


def _wave(x: float, long: float, short: float, shift: float) -> float:
    return 0.06 * math.sin(long * x * math.tau + shift) + 0.02 * math.sin(short * x * math.tau)


def _framed(scene: Scene, source: Image.Image) -> Image.Image:
    """The whole source, above the room that the panel takes; tinted when it was edited."""
    width, height = scene.size
    panel_height = _panel_height(*_lettering(scene, scene.size))
    room = (width, max(1, height - panel_height))
    view = ImageOps.pad(source.convert("RGB"), room, color=(12, 14, 22))
    if scene.treatment == "tint":
        view = _tinted(view, scene.seed)
    picture = Image.new("RGB", scene.size, (12, 14, 22))
    picture.paste(view, (0, 0))
    return picture


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
