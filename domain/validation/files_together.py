"""What files demand of each other: seconds and megabytes of all files of a parameter, and pictures of one size.

What is not known of a file breaks nothing here; the bytes are measured before they are uploaded.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Final

from domain.media import Attachment
from domain.media_fit import MB
from domain.media_limits import MediaLimits
from domain.model import Model
from domain.validation.check import Found, Rule, fault
from domain.violation import ViolationCode

HAIR_S: Final = 0.05
"""A film is a frame longer than it plays."""

Values = Mapping[str, object]
_Test = Callable[[Values, Found], None]


def compile_files(model: Model) -> list[Rule]:
    """Return the checks of a model's files together; they look at attachments alone."""
    return [
        _after_faults(name, test)
        for name, parameter in model.parameters.items()
        if parameter.media is not None
        for test in _tests(name, parameter.limits)
    ]


def _tests(name: str, limits: MediaLimits) -> Iterator[_Test]:
    if limits.total_seconds is not None:
        yield partial(_total_seconds, name, limits.total_seconds)
    if limits.total_mb is not None:
        yield partial(_total_mb, name, limits.total_mb)
    if limits.same_size_as:
        yield partial(_same_size, name, limits.same_size_as)


def _after_faults(name: str, test: _Test) -> Rule:
    """A check says nothing while a file that it speaks of is faulty."""

    def check(output: dict[str, object], faulty: frozenset[str], found: Found) -> None:
        if name in output and name not in faulty:
            test(output, found)

    return check


def _total_seconds(name: str, most: float, values: Values, found: Found) -> None:
    files = _files(values.get(name))
    if sum(one.least_seconds or 0.0 for one in files) > most + HAIR_S:
        _refuse(found, name, "total_seconds", actual=round(sum(one.seconds or 0.0 for one in files), 1), most=most)


def _total_mb(name: str, most: float, values: Values, found: Found) -> None:
    total = sum(one.size_bytes or 0 for one in _files(values.get(name))) / MB
    if total > most:
        _refuse(found, name, "total_mb", actual=round(total, 1), most=most)


def _same_size(name: str, other: str, values: Values, found: Found) -> None:
    for one, model in zip(_files(values.get(name)), _files(values.get(other)), strict=False):
        if one.width and one.height and model.width and model.height:
            sizes = (one.width, one.height), (model.width, model.height)
            if sizes[0] != sizes[1]:
                actual, wanted = (f"{width}×{height}" for width, height in sizes)
                _refuse(found, name, "same_size_as", actual=actual, most=wanted, other=other)


def _refuse(found: Found, path: str, measure: str, *, actual: object, most: object, other: str = "") -> None:
    fault(
        found, path, ViolationCode.FILE_OUTSIDE_LIMIT,
        measure=measure, least=None, least_known="no", most=most, most_known="yes", actual=actual, name=other or path,
    )  # fmt: skip


def _files(value: object) -> list[Attachment]:
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, Attachment)]
