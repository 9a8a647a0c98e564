"""Put one file where we keep files: the bytes, a preview, and the row that says whose it is."""

from typing import Final

from attrs import field, frozen

from application.errors import LimitReached, UploadRefused
from application.limits import Limit
from application.ports.clock import Clock
from application.ports.ids import Ids
from application.ports.media_index import MediaIndex
from application.ports.media_store import MediaStore
from application.ports.preview_maker import PreviewMaker
from domain.generation import GenerationId, UserId
from domain.kept_media import KeptMedia, MediaId, MediaOrigin, Preview
from domain.media import MediaFile

ROOM_IN_STEPS_OF: Final = 20
"""So many of the oldest files are looked at to make room for a new one."""


@frozen(kw_only=True)
class NewMedia:
    """A file to be kept. ``makes_room``: the owner's oldest files go where there is no room for it. A picture with
    a side longer than ``longest_side`` pixels is refused."""

    owner: UserId
    origin: MediaOrigin
    file: MediaFile = field(repr=False)
    generation: GenerationId | None = None
    index: int | None = None
    makes_room: bool = False
    longest_side: int | None = None


@frozen(kw_only=True)
class FileAway:
    """The bytes are written before the row: a crash between them leaves bytes that no one refers to, never the reverse.

    ``quota_bytes`` is what one person may have here; None: no limit.
    """

    _store: MediaStore
    _index: MediaIndex
    _previews: PreviewMaker
    _ids: Ids
    _clock: Clock
    _quota_bytes: int | None

    async def __call__(self, new: NewMedia) -> KeptMedia:
        """The row, of an earlier time where the same result was kept before.

        Raises:
            LimitReached: ``media_bytes``.
            UploadRefused: ``too_many_pixels``.
            MediaUnavailable, StoreUnavailable: not this time.
        """
        async with self._previews.make(new.file) as made:
            if new.longest_side and (made.is_bomb or max(made.width or 0, made.height or 0) > new.longest_side):
                raise UploadRefused("too_many_pixels")
            preview = Preview(
                key=await self._store.put(made.picture) if made.picture else None,
                width=made.width,
                height=made.height,
                duration_s=made.duration_s,
            )
            media = KeptMedia(
                id=MediaId(self._ids.secret()),
                owner=new.owner,
                origin=new.origin,
                key=await self._store.put(new.file.path),
                kind=new.file.kind,
                mime=new.file.mime,
                name=new.file.name,
                size_bytes=new.file.size_bytes,
                created_at=self._clock.now(),
                generation=new.generation,
                index=new.index,
                preview=preview,
            )
            written = await self._write(media, makes_room=new.makes_room)
            # The same bytes may have been deleted between the first look at them and the row. From the row on they are not.
            await self._store.put(new.file.path)
            if made.picture:
                await self._store.put(made.picture)
        return written

    async def _write(self, media: KeptMedia, *, makes_room: bool) -> KeptMedia:
        quota = None if self._quota_bytes is None else Limit("media_bytes", self._quota_bytes)
        while True:
            try:
                return await self._index.add(media, quota=quota)
            except LimitReached as error:
                if not makes_room or media.size_bytes > error.allowed or not await self._make_room(media):
                    raise

    async def _make_room(self, media: KeptMedia) -> bool:
        """Let the owner's oldest files go that nothing holds, as few as will do; whether there was one."""
        freed, going = 0, []
        for old in await self._index.not_held(owner=media.owner, limit=ROOM_IN_STEPS_OF):
            going.append(old.id)
            freed += old.size_bytes
            if freed >= media.size_bytes:
                break
        await self._index.remove(going)
        return bool(going)
