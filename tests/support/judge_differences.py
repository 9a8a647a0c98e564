"""Where the validator or the quote differs from the simulated KIE, and why."""

from collections.abc import Mapping
from typing import Any, Final

STRICTER: Final = frozenset({"url_private_host", "wrong_media"})
"""Violations that the simulator cannot know: they speak of addresses that no one else can reach, and of names of files."""

QUOTES: Final[Mapping[str, Any]] = {"not offered": {}, "differences": {}}
"""Models that are not offered, and ``(model, kind of difference)`` with the reason."""

MEDIA: Final[Mapping[tuple[str, str, str], str]] = {
    ("minimax-h3/reference-to-video", "reference_video_urls", "codecs"): "what films of people have: H.264, H.265, AAC",
    (
        "volcengine/video-to-video-lip-sync",
        "video_url",
        "mbit",
    ): "no front end tells it; KIE refuses such a film for nothing",
    ("wan/3-0-video", "reference_file_urls", "pages"): "no front end tells it; documents are not opened here",
    ("wan/3-0-video-prime", "reference_file_urls", "pages"): "no front end tells it; documents are not opened here",
}
"""Limits of files that are not held here, ``(model, path, limit)``, and why."""
