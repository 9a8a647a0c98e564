"""Use case: everything about one person, as files."""

import asyncio
import json
import tempfile
import zipfile
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from typing import Final

import structlog
from attrs import define, field, frozen

from application.audit import Audit
from application.errors import MediaGone, MediaUnavailable
from application.ports.media_index import MediaIndex
from application.ports.media_store import MediaStore
from application.ports.person_records import PersonRecords, Rows
from domain.audit import AuditedAction
from domain.generation import UserId
from domain.kept_media import KeptMedia

FILES_AT_MOST = 100_000
AT_ONCE: Final = 2
"""Archives that a process writes at a time: each may be as large as all that its person keeps."""
ARCHIVE: Final = "mediabot.zip"

log = structlog.get_logger()


@define(eq=False)
class _Archive:
    """One that several requests may read; ``folder`` removes it."""

    made: asyncio.Task[Path] = field(init=False)
    folder: ExitStack = field(factory=ExitStack)
    readers: int = 0


@frozen(kw_only=True)
class ExportPerson:
    """One ZIP archive: ``records.json`` with the rows by table, and ``media/`` with the kept files."""

    _records: PersonRecords
    _index: MediaIndex
    _store: MediaStore
    _audit: Audit
    _turns: asyncio.Semaphore = field(factory=lambda: asyncio.Semaphore(AT_ONCE))
    """The bots of a process share it."""
    _in_passing: dict[UserId, _Archive] = field(factory=dict, init=False)

    async def __call__(self, user: UserId, to: Path, *, by: UserId | None = None) -> int:
        """Write the archive and return how many files it holds beside the rows. ``by`` None: the person asks.

        Raises StoreUnavailable, OSError.
        """
        if by:
            await self._audit(AuditedAction.EXPORT, by=by, about=user)
        rows = await self._records.export(user)
        kept = await self._index.of_owner(user, limit=FILES_AT_MOST)
        added = 0
        with zipfile.ZipFile(to, "w", zipfile.ZIP_STORED) as archive:
            await asyncio.to_thread(_write_rows, archive, rows)
            for media in kept:
                added += await self._add(archive, media)
        log.info("person.exported", files=added)
        return added

    async def least_bytes(self, user: UserId) -> int:
        """Return what the archive has at the least: the bytes of the person's files. Raises StoreUnavailable."""
        return await self._index.usage(user)

    @asynccontextmanager
    async def in_passing(self, user: UserId) -> AsyncIterator[Path]:
        """The person's own archive, there until the context ends. Who asks while another request has it gets the same one.

        ``__call__`` is for one that stays.

        Raises StoreUnavailable; MediaUnavailable where the temporary folder is full or gone.
        """
        archive = self._in_passing.get(user)
        if archive is None:
            archive = self._in_passing[user] = _Archive()
            archive.made = asyncio.create_task(self._make(user, archive.folder), name=f"export-{user}")
        archive.readers += 1
        try:
            yield await asyncio.shield(archive.made)
        finally:
            archive.readers -= 1
            if not archive.readers:
                del self._in_passing[user]
                archive.made.cancel()
                archive.folder.close()

    async def _make(self, user: UserId, folder: ExitStack) -> Path:
        async with self._turns:
            try:
                place = folder.enter_context(tempfile.TemporaryDirectory(prefix="mediabot-export-"))
                archive = Path(place) / ARCHIVE
                await self(user, archive)
            except OSError as error:
                raise MediaUnavailable(type(error).__name__) from error
            return archive

    async def _add(self, archive: zipfile.ZipFile, media: KeptMedia) -> bool:
        try:
            async with self._store.open(media.key) as file:
                await asyncio.to_thread(archive.write, file, f"media/{media.id}-{Path(media.name).name}")
        except (MediaGone, MediaUnavailable) as error:
            log.warning("person.file_missing", media=media.id, error=error.code)
            return False
        return True


def _write_rows(archive: zipfile.ZipFile, rows: Rows) -> None:
    archive.writestr("records.json", json.dumps(rows, ensure_ascii=False, indent=1, default=str))
