"""Films and sounds: how long, how large, how many frames a second; and sounds of another type."""

from pathlib import Path
from typing import Final, cast

import av
from av.audio.stream import AudioStream

from domain.media_fit import MediaFacts

LONGEST_S: Final = 3600.0
_CODECS: Final = {"audio/mpeg": ("mp3", "libmp3lame"), "audio/wav": ("wav", "pcm_s16le")}
_BIT_RATE: Final = 192_000
MEDIA_ALONE: Final = {
    "format_whitelist": "mov,mp4,matroska,webm,avi,mpegts,mpeg,flv,asf,mp3,wav,ogg,flac,aac,ac3,amr,aiff,au,caf,m4v,h264"
}
"""Containers of films and sounds: no list of further files to open, and no text that its name makes a film."""


def stream_facts(path: Path, mime: str, size_bytes: int) -> MediaFacts:
    """Return what the container's header says; frames are not decoded."""
    with av.open(str(path), metadata_errors="ignore", options=MEDIA_ALONE) as container:
        video = container.streams.video[0] if container.streams.video else None
        return MediaFacts(
            mime=mime,
            size_bytes=size_bytes,
            width=video.width or None if video else None,
            height=video.height or None if video else None,
            seconds=container.duration / av.time_base if container.duration else None,
            fps=float(video.average_rate) if video and video.average_rate else None,
        )


def convert_sound(path: Path, mime: str, copy: Path) -> None:
    """Write the first sound of a file as MP3 or WAV, 44.1 kHz."""
    container_format, codec = _CODECS[mime]
    with (
        av.open(str(path), metadata_errors="ignore", options=MEDIA_ALONE) as source,
        av.open(str(copy), "w", format=container_format) as out,
    ):
        stream = cast(AudioStream, out.add_stream(codec, rate=44_100))
        if mime == "audio/mpeg":
            stream.bit_rate = _BIT_RATE
        for frame in source.decode(audio=0):
            if (frame.time or 0.0) > LONGEST_S:
                raise ValueError("too long")
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
