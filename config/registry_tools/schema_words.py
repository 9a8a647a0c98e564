"""What KIE's schemas say in prose alone: kinds and sizes of files, steps of numbers.

Seen in public copies of docs.kie.ai: ``(File URL after upload, not file content; Accepted types: image/jpeg, image/png;
Max size: 10.0MB)`` and ``(step: 0.1)``.
"""

import re
from typing import Final

from attrs import frozen

from domain.media import MediaKind

_MIME: Final = re.compile(r"\b(?:image|video|audio)/[a-z0-9][a-z0-9.+-]*[a-z0-9]", re.IGNORECASE)
_MAX_SIZE: Final = re.compile(r"max(?:imum)? (?:file )?size:? *(\d+(?:\.\d+)?) *MB", re.IGNORECASE)
_STEP: Final = re.compile(r"\bstep: *(\d+(?:\.\d+)?)", re.IGNORECASE)
_URL_NAME: Final = re.compile(r"(?:^|_)urls?$|(?:image|video|audio)_input$", re.IGNORECASE)
_KINDS: Final = (MediaKind.IMAGE, MediaKind.VIDEO, MediaKind.AUDIO)
_LONGEST_ABOUT: Final = 100


@frozen(kw_only=True)
class UrlMedia:
    """What a text is a URL of, as far as can be known."""

    is_url: bool = False
    kind: MediaKind | None = None
    accepted: tuple[str, ...] = ()
    max_file_mb: float | None = None


def described_media(name: str, description: str, *, is_url: bool) -> UrlMedia:
    """The media by the MIME types of the description, else by the parameter's name."""
    accepted = tuple(dict.fromkeys(mime.lower() for mime in _MIME.findall(description)))
    kinds = {mime.partition("/")[0] for mime in accepted}
    is_url = is_url or bool(accepted) or _URL_NAME.search(name) is not None
    if not is_url or len(kinds) > 1:
        return UrlMedia(is_url=is_url)
    size = _MAX_SIZE.search(description)
    kind = MediaKind(kinds.pop()) if kinds else _kind_by_name(name)
    return UrlMedia(is_url=True, kind=kind, accepted=accepted, max_file_mb=_number(size[1]) if size else None)


def described_step(description: str) -> float | None:
    """The step of a number."""
    found = _STEP.search(description)
    return _number(found[1]) or None if found else None


def about(description: str) -> str:
    """The first sentence, without what stands in brackets, in short."""
    text = " ".join(re.sub(r"\([^()]*\)", " ", description).split())
    first = re.split(r"(?<=[.!?;]) ", text, maxsplit=1)[0].rstrip(".;")
    return first if len(first) <= _LONGEST_ABOUT else f"{first[: _LONGEST_ABOUT - 1].rstrip()}…"


def _number(text: str) -> int | float:
    number = float(text)
    return int(number) if number.is_integer() else number


def _kind_by_name(name: str) -> MediaKind | None:
    return next((kind for kind in _KINDS if kind in name.lower()), None)
