"""Sounds for tests."""

import io
import wave


def silence(seconds: int, *, rate: int = 8_000) -> bytes:
    """A WAV file of so many seconds."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(rate)
        sound.writeframes(bytes(rate * seconds))
    return file.getvalue()
