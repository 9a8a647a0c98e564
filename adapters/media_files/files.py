"""Looks at media and converts them in threads, few at a time: decoding is heavy, and files may be hostile."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Final, TypeVar

import structlog
from attrs import evolve, field, frozen

from application.errors import AttachmentUnavailable, MediaNotFitted
from domain.file_signatures import HEAD_BYTES, UNKNOWN, mime_of
from domain.file_types import ending_of
from domain.media import MediaFile, MediaKind
from domain.media_fit import FitPlan, MediaFacts, canonical

log = structlog.get_logger(__name__)

T = TypeVar("T")

AT_ONCE: Final = 2
INSPECTED_WITHIN_S: Final = 20.0
FITTED_WITHIN_S: Final = 60.0


@frozen
class LocalMediaFiles:
    """``MediaInspector`` and ``MediaFitter``. A thread that takes too long goes on and is not waited for."""

    _turns: asyncio.Semaphore = field(factory=lambda: asyncio.Semaphore(AT_ONCE), init=False)

    async def inspect(self, file: MediaFile, /) -> MediaFacts:
        try:
            return await self._bounded(lambda: measured(file), INSPECTED_WITHIN_S)
        except TimeoutError:
            return _unmeasured(file, "TimeoutError")

    def fit(self, file: MediaFile, plan: FitPlan, /) -> AbstractAsyncContextManager[MediaFile]:
        return self._fit(file, plan)

    @asynccontextmanager
    async def _fit(self, file: MediaFile, plan: FitPlan) -> AsyncIterator[MediaFile]:
        with _folder() as folder:
            copy = Path(folder) / f"fitted{ending_of(plan.mime)}"
            try:
                await self._bounded(lambda: _convert(file, plan, copy), FITTED_WITHIN_S)
                size_bytes = copy.stat().st_size
            except Exception as error:  # whatever a hostile file makes of a decoder
                raise MediaNotFitted(type(error).__name__) from error
            if plan.max_bytes is not None and size_bytes > plan.max_bytes:
                raise MediaNotFitted(f"{size_bytes} bytes, at most {plan.max_bytes}")
            name = f"{Path(file.name).stem or 'file'}{ending_of(plan.mime)}"
            yield evolve(file, path=copy, name=name, mime=plan.mime, size_bytes=size_bytes)

    async def _bounded(self, work: Callable[[], T], seconds: float) -> T:
        async with self._turns, asyncio.timeout(seconds):
            return await asyncio.to_thread(work)


def _folder() -> "tempfile.TemporaryDirectory[str]":
    try:
        return tempfile.TemporaryDirectory(prefix="mediabot-fit-", ignore_cleanup_errors=True)
    except OSError as error:  # our own disk is full, or has no such folder any more
        raise AttachmentUnavailable(type(error).__name__) from error


def measured(file: MediaFile) -> MediaFacts:
    """``MediaInspector.inspect`` at once, for who has nothing else to do."""
    try:
        return _inspected(file)
    except Exception as error:  # whatever a hostile file makes of a decoder
        return _unmeasured(file, type(error).__name__, mime=_stated(file))


def _unmeasured(file: MediaFile, reason: str, *, mime: str | None = None) -> MediaFacts:
    """Return the size, and the type by the first bytes; the announced one where they were not looked at."""
    log.info("media.not_inspected", reason=reason)
    return MediaFacts(mime=canonical(mime or file.mime), size_bytes=file.size_bytes)


def _stated(file: MediaFile) -> str:
    """What the first bytes say; ``UNKNOWN`` where they are of no medium."""
    with file.path.open("rb") as source:
        return mime_of(source.read(HEAD_BYTES))


def _inspected(file: MediaFile) -> MediaFacts:
    stated = _stated(file)
    mime = canonical(file.mime if stated == UNKNOWN else stated)
    size_bytes = file.path.stat().st_size
    match MediaKind.of_mime(mime):
        case MediaKind.IMAGE:
            from adapters.media_files.pictures import size_of  # noqa: PLC0415 - half a second that many processes never need

            width, height = size_of(file.path)
            return MediaFacts(mime=mime, size_bytes=size_bytes, width=width, height=height)
        case MediaKind.VIDEO | MediaKind.AUDIO:
            from adapters.media_files.streams import stream_facts  # noqa: PLC0415 - as above

            facts = stream_facts(file.path, mime, size_bytes)
            # a decoder takes any text for a film of one frame by a name's ending
            return facts if stated != UNKNOWN or facts.seconds else evolve(facts, mime=UNKNOWN)
        case _:
            return MediaFacts(mime=mime, size_bytes=size_bytes)


def _convert(file: MediaFile, plan: FitPlan, copy: Path) -> None:
    match MediaKind.of_mime(plan.mime):
        case MediaKind.IMAGE:
            from adapters.media_files.pictures import convert  # noqa: PLC0415 - as above

            convert(file.path, plan, copy)
        case MediaKind.VIDEO:
            from adapters.media_files.pictures import film  # noqa: PLC0415 - as above

            film(file.path, copy)
        case _:
            from adapters.media_files.streams import convert_sound  # noqa: PLC0415 - as above

            convert_sound(file.path, plan.mime, copy)
