"""Files the simulator was given, kept on disk, and the ids bots know them by."""

import mimetypes
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections import OrderedDict
from collections.abc import AsyncIterable
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import field, frozen
from PIL import Image, UnidentifiedImageError

from simulators.telegram.errors import LOST_FILE, WRONG_FILE, bad_request

MAX_UPLOAD_BYTES = 50 * 1024 * 1024
MAX_PHOTO_BYTES = 10 * 1024 * 1024
MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024
_THUMBNAIL_SIDE = 320


class FileKind(StrEnum):
    """The ways a file can be sent; also the name of the field a message carries it in."""

    PHOTO = "photo"
    VIDEO = "video"
    AUDIO = "audio"
    VOICE = "voice"
    DOCUMENT = "document"
    ANIMATION = "animation"


#: How Telegram names the kinds in "can't use file of type … as …".
_TYPE_NAMES = {kind: kind.value.capitalize() for kind in FileKind} | {FileKind.VOICE: "VoiceNote"}


@frozen(kw_only=True)
class StoredFile:
    """Bytes on our disk, whichever person or bot sent them."""

    number: int
    path: Path = field(repr=False)
    name: str
    mime: str
    size_bytes: int

    @property
    def unique_id(self) -> str:
        """The same for every bot and every time the file is sent on."""
        return f"AQAD{self.number:08x}"


@frozen(kw_only=True)
class FileId:
    """What a ``file_id`` says inside. Bots must treat it as opaque: it is theirs alone and of one kind."""

    bot_id: int
    kind: FileKind
    number: int
    thumbnail: bool = False

    def __str__(self) -> str:
        inside = f"{self.bot_id}:{self.kind}:{self.number}:{int(self.thumbnail)}"
        return "AgAC" + urlsafe_b64encode(inside.encode()).decode().rstrip("=")

    @classmethod
    def parse(cls, text: str) -> "FileId | None":
        """Read an id made by us; None for anything else."""
        try:
            code = text.removeprefix("AgAC")
            bot_id, kind, number, thumbnail = urlsafe_b64decode(code + "=" * (-len(code) % 4)).decode().split(":")
            return cls(bot_id=int(bot_id), kind=FileKind(kind), number=int(number), thumbnail=thumbnail == "1")
        except ValueError:
            return None


class FileStore:
    """A temporary folder of files; the oldest go when ``limit_bytes`` is passed."""

    def __init__(self, *, limit_bytes: int = 2 * 1024**3, first_number: int = 1) -> None:
        self._folder = TemporaryDirectory(prefix="telegram-simulator-")
        self._files: OrderedDict[int, StoredFile] = OrderedDict()
        self._limit_bytes = limit_bytes
        self._total_bytes = 0
        self._next_number = first_number

    def add(self, data: bytes, *, name: str, mime: str | None = None) -> StoredFile:
        """Keep bytes that are already in memory."""
        path = self._new_path(name)
        path.write_bytes(data)
        return self._keep(path, name, mime, len(data))

    async def receive(self, chunks: AsyncIterable[bytes], *, name: str, mime: str | None = None) -> StoredFile:
        """Keep bytes as they arrive, never all of them in memory."""
        path = self._new_path(name)
        size_bytes = 0
        try:
            with path.open("wb") as target:
                async for chunk in chunks:
                    size_bytes += target.write(chunk)
        except BaseException:
            path.unlink()
            raise
        return self._keep(path, name, mime, size_bytes)

    def by_number(self, number: int) -> StoredFile | None:
        """The file, unless it was never there or has been dropped for room."""
        return self._files.get(number)

    def resolve(self, file_id: str, *, bot_id: int, kind: FileKind) -> StoredFile:
        """The file that ``bot_id`` may send again as ``kind``. Raises ApiError 400 in Telegram's words."""
        inside = FileId.parse(file_id)
        if inside is None or inside.bot_id != bot_id:
            raise bad_request(WRONG_FILE)
        if inside.kind is not kind:
            raise bad_request(f"can't use file of type {_TYPE_NAMES[inside.kind]} as {_TYPE_NAMES[kind]}")
        file = self._files.get(inside.number)
        if file is None:
            raise bad_request(LOST_FILE)
        return file

    def thumbnail(self, file: StoredFile) -> Path:
        """A small JPEG of a photo, drawn when it is first asked for."""
        path = file.path.with_suffix(".thumbnail.jpg")
        if not path.exists():
            with Image.open(file.path) as image:
                image.thumbnail((_THUMBNAIL_SIDE, _THUMBNAIL_SIDE))
                image.convert("RGB").save(path, "JPEG")
        return path

    def close(self) -> None:
        """Delete everything."""
        self._files.clear()
        self._folder.cleanup()

    def _new_path(self, name: str) -> Path:
        path = Path(self._folder.name) / f"file_{self._next_number}{Path(name).suffix[:16]}"
        self._next_number += 1
        return path

    def _keep(self, path: Path, name: str, mime: str | None, size_bytes: int) -> StoredFile:
        number = int(path.stem.removeprefix("file_"))
        guessed = mime or mimetypes.guess_type(name)[0] or "application/octet-stream"
        file = StoredFile(number=number, path=path, name=name, mime=guessed, size_bytes=size_bytes)
        self._files[number] = file
        self._total_bytes += size_bytes
        while self._total_bytes > self._limit_bytes and len(self._files) > 1:
            _, dropped = self._files.popitem(last=False)
            dropped.path.unlink(missing_ok=True)
            dropped.path.with_suffix(".thumbnail.jpg").unlink(missing_ok=True)
            self._total_bytes -= dropped.size_bytes
        return file


def image_size(file: StoredFile) -> tuple[int, int]:
    """Width and height in pixels. Raises ApiError 400 IMAGE_PROCESS_FAILED for what is no picture."""
    try:
        with Image.open(file.path) as image:
            return image.size
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise bad_request("IMAGE_PROCESS_FAILED") from error


def photo_size(file: StoredFile) -> tuple[int, int]:
    """Width and height of a picture Telegram takes as a photo. Raises ApiError 400 for the others.

    Limits: 10 MB, width + height ≤ 10000, ratio ≤ 20 (core.telegram.org/bots/api#sendphoto).
    """
    if file.size_bytes > MAX_PHOTO_BYTES:
        raise bad_request(
            f"file of size {file.size_bytes} bytes is too big for a photo; the maximum size is {MAX_PHOTO_BYTES} bytes"
        )
    width, height = image_size(file)
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return width, height


def thumbnail_size(width: int, height: int) -> tuple[int, int] | None:
    """The size of the small version of a photo; None where the photo itself is small."""
    longest = max(width, height)
    if longest <= _THUMBNAIL_SIDE:
        return None
    return max(1, width * _THUMBNAIL_SIDE // longest), max(1, height * _THUMBNAIL_SIDE // longest)
