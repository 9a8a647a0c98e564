"""A person's files, looked at before they are uploaded, and fitted to what the model takes."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from types import MappingProxyType
from typing import Final

import structlog
from attrs import frozen

from application.errors import ApplicationError, MediaNotFitted
from application.ports.media_files import MediaFitter, MediaInspector
from application.ports.messenger import FittedFile
from domain.media import Attachment, MediaFile, MediaKind
from domain.media_fit import MB, FileDemands, LimitBreach, MediaFacts, breaches, canonical, plan
from domain.model import Model, Parameter
from domain.violation import Violation, ViolationCode

Found = Mapping[tuple[str, str], MediaFacts]
"""What files are, by the path of their parameter and their reference."""

log = structlog.get_logger()


class FileOutsideLimits(ApplicationError):
    """A file breaks a limit of the model, and cannot be made to fit. ``path`` names the parameter.

    ``takes`` is what is taken there. ``other`` is the parameter whose file it is compared with. ``found``: what the file is,
    where it is one that is not sent.
    """

    code = "file_outside_limits"

    def __init__(
        self,
        path: str,
        breach: LimitBreach,
        takes: Parameter | None = None,
        other: str = "",
        found: Found = MappingProxyType({}),
    ) -> None:
        self.path = path
        self.found = found
        self.breach = breach
        self.violation = _violation(path, breach, takes, other)
        allowed = "–".join(_figure(bound) for bound in (breach.least, breach.most))
        super().__init__(f"{path}: {breach.limit} {breach.actual}" + (f", allowed {allowed}" if allowed != "–" else ""))


def _figure(bound: float | str | None) -> str:
    return f"{bound:g}" if isinstance(bound, int | float) else ""


def _violation(path: str, breach: LimitBreach, takes: Parameter | None, other: str) -> Violation:
    """What people read about it: the same as of a file that was refused before it was fetched."""
    code = ViolationCode.FILE_OUTSIDE_LIMIT
    values: dict[str, object] = {
        "measure": breach.limit, "actual": breach.actual, "name": other or path,
        "least": breach.least, "least_known": "no" if breach.least is None else "yes",
        "most": breach.most, "most_known": "no" if breach.most is None else "yes",
    }  # fmt: skip
    if breach.limit == "format" and takes is not None and takes.media is not None:
        code, values = ViolationCode.WRONG_MEDIA, {"expected": takes.media.value, "allowed": list(takes.accepted)}
    elif breach.limit == "max_mb":
        code, values = ViolationCode.FILE_TOO_LARGE, {"limit": breach.most, "actual": breach.actual}
    return Violation(path=path, code=code, values=MappingProxyType(values))


@frozen(kw_only=True)
class PlacedFile:
    """An attachment with the parameter that it stands in. ``path`` is ``image_urls`` or ``video_list.url``."""

    path: str
    attachment: Attachment
    parameter: Parameter

    @property
    def key(self) -> tuple[str, str]:
        """What tells its upload from others: the same file may go into two parameters that take different things."""
        return self.path, self.attachment.reference


@frozen(kw_only=True)
class FitFiles:
    """Looks at one file, refuses it or makes it fit, and says what was changed."""

    _inspector: MediaInspector
    _fitter: MediaFitter

    @asynccontextmanager
    async def __call__(
        self, placed: PlacedFile, file: MediaFile
    ) -> AsyncIterator[tuple[MediaFile, MediaFacts, FittedFile | None]]:
        """The file that is to be uploaded, what is known of it, and what was changed about it.

        Entering raises:
            FileOutsideLimits: it breaks a limit and cannot be made to fit.
        """
        demands = demands_of(placed.parameter)
        facts = await self._inspector.inspect(file)
        broken = breaches(facts, demands) if demands else []
        if demands is None or not broken:
            yield file, facts, None
            return
        fit = plan(facts, demands)
        if fit is None:
            raise FileOutsideLimits(placed.path, broken[0], placed.parameter, found={placed.key: facts})
        try:
            async with self._fitter.fit(file, fit) as fitted:
                log.info("media.fitted", path=placed.path, before=facts.mime, after=fit.mime, size=fit.size)
                note = FittedFile(name=file.name, before=canonical(facts.mime), after=fit.mime, size=fit.size)
                yield fitted, await self._inspector.inspect(fitted), note
        except MediaNotFitted as error:
            log.info("media.not_fitted", path=placed.path, reason=str(error))
            raise FileOutsideLimits(placed.path, broken[0], placed.parameter, found={placed.key: facts}) from error


def demands_of(parameter: Parameter) -> FileDemands | None:
    """Return what a parameter takes; None where it does not say of which kind its files are."""
    if parameter.media not in _JUDGED:
        return None
    return FileDemands(
        media=parameter.media,
        accepted=frozenset(parameter.accepted),
        max_mb=parameter.max_file_mb,
        limits=parameter.limits,
    )


def check_together(path: str, parameter: Parameter, sent: Mapping[str, Sequence[MediaFacts]]) -> None:
    """Check what all files of one parameter are together, among all that are sent, by parameter.

    Raises:
        FileOutsideLimits: they last too long, weigh too much, or have other sides than the picture they belong to.
    """
    limits, found = parameter.limits, sent[path]
    for mask, picture in zip(found, sent.get(limits.same_size_as, ()), strict=False):
        sizes = [f"{one.width}×{one.height}" for one in (mask, picture)]
        if None not in (mask.width, picture.width) and sizes[0] != sizes[1]:
            breach = LimitBreach(limit="same_size_as", most=sizes[1], actual=sizes[0])
            raise FileOutsideLimits(path, breach, other=limits.same_size_as)
    seconds = round(sum(facts.seconds or 0.0 for facts in found), 1)
    if limits.total_seconds is not None and seconds > limits.total_seconds:
        raise FileOutsideLimits(path, LimitBreach(limit="total_seconds", most=limits.total_seconds, actual=seconds))
    weight = sum(facts.size_bytes for facts in found) / MB
    if limits.total_mb is not None and weight > limits.total_mb:
        raise FileOutsideLimits(path, LimitBreach(limit="total_mb", most=limits.total_mb, actual=round(weight, 1)))


def placed_files(model: Model, values: Mapping[str, object]) -> Iterator[PlacedFile]:
    """Yield every attachment of an input with its parameter."""
    for name, value in values.items():
        if name in model.parameters:
            yield from _placed(name, model.parameters[name], value)


def _placed(path: str, parameter: Parameter, value: object) -> Iterator[PlacedFile]:
    match value:
        case Attachment():
            yield PlacedFile(path=path, attachment=value, parameter=parameter)
        case list() | tuple():
            inner = parameter.items if parameter.items and parameter.items.fields else parameter
            for item in value:
                yield from _placed(path, inner, item)
        case Mapping():
            fields = {field.name: field for field in parameter.fields}
            for name, item in value.items():
                if name in fields:
                    yield from _placed(f"{path}.{name}", fields[name], item)


_JUDGED: Final = frozenset({MediaKind.IMAGE, MediaKind.VIDEO, MediaKind.AUDIO})
