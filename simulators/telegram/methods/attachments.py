"""The files of a call: uploaded with it, known by file_id, or named by URL."""

from collections.abc import Mapping

from attrs import evolve

from simulators.telegram.errors import WRONG_FILE, bad_request
from simulators.telegram.files import FileKind, StoredFile, photo_size
from simulators.telegram.media import MessageMedia
from simulators.telegram.methods.call import MethodCall


async def attached(call: MethodCall, kind: FileKind) -> MessageMedia:
    """The file of a ``send…`` method, in the field of its kind, with the sizes the bot gave."""
    field = kind.value
    uploaded = call.parameters.upload(field)
    reference = call.parameters.text(field)
    if uploaded is None and not reference:
        raise bad_request(f"there is no {field} in the request")
    file = uploaded or await _referenced(call, reference, kind)
    media = evolve(media_of(file, kind), cover=call.parameters.upload("thumbnail"))
    return _described(media, {name: call.parameters.text(name) for name in _DETAILS})


async def in_media(call: MethodCall, item: Mapping[str, object], kind: FileKind) -> MessageMedia:
    """The file of one InputMedia."""
    reference = item.get("media")
    if not isinstance(reference, str) or not reference:
        raise bad_request("can't parse InputMedia: media not found")
    if reference.startswith("attach://"):
        uploaded = call.parameters.attached(reference)
        if uploaded is None:
            raise bad_request("can't parse InputMedia: media not found")
        cover = call.parameters.attached(str(item["thumbnail"])) if "thumbnail" in item else None
        return _described(evolve(media_of(uploaded, kind), cover=cover), item)
    return _described(media_of(await _referenced(call, reference, kind), kind), item)


def media_of(file: StoredFile, kind: FileKind) -> MessageMedia:
    """A file as media of a kind. Raises ApiError 400 for a photo that is none."""
    if kind is FileKind.PHOTO:
        width, height = photo_size(file)
        return MessageMedia(kind=kind, file=file, width=width, height=height)
    if file.size_bytes == 0:
        raise bad_request("file must be non-empty")
    return MessageMedia(kind=kind, file=file)


_DETAILS = ("width", "height", "duration", "title", "performer")


def _described(media: MessageMedia, details: Mapping[str, object]) -> MessageMedia:
    """Sizes and titles are what the bot says they are, except for photos."""
    if media.kind is FileKind.PHOTO:
        return media
    return evolve(
        media,
        width=_number(details.get("width")),
        height=_number(details.get("height")),
        duration=_number(details.get("duration")),
        title=str(details.get("title") or ""),
        performer=str(details.get("performer") or ""),
    )


def _number(value: object) -> int:
    return int(value) if isinstance(value, int | str) and str(value).isdigit() else 0


async def _referenced(call: MethodCall, reference: str, kind: FileKind) -> StoredFile:
    if reference.startswith(("http://", "https://")):
        return await call.web.fetch(reference, kind)
    if "://" in reference:
        raise bad_request(WRONG_FILE)
    return call.world.files.resolve(reference, bot_id=call.bot.id, kind=kind)
