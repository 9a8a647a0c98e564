"""Port: makes the media."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from attrs import field, frozen

from domain.failure import Failure
from domain.generation import Result, TaskId
from domain.media import MediaFile
from domain.model import Model


@frozen(kw_only=True)
class Submission:
    """One create request. ``input`` is normalised and holds URLs only; ``callback_url`` is called when the task ends."""

    model: Model
    input: Mapping[str, object] = field(repr=False)
    callback_url: str | None = field(default=None, repr=False)


@frozen(kw_only=True)
class TaskRunning:
    """Not at its end yet, or not visible yet just after its creation."""


@frozen(kw_only=True)
class TaskSucceeded:
    """The end, with at least one result. ``credits`` and ``run_time_s`` (seconds) where the provider says."""

    results: tuple[Result, ...]
    credits: float | None = None
    run_time_s: float | None = None


@frozen(kw_only=True)
class TaskFailed:
    """The end, without a result."""

    failure: Failure


TaskReport = TaskRunning | TaskSucceeded | TaskFailed


class MediaProvider(Protocol):
    """One account at the provider. Creates tasks, reads them, keeps uploads. Every call ends within a bounded time."""

    async def submit(self, submission: Submission, /) -> TaskId:
        """Start one task. Not idempotent: two calls cost two tasks, so nothing in here repeats the request.

        Raises:
            ProviderRejected: nothing started, and repeating will not help.
            ProviderUnavailable: nothing started; a later retry is safe.
            ProviderOutcomeUnknown: it may have started.
        """
        ...

    async def look_up(self, model: Model, task_id: TaskId, /, *, submitted_at: datetime) -> TaskReport:
        """Read a task. Safe to repeat, and repeated inside for passing faults.

        ``submitted_at`` (aware UTC): for 90 s after it a task that can't be found counts as running; later it has
        failed. A task whose result can't be read has failed; that never raises.

        Raises:
            ProviderRejected: the provider refuses us altogether (a wrong key …), which says nothing about the task.
            ProviderUnavailable: no answer this time; ask again later.
        """
        ...

    async def upload(self, file: MediaFile, /) -> str:
        """Keep the bytes where the provider can fetch them; gives the URL (good for 24 h at most).

        Raises:
            ProviderRejected: the file is refused.
            ProviderUnavailable: try again later. Uploads are free, so they are repeated inside for passing faults.
        """
        ...

    async def credits(self) -> float:
        """Credits left on the account.

        Raises:
            ProviderRejected: a wrong key …
            ProviderUnavailable: no answer this time.
        """
        ...

    async def download_link(self, url: str, /) -> str:
        """A link to a file of the provider's that works without a key for about 20 minutes.

        Raises:
            ProviderRejected: not a file of the provider's.
            ProviderUnavailable: no answer this time.
        """
        ...
