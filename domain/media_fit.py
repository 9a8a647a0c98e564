"""Whether a file is within a parameter's limits, and what to change about it where that costs next to nothing."""

from collections.abc import Collection, Iterator, Mapping
from math import sqrt
from typing import Final

from attrs import frozen

from domain.file_types import plain
from domain.media import MediaKind
from domain.media_limits import ANY, MediaLimits, Range

MB: Final = 2**20
MOST_PIXELS: Final = 100_000_000
"""A larger picture is refused unopened: decoded it takes 400 MB and more."""

_TARGETS: Final[Mapping[MediaKind, tuple[str, ...]]] = {
    MediaKind.IMAGE: ("image/jpeg", "image/png", "image/webp"),
    MediaKind.VIDEO: ("video/mp4",),
    MediaKind.AUDIO: ("audio/mpeg", "audio/wav"),
}
"""What a file is converted to, the first that the parameter takes."""
_RARE: Final = frozenset({"image/heic", "image/avif", "image/tiff", "audio/ogg"})
"""Types that phones and chats make and that models seldom read."""
_MAY_BE_TRANSPARENT: Final = frozenset({"image/png", "image/gif", "image/webp", "image/avif"})
_READABLE: Final[Mapping[str, frozenset[MediaKind]]] = {
    **dict.fromkeys(
        (
            "image/heic",
            "image/avif",
            "image/bmp",
            "image/tiff",
            "image/webp",
            "image/png",
            "image/jpeg",
        ),
        frozenset({MediaKind.IMAGE}),
    ),
    "image/gif": frozenset({MediaKind.IMAGE, MediaKind.VIDEO}),
    "audio/ogg": frozenset({MediaKind.AUDIO}),
    "audio/mp4": frozenset({MediaKind.AUDIO}),
    "audio/aac": frozenset({MediaKind.AUDIO}),
    "audio/flac": frozenset({MediaKind.AUDIO}),
    "audio/wav": frozenset({MediaKind.AUDIO}),
}
"""What can be converted, and into what kind of media: an animated picture is a film as well."""


@frozen(kw_only=True)
class MediaFacts:
    """What a file is, read from its bytes. None is what could not be read; sizes are those a person sees."""

    mime: str
    size_bytes: int
    width: int | None = None
    height: int | None = None
    seconds: float | None = None
    fps: float | None = None


@frozen(kw_only=True)
class FileDemands:
    """What a parameter takes. ``accepted`` empty: every type of its ``media``; ``max_mb`` None is not limited."""

    media: MediaKind
    accepted: frozenset[str] = frozenset()
    max_mb: float | None = None
    limits: MediaLimits

    def takes(self, mime: str) -> bool:
        """Return whether a file of this type needs no conversion. Where no types are stated, rare ones do."""
        if not self.accepted:
            return canonical(mime) not in _RARE
        return canonical(mime) in {canonical(one) for one in self.accepted}

    def target(self, mime: str) -> str | None:
        """Return the type that such a file is converted to; None where we can make none that the parameter takes."""
        wanted = _TARGETS.get(self.media, ())
        if canonical(mime) in _MAY_BE_TRANSPARENT:
            wanted = tuple(sorted(wanted, key=lambda one: one != "image/png"))
        return next((one for one in wanted if self.takes(one)), None)


@frozen(kw_only=True)
class LimitBreach:
    """One limit that a file breaks. ``limit`` is its name (``seconds``, ``side_px`` …); a bound of None is not stated."""

    limit: str
    least: float | None = None
    most: float | str | None = None
    actual: float | str


@frozen(kw_only=True)
class FitPlan:
    """What to do to a file: convert it to ``mime``, make it ``size`` (width, height), and no larger than ``max_bytes``."""

    mime: str
    size: tuple[int, int] | None = None
    max_bytes: int | None = None


def canonical(mime: str) -> str:
    """Return the one name of a type that goes under several."""
    return plain(mime)


def can_become(mime: str, demands: FileDemands) -> bool:
    """Return whether a file of this type can be converted to one that the parameter takes."""
    return demands.media in _READABLE.get(canonical(mime), frozenset()) and demands.target(mime) is not None


def breaches(facts: MediaFacts, demands: FileDemands) -> list[LimitBreach]:
    """Return every limit that the file breaks; what is not known breaks none."""
    found = list(_numbers_outside(facts, demands.limits))
    kind = MediaKind.of_mime(facts.mime)
    if not demands.takes(facts.mime) or (kind is not demands.media and kind is not MediaKind.FILE):
        found.append(LimitBreach(limit="format", actual=canonical(facts.mime)))
    if demands.max_mb is not None and facts.size_bytes > demands.max_mb * MB:
        found.append(LimitBreach(limit="max_mb", most=demands.max_mb, actual=round(facts.size_bytes / MB, 1)))
    return found


def plan(facts: MediaFacts, demands: FileDemands) -> FitPlan | None:
    """Return what makes the file fit without changing what it shows; None where nothing does, or nothing is needed.

    A picture is made smaller, never larger, and never cut. A film is not cut, shortened or encoded again.
    """
    broken = {breach.limit for breach in breaches(facts, demands)}
    is_picture = demands.media is MediaKind.IMAGE
    mendable = {"format"} | ({"side_px", "long_side_px", "pixels", "max_mb"} if is_picture else set())
    if not broken or broken - mendable:
        return None
    mime = _target(facts, demands, reencoded=bool(broken & {"max_mb"}))
    if is_picture and (facts.width or 0) * (facts.height or 0) > MOST_PIXELS:
        return None  # nothing opens it
    size = _smaller(facts, demands.limits) if broken & {"side_px", "long_side_px", "pixels"} else None
    if mime is None or (size is None and broken & {"side_px", "long_side_px", "pixels"}):
        return None
    return FitPlan(mime=mime, size=size, max_bytes=None if demands.max_mb is None else int(demands.max_mb * MB))


def _target(facts: MediaFacts, demands: FileDemands, *, reencoded: bool) -> str | None:
    """The type it keeps where it may, else what it can be converted to. Only some types can be made smaller."""
    kept = canonical(facts.mime)
    writable = _TARGETS.get(demands.media, ())
    if demands.takes(kept) and kept in writable and not (reencoded and kept == "image/png"):
        return kept
    if reencoded and demands.takes("image/jpeg") and can_become(kept, demands):
        return "image/jpeg"
    return demands.target(kept) if can_become(kept, demands) else None


def _smaller(facts: MediaFacts, limits: MediaLimits) -> tuple[int, int] | None:
    """The largest size that is within the limits; None where a smaller one would be too small, or it is too small now."""
    if not facts.width or not facts.height:
        return None
    long_side = max(facts.width, facts.height)
    sides = (limits.side_px[1], limits.long_side_px[1])
    factors = [1.0, *(most / long_side for most in sides if most is not None)]
    if limits.pixels[1] is not None:
        factors.append(sqrt(limits.pixels[1] / (facts.width * facts.height)))
    size = max(1, int(facts.width * min(factors))), max(1, int(facts.height * min(factors)))
    fitted = MediaFacts(mime=facts.mime, size_bytes=0, width=size[0], height=size[1])
    return None if list(_numbers_outside(fitted, limits)) else size


def _numbers_outside(facts: MediaFacts, limits: MediaLimits) -> Iterator[LimitBreach]:
    for name, value, allowed in _measures(facts, limits):
        least, most = allowed
        if value is not None and ((least is not None and value < least) or (most is not None and value > most)):
            yield LimitBreach(limit=name, least=least, most=most, actual=round(value, 2))


def _measures(facts: MediaFacts, limits: MediaLimits) -> Iterator[tuple[str, float | None, Range]]:
    """Each measure with what is allowed. A length counts in tenths of a second: a file is a frame longer than it plays."""
    seconds = None if facts.seconds is None else round(facts.seconds, 1)
    yield "seconds", seconds, limits.seconds
    yield "fps", facts.fps, limits.fps
    if not facts.width or not facts.height:
        return
    short, long = sorted((facts.width, facts.height))
    yield "side_px", *_side(short, long, limits.side_px)
    yield "short_side_px", short, limits.short_side_px
    yield "long_side_px", long, limits.long_side_px
    pixels = limits.pixels if limits.pixels != ANY else (None, float(MOST_PIXELS))
    yield "pixels", facts.width * facts.height, pixels
    yield "ratio", facts.width / facts.height, limits.ratio


def _side(short: int, long: int, allowed: Range) -> tuple[int, Range]:
    """The side that is outside, where one is."""
    least = allowed[0]
    return (short if least is not None and short < least else long), allowed


def demands_of(media: MediaKind, accepted: Collection[str], max_mb: float | None, limits: MediaLimits) -> FileDemands:
    """Return what a parameter with these facts takes."""
    return FileDemands(media=media, accepted=frozenset(accepted), max_mb=max_mb, limits=limits)
