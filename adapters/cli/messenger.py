"""The ``Messenger`` of the terminal: progress on stderr, results on stdout or in a folder."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Final, assert_never

import structlog
from attrs import field, frozen

from adapters.cli.progress import ProgressLine
from adapters.cli.saving import save_result
from adapters.cli.terminal import Terminal
from application.ports.messenger import (
    Deliverable,
    Delivering,
    DeliveryTrouble,
    OutcomeUnknown,
    Progress,
    Queued,
    Running,
    Uploading,
)
from domain.generation import Destination, Generation, GenerationId, Receipt

log = structlog.get_logger(__name__)

LARGEST_SAVED_BYTES: Final = 2 * 1024**3
THE_TERMINAL: Final = "terminal"
"""There is one message to edit, and this is its id."""


@frozen
class CliMessenger:
    """Tells one person at a terminal. ``concluded`` lets a command wait for the last word.

    Without ``save_to`` no file is wanted, only its link. ``answers`` False: neither results nor failures are reported as
    they come, since the command says everything at the end (a JSON object, a table).
    """

    _terminal: Terminal
    _progress: ProgressLine
    _save_to: Path | None = field(default=None, kw_only=True)
    _answers: bool = field(default=True, kw_only=True)
    _ends: dict[GenerationId, "asyncio.Future[Generation]"] = field(factory=dict, init=False)
    saved: dict[tuple[GenerationId, int], Path] = field(factory=dict, init=False)

    def upload_limit_bytes(self, _destination: Destination, /) -> int:
        """0 where no file is wanted."""
        return LARGEST_SAVED_BYTES if self._save_to else 0

    async def show_progress(self, generation: Generation, progress: Progress, /) -> str | None:
        """Change the progress line. What was changed about a file stays above it."""
        for one in progress.fitted if isinstance(progress, Uploading) else ():
            self._progress.clear()
            self._terminal.tell_text("file-fitted", **one.values_of_text())
        self._progress.show(self._progress_text(generation, progress))
        return THE_TERMINAL

    async def deliver(self, generation: Generation, items: Sequence[Deliverable], /) -> Receipt:
        """Save and print. A result that can't be saved is printed as its link: it is not lost."""
        for item in items:
            path = await self._save(generation, item)
            if self._answers:
                self._progress.clear()
                self._terminal.put(str(path or item.result.url or item.result.text))
        return Receipt(indexes=tuple(item.index for item in items), message=THE_TERMINAL)

    def batches(self, generation: Generation, /) -> Sequence[Sequence[int]]:
        """One by one: a line each."""
        return [(index,) for index in generation.undelivered]

    async def conclude(self, generation: Generation, /) -> None:
        """Take the progress line away, say what went wrong, and let anyone who waits go on."""
        self._progress.clear()
        if generation.failure and self._answers:
            self._terminal.tell(self._terminal.words.failure(generation.failure))
        end = self._end(generation.id)
        if not end.done():
            end.set_result(generation)

    async def concluded(self, generation_id: GenerationId, /) -> Generation:
        """Wait for the last word about this generation."""
        return await asyncio.shield(self._end(generation_id))

    def clear_progress(self) -> None:
        """No one watches any more."""
        self._progress.clear()

    def _end(self, generation_id: GenerationId) -> "asyncio.Future[Generation]":
        return self._ends.setdefault(generation_id, asyncio.get_running_loop().create_future())

    async def _save(self, generation: Generation, item: Deliverable) -> Path | None:
        if not self._save_to or (item.file is None and item.result.text is None):
            return None
        try:
            path = await asyncio.to_thread(save_result, self._save_to, generation, item.index, item.file)
        except OSError as error:
            log.warning("result.not_saved", generation_id=generation.id, index=item.index, reason=error.strerror)
            return None
        self.saved[generation.id, item.index] = path
        return path

    def _progress_text(self, generation: Generation, progress: Progress) -> str:
        words, model = self._terminal.words, generation.model_id
        match progress:
            case Queued(place=place):
                return words("cli-queued", model=model, place=place)
            case Uploading():
                return words("cli-uploading", model=model)
            case Running(elapsed_s=elapsed, usual_s=None):
                return words("cli-running", model=model, elapsed=round(elapsed))
            case Running(elapsed_s=elapsed, usual_s=usual):
                return words("cli-running-usually", model=model, elapsed=round(elapsed), usual=round(usual or 0))
            case OutcomeUnknown():
                return words("cli-outcome-unknown", model=model)
            case Delivering(trouble=trouble, retry_s=retry_s):
                key = "cli-delivering-file" if trouble is DeliveryTrouble.FILE else "cli-delivering-chat"
                return words(key, model=model, seconds=round(retry_s))
            case _:
                assert_never(progress)
