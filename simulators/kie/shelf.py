"""Files on disk within a budget of bytes: the least recently used give way."""

import os
from collections import OrderedDict
from hashlib import sha256
from pathlib import Path

from attrs import define, field, frozen


@frozen(kw_only=True)
class ShelvedFile:
    """A file on a shelf. `size_bytes` is its length, not the room it takes."""

    path: Path
    mime: str
    size_bytes: int


@define
class FileShelf:
    """Keeps files under keys of any form. Writers fill `draft(key)` and then `keep(key)` it."""

    _directory: Path
    _budget_bytes: int
    _files: OrderedDict[str, ShelvedFile] = field(factory=OrderedDict, init=False)
    _used_bytes: int = field(default=0, init=False)

    def draft(self, key: str) -> Path:
        """Return where to write the file of `key`."""
        return self._directory / (sha256(key.encode()).hexdigest() + ".draft")

    def keep(self, key: str, mime: str) -> ShelvedFile:
        """Put the finished draft in place of what was there before."""
        self._drop(key)
        draft = self.draft(key)
        path = draft.with_suffix("")
        draft.replace(path)
        stored = ShelvedFile(path=path, mime=mime, size_bytes=path.stat().st_size)
        self._files[key] = stored
        self._used_bytes += _room(path)
        while self._used_bytes > self._budget_bytes and len(self._files) > 1:
            self._drop(next(iter(self._files)))
        return stored

    def find(self, key: str) -> ShelvedFile | None:
        """Return the file of `key` when it is still here."""
        stored = self._files.get(key)
        if stored is not None:
            self._files.move_to_end(key)
        return stored

    def _drop(self, key: str) -> None:
        stored = self._files.pop(key, None)
        if stored is not None:
            self._used_bytes -= _room(stored.path)
            stored.path.unlink()


def _room(path: Path) -> int:
    """Bytes on disk: a padded result is sparse and takes next to none."""
    return os.stat(path).st_blocks * 512
