"""Use case: keep a file that a person uploads on a page or through the API."""

from typing import Final

from attrs import frozen

from application.errors import UploadRefused
from application.results.file_away import FileAway, NewMedia
from domain.generation import UserId
from domain.kept_media import KeptMedia, MediaOrigin
from domain.media import MediaFile, MediaKind

LARGEST_BYTES: Final = 100 << 20
"""KIE takes at most 100 MB of one file (``kie/media_limits.json``, 2026-11-28)."""
LONGEST_SIDE: Final = 16_384
"""Pixels of a picture. No model takes more, and decoding costs memory by the square."""
TAKEN: Final = frozenset({MediaKind.IMAGE, MediaKind.VIDEO, MediaKind.AUDIO})


@frozen
class KeepUpload:
    """``file.mime`` must come from the file's first bytes, never from its name."""

    _file_away: FileAway

    async def __call__(self, user: UserId, file: MediaFile) -> KeptMedia:
        """The kept file.

        Raises:
            UploadRefused: it is empty, too large, or no picture, film or sound.
            LimitReached: ``media_bytes``.
            MediaUnavailable, StoreUnavailable: not this time.
        """
        if file.size_bytes == 0:
            raise UploadRefused("empty")
        if file.size_bytes > LARGEST_BYTES:
            raise UploadRefused("too_large")
        if file.kind not in TAKEN:
            raise UploadRefused("wrong_kind")
        return await self._file_away(
            NewMedia(owner=user, origin=MediaOrigin.UPLOAD, file=file, longest_side=LONGEST_SIDE)
        )
