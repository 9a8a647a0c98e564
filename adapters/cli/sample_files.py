"""Our own samples as attachments."""

from pathlib import Path
from typing import Final

from adapters.cli.local_files import attach
from domain.media import Attachment, MediaKind

SAMPLES: Final = Path(__file__).with_name("samples")
NAMES: Final = {MediaKind.IMAGE: "face.jpg", MediaKind.AUDIO: "voice.wav", MediaKind.VIDEO: "speaking.mp4"}


def sample_file(kind: MediaKind) -> Attachment:
    """The sample of this kind; where any file will do, the picture."""
    return attach(SAMPLES / NAMES.get(kind, NAMES[MediaKind.IMAGE]))
