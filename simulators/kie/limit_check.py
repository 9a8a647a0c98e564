"""Media limits: what files a parameter takes, checked on what the files turned out to be."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from .answers import KieRefusal
from .conditions import Given, at_path
from .known_facts import Limit
from .measuring import Measured
from .mime import canonical

_MB: Final = 1024 * 1024
# The usual ending of each kind of file; what is not here is not judged.
_ENDINGS: Final[Mapping[str, frozenset[str]]] = {
    "image/jpeg": frozenset({"jpeg", "jpg", "jfif"}),
    "image/png": frozenset({"png"}),
    "image/webp": frozenset({"webp"}),
    "image/gif": frozenset({"gif"}),
    "image/bmp": frozenset({"bmp"}),
    "image/tiff": frozenset({"tiff"}),
    "image/heic": frozenset({"heic", "heif"}),
    "image/avif": frozenset({"avif"}),
    "video/mp4": frozenset({"mp4", "m4v"}),
    "video/quicktime": frozenset({"mov"}),
    "video/webm": frozenset({"webm", "mkv"}),
    "video/x-msvideo": frozenset({"avi"}),
    "audio/mpeg": frozenset({"mp3"}),
    "audio/wav": frozenset({"wav"}),
    "audio/aac": frozenset({"aac"}),
    "audio/mp4": frozenset({"m4a", "aac"}),
    "audio/ogg": frozenset({"ogg"}),
    "audio/flac": frozenset({"flac"}),
    "audio/x-ms-wma": frozenset({"wma"}),
    "application/pdf": frozenset({"pdf"}),
    "application/zip": frozenset({"docx", "pptx", "xlsx"}),
}


def check_limits(path: str, limit: Limit, files: Sequence[Measured]) -> None:
    """Check the files of one parameter. What could not be measured is let through.

    Raises:
        KieRefusal: 500 "File type not supported", or 422 with the broken limit.
    """
    for file in files:
        _check_format(limit, file)
        _check_numbers(path, limit, file)
    total = [file.seconds for file in files if file.seconds is not None]
    _demand(sum(total) <= limit.get("total_seconds", float("inf")), path, limit, "total_seconds")
    total_mb = sum(file.size_bytes for file in files) / _MB
    _demand(total_mb <= limit.get("total_mb", float("inf")), path, limit, "total_mb")


def check_count(path: str, limit: Limit, given: Given) -> None:
    """Check how many files stand at a path: in each list there, or all together where it leads to single files.

    Whether there must be files at all is a matter of the input's shape.

    Raises:
        KieRefusal: 422 with the limit.
    """
    found = at_path(given, path)
    lists = [len(each) for each in found if isinstance(each, list)]
    low, high = limit.get("count", (None, None))
    for count in lists or [len(found)]:
        _demand(not count or (count >= (low or 0) and (high is None or count <= high)), path, limit, "count")


def check_same_size(path: str, files: Sequence[Measured], others: Sequence[Measured]) -> None:
    """Check that files (masks) have the sides of the pictures that they belong to. What was not measured is let through.

    Raises:
        KieRefusal: 422 with the path.
    """
    for file, other in zip(files, others, strict=False):
        sides = {(one.width, one.height) for one in (file, other)}
        if len(sides) > 1 and all(None not in each for each in sides):
            raise KieRefusal(422, f"{path} is not of the same size as its picture")


def _check_format(limit: Limit, file: Measured) -> None:
    endings = _ENDINGS.get(canonical(file.mime))
    if "formats" in limit and endings is not None and not endings & set(limit["formats"]):
        raise KieRefusal(500, "File type not supported")


def _check_numbers(path: str, limit: Limit, file: Measured) -> None:
    _demand(file.size_bytes <= limit.get("max_mb", float("inf")) * _MB, path, limit, "max_mb")
    for name, value in _numbers(file):
        if value is not None and name in limit:
            _demand(_is_between(limit[name], value), path, limit, name)


def _numbers(file: Measured) -> list[tuple[str, float | None]]:
    if not file.width or not file.height:
        return [("seconds", file.seconds)]
    sides = sorted((file.width, file.height))
    return [
        ("side_px", sides[0]),
        ("side_px", sides[1]),
        ("short_side_px", sides[0]),
        ("long_side_px", sides[1]),
        ("pixels", file.width * file.height),
        ("ratio", file.width / file.height),
        ("seconds", file.seconds),
        ("fps", file.fps),
    ]


def _is_between(bounds: Sequence[Any], value: float) -> bool:
    """Ends belong to the range; a length is written in whole frames, so a hair beyond an end is on it."""
    low, high = bounds
    return bool((low is None or value >= low * 0.999) and (high is None or value <= high * 1.001 + 0.05))


def _demand(condition: bool, path: str, limit: Limit, name: str) -> None:
    if not condition:
        raise KieRefusal(422, f"{path} is not within the limit {name} {limit[name]}")
