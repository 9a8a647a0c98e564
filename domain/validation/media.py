"""Checks of media: a URL of it, or a file a person attached."""

from collections.abc import Callable, Iterable
from typing import Final
from urllib.parse import unquote

from domain.file_types import plain as plain_type
from domain.media import Attachment, MediaKind
from domain.media_fit import FileDemands, MediaFacts, breaches, can_become, plan
from domain.media_limits import Range
from domain.model import Parameter
from domain.validation.check import INVALID, LEFT_OUT, Check, Found, fault, plain, wrong_type
from domain.validation.text import NO_LIMIT, length_within
from domain.validation.urls import is_ordinary, url_fault
from domain.violation import ViolationCode

EXTENSIONS: Final = {
    extension: kind
    for kind, extensions in {
        MediaKind.IMAGE: ".jpg .jpeg .png .webp .gif .bmp .tif .tiff .heic .heif .avif",
        MediaKind.VIDEO: ".mov .mkv .avi .m4v",
        MediaKind.AUDIO: ".mp3 .wav .flac .aac .m4a .opus .wma",
    }.items()
    for extension in extensions.split()
}
"""Extensions that leave no doubt."""

CONTAINERS: Final = frozenset({".mp4", ".webm", ".ogg", ".mpeg", ".mpg"})
"""Extensions that hold video or sound, never a picture."""

CONVERTED: Final = frozenset({"image/heic", "image/avif", "image/gif"})
"""Types that phones and chats make and most models refuse: taken wherever what they are converted to is."""

MIB: Final = 2**20
"""Bytes in what a limit calls MB: the larger reading, since a file is refused only for certain."""


def media_check(parameter: Parameter, *, allow_private_hosts: bool) -> Check:
    """A check of a URL, or of an ``Attachment`` standing where the URL will go."""
    low = parameter.minimum or 0
    high = NO_LIMIT if parameter.maximum is None else parameter.maximum
    media = parameter.media
    check_attachment = attachment_check(parameter)
    needs_content = parameter.required or low >= 1
    fitting = _fitting_ends(media)

    def check(value: object, path: str, found: Found) -> object:
        if type(value) is str:
            if (
                value.endswith(fitting)
                and "?" not in value
                and "#" not in value
                and low <= len(value) <= high
                and is_ordinary(value)
            ):
                return value  # nearly every URL, and the checks below would find nothing in it
        else:
            value = plain(value)
            if isinstance(value, Attachment):
                return check_attachment(value, path, found)
            if type(value) is not str:
                return wrong_type(found, path, media or "url", value)
        if not value or value.isspace():
            return LEFT_OUT if not value and not needs_content else fault(found, path, ViolationCode.EMPTY)
        if not length_within(len(value), low, high, path, found):
            return INVALID
        code = url_fault(value, allow_private_hosts=allow_private_hosts)
        if code is not None:
            return fault(found, path, code)
        if media is not None and _certainly_other(value, media):
            return fault(found, path, ViolationCode.WRONG_MEDIA, expected=media.value, allowed=list(parameter.accepted))
        return value

    return check


def _fitting_ends(media: MediaKind | None) -> tuple[str, ...]:
    """Ends of a URL without a query that do not say other media: every end where any media will do."""
    if media is None:
        return ("",)
    sure = [extension for extension, kind in EXTENSIONS.items() if kind is media]
    return tuple(sure if media is MediaKind.IMAGE else [*sure, *CONTAINERS])


def _certainly_other(url: str, media: MediaKind) -> bool:
    """Whether the extension in the path says other media. No extension, an unknown one, a query say nothing."""
    extension = _extension(url)
    if extension in CONTAINERS:
        return media is MediaKind.IMAGE
    return EXTENSIONS.get(extension, media) is not media


def _extension(url: str) -> str:
    """The extension in the path of a sound URL, in small letters; by hand, since the library's way takes three times as long."""
    path = url.partition("#")[0].partition("?")[0].partition("//")[2].partition("/")[2]
    name = (unquote(path) if "%" in path else path).rpartition("/")[2]
    stem, dot, ending = name.rpartition(".")
    return dot + ending.lower() if stem.strip(".") else ""


def attachment_check(parameter: Parameter) -> Callable[[Attachment, str, Found], object]:
    """A check of a file a person attached: its kind, its MIME type where the registry lists them, its size, its sides and
    its length. What can be made to fit just before the upload is let through."""
    media = parameter.media
    accepted = frozenset(plain_type(mime) for mime in parameter.accepted)
    limit_mb = parameter.max_file_mb
    demands = _demands(parameter)

    def check(attachment: Attachment, path: str, found: Found) -> object:
        good = True
        if demands is not None and plain_type(attachment.mime) in CONVERTED and can_become(attachment.mime, demands):
            return attachment if _within(attachment, demands, path, found) else INVALID
        if not _is_media(attachment, media) or not _is_accepted(attachment.mime, accepted):
            good = False
            expected = "file" if media is None else media.value
            fault(found, path, ViolationCode.WRONG_MEDIA, expected=expected, allowed=list(parameter.accepted))
        size = attachment.size_bytes
        if limit_mb is not None and size is not None and size > limit_mb * MIB:
            good = False
            fault(found, path, ViolationCode.FILE_TOO_LARGE, limit=limit_mb, actual=round(size / MIB, 1))
        if good and demands is not None:
            good = _within(attachment, demands, path, found)
        return attachment if good else INVALID

    return check


def _demands(parameter: Parameter) -> FileDemands | None:
    if parameter.media is None:
        return None
    return FileDemands(
        media=parameter.media,
        accepted=frozenset(parameter.accepted),
        max_mb=parameter.max_file_mb,
        limits=parameter.limits,
    )


def _within(attachment: Attachment, demands: FileDemands, path: str, found: Found) -> bool:
    """Whether what the front end says of the file is within the limits, or will be once it is fitted."""
    facts = MediaFacts(
        mime=attachment.mime,
        size_bytes=attachment.size_bytes or 0,
        width=attachment.width,
        height=attachment.height,
        seconds=_likely_seconds(attachment, demands.limits.seconds),
    )
    broken = [breach for breach in breaches(facts, demands) if breach.limit not in {"format", "max_mb"}]
    if not broken or plan(facts, demands) is not None:
        return True
    for breach in broken:
        fault(
            found,
            path,
            ViolationCode.FILE_OUTSIDE_LIMIT,
            measure=breach.limit,
            least=breach.least,
            least_known="no" if breach.least is None else "yes",
            most=breach.most,
            most_known="no" if breach.most is None else "yes",
            actual=attachment.seconds if breach.limit == "seconds" else breach.actual,
        )
    return False


def _likely_seconds(attachment: Attachment, allowed: Range) -> float | None:
    """The length nearest to what is allowed that the file may have: it is refused only for certain."""
    stated, error = attachment.seconds, attachment.seconds_error
    if stated is None or not error:
        return stated
    least, most = (bound if bound is not None else stated for bound in allowed)
    return min(max(stated, min(least, stated + error)), max(most, stated - error))


def _is_media(attachment: Attachment, media: MediaKind | None) -> bool:
    """A document is what its MIME type says: people send pictures as files to keep their quality."""
    return media is None or media in {attachment.kind, MediaKind.of_mime(attachment.mime)}


def _is_accepted(mime: str, accepted: Iterable[str]) -> bool:
    """An unspecific MIME type says nothing, so it is no reason to refuse."""
    accepted = frozenset(accepted)
    return not accepted or plain_type(mime) in accepted or mime in {"", "application/octet-stream"}
