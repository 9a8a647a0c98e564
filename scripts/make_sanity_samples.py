"""Draws, films and plays the samples that ``mediabot sanity`` uploads. Needs the ``demo`` extra (Pillow, PyAV).

Run from the root of the repository: ``python scripts/make_sanity_samples.py``. The samples hold nothing that others made.
"""

import math
import struct
import wave
from pathlib import Path

import av
from PIL import Image, ImageDraw

SAMPLES = Path(__file__).parents[1] / "adapters" / "cli" / "samples"
SIZE = (1280, 720)
SECONDS = 5
FRAMES_PER_S = 24
SOUND_RATE = 16_000


def face(size: tuple[int, int], *, mouth: float) -> Image.Image:
    """A face, since models that move lips look for one. ``mouth``: how far it is open, 0 to 1."""
    width, height = size
    picture = Image.new("RGB", size, "#7fb2d9")
    draw = ImageDraw.Draw(picture)
    unit, x, y = height / 20, width / 2, height / 2

    def oval(dx: float, dy: float, rx: float, ry: float, colour: str) -> None:
        draw.ellipse((x + (dx - rx) * unit, y + (dy - ry) * unit, x + (dx + rx) * unit, y + (dy + ry) * unit), colour)

    oval(0, 9, 6, 4, "#41627e")
    oval(0, -1.2, 5.3, 6.6, "#4a3020")
    oval(0, 0, 4.6, 6, "#e9bd9b")
    for side in (-1, 1):
        oval(side * 1.8, -1.2, 0.9, 0.5, "#ffffff")
        oval(side * 1.8, -1.2, 0.4, 0.45, "#33495c")
    oval(0, 0.7, 0.45, 0.8, "#d9a583")
    oval(0, 3, 1.5, 0.25 + mouth * 0.9, "#93413f")
    return picture


def loudness(at_s: float) -> float:
    """Four syllables a second."""
    return max(0.0, math.sin(2 * math.pi * 4 * at_s))


def make_picture(path: Path) -> None:
    face((1024, 1024), mouth=0).save(path, quality=85)


def make_sound(path: Path) -> None:
    """Something like a voice: a low tone with overtones, in syllables."""
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(SOUND_RATE)
        for number in range(SECONDS * SOUND_RATE):
            at_s = number / SOUND_RATE
            tone = sum(math.sin(2 * math.pi * 140 * harmonic * at_s) / harmonic for harmonic in range(1, 8))
            sound.writeframesraw(struct.pack("<h", int(9_000 * loudness(at_s) * tone)))


def make_film(path: Path) -> None:
    """The face, speaking."""
    with av.open(str(path), "w", options={"movflags": "faststart"}) as film:
        stream = film.add_stream("libx264", rate=FRAMES_PER_S, options={"crf": "28", "preset": "slow"})
        stream.width, stream.height = SIZE
        stream.pix_fmt = "yuv420p"
        for number in range(SECONDS * FRAMES_PER_S):
            frame = av.VideoFrame.from_image(face(SIZE, mouth=loudness(number / FRAMES_PER_S)))  # type: ignore[no-untyped-call]  # PyAV's stubs leave it untyped
            film.mux(stream.encode(frame))
        film.mux(stream.encode())


if __name__ == "__main__":
    make_picture(SAMPLES / "face.jpg")
    make_sound(SAMPLES / "voice.wav")
    make_film(SAMPLES / "speaking.mp4")
