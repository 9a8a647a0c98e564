"""Sounds that a person can hear: a few soft notes of a pentatonic scale, chosen by the seed."""

import math
import random
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Final, cast

import av
from av.audio.stream import AudioStream
from av.container import OutputContainer

RATE_HZ: Final = 22_050
_NOTE_S: Final = 0.4
# Half tones above A3 that sound well in any order.
_SCALE: Final = (0, 3, 5, 7, 10, 12, 15)
_FORMATS: Final = {"mp3": ("libmp3lame", "s16p"), "wav": ("pcm_s16le", "s16")}


def write_sound(path: Path, extension: str, seed: str, *, seconds: float = 4.0) -> None:
    """Write an MP3 or WAV file of this length."""
    codec, sample_format = _FORMATS[extension]
    with av.open(str(path), "w", format=extension) as container:
        stream = cast(AudioStream, container.add_stream(codec, rate=RATE_HZ, layout="mono"))
        add_notes(container, stream, sample_format, seed, seconds=seconds)


def add_notes(
    container: OutputContainer, stream: AudioStream, sample_format: str, seed: str, *, seconds: float
) -> None:
    """Encode the notes of `seed` into a stream of an open container."""
    resampler = av.AudioResampler(format=sample_format, layout="mono", rate=RATE_HZ)
    samples = array("h", _melody(seed, seconds))
    source = av.AudioFrame(format="s16", layout="mono", samples=len(samples))
    source.planes[0].update(samples.tobytes())
    source.sample_rate = RATE_HZ
    fifo = av.AudioFifo()
    for resampled in resampler.resample(source):
        fifo.write(resampled)
    while frame := fifo.read(stream.codec_context.frame_size or 1024, partial=True):
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))


def _melody(seed: str, seconds: float) -> Iterator[int]:
    chance = random.Random(seed)  # noqa: S311 - notes, not secrets
    note_length = int(RATE_HZ * _NOTE_S)
    total = int(RATE_HZ * seconds)
    for start in range(0, total, note_length):
        step = 2 * math.pi * 220 * 2 ** (chance.choice(_SCALE) / 12) / RATE_HZ
        for i in range(min(note_length, total - start)):
            fade = math.exp(-4 * i / note_length) * min(1.0, i / 200)
            yield round(9_000 * fade * math.sin(step * i))
