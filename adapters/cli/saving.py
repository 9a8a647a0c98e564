"""Results as files in a folder of the person's choice."""

import os
import re
import shutil
import tempfile
from contextlib import suppress
from itertools import count
from pathlib import Path, PurePosixPath
from typing import Final

from domain.file_types import ending_of
from domain.generation import Generation, Result
from domain.media import MediaFile

_ENDING: Final = re.compile(r"\.[a-z0-9]{1,5}")
_NOT_FOR_NAMES: Final = re.compile(r"[^a-z0-9.]+")


def save_result(folder: Path, generation: Generation, index: int, file: MediaFile | None) -> Path:
    """Put one result into ``folder``: the file, or the text where there is no file. Gives where it is now.

    The name is our own (model, generation, number), never the provider's. A file appears whole or not at all, and an
    existing one is never replaced. Blocks. Raises ``OSError``.
    """
    result = generation.results[index]
    stem = f"{_NOT_FOR_NAMES.sub('-', generation.model_id.lower()).strip('-.')}-{generation.id}-{index + 1}"
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".mediabot-", delete=False) as unfinished:
        try:
            _fill(Path(unfinished.name), result, file)
            target = _reserve(folder, stem, _ending(file))
            shutil.copymode(target, unfinished.name)
            os.replace(unfinished.name, target)
        except BaseException:
            with suppress(OSError):
                os.unlink(unfinished.name)
            raise
    return target


def _fill(path: Path, result: Result, file: MediaFile | None) -> None:
    if file is None:
        path.write_text(result.text or "", encoding="utf-8", errors="replace")
    else:
        shutil.copyfile(file.path, path)


def _reserve(folder: Path, stem: str, ending: str) -> Path:
    """Create the first free name, empty, so that it is our own to replace."""
    for number in count(1):
        target = folder / (f"{stem}{ending}" if number == 1 else f"{stem}-{number}{ending}")
        with suppress(FileExistsError):
            target.touch(exist_ok=False)
            return target
    raise AssertionError  # pragma: no cover - count() has no end


def _ending(file: MediaFile | None) -> str:
    if file is None:
        return ".txt"
    own = PurePosixPath(file.name).suffix.lower()
    return ending_of(file.mime) or (own if _ENDING.fullmatch(own) else ".bin")
