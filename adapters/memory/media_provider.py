"""A media provider without a network: tasks end by the clock, with the outcome a test wrote down."""

from collections import deque
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import count
from types import MappingProxyType

from attrs import evolve, frozen

from adapters.memory.trouble import Script
from application.errors import ProviderRejected
from application.ports.clock import Clock
from application.ports.media_provider import Submission, TaskFailed, TaskReport, TaskRunning, TaskSucceeded
from domain.failure import Charged, Failure, FailureKind
from domain.generation import Result, TaskId
from domain.media import MediaFile, MediaKind
from domain.model import Model
from domain.reference_set import CharacterId

NOT_VISIBLE_YET = timedelta(seconds=90)
EXTENSIONS: Mapping[MediaKind, str] = MappingProxyType(
    {MediaKind.IMAGE: "png", MediaKind.VIDEO: "mp4", MediaKind.AUDIO: "mp3", MediaKind.FILE: "bin"}
)


@frozen(kw_only=True)
class MemoryTask:
    """One task: what was asked for, when it ends and how."""

    id: TaskId
    submission: Submission
    ends_at: float
    end: TaskSucceeded | TaskFailed


class InMemoryProvider:
    """``MediaProvider`` and ``CharacterMaker`` for tests of what uses one.

    ``run_time_s`` is how long each new task takes. ``outcomes`` are the ends of the next accepted tasks; when they
    run out, a task succeeds with one result of its model's kind. ``tasks`` holds every accepted task, oldest first,
    ``uploads`` every kept file by its URL. ``on_…`` are the scripts of trouble, one a method.
    """

    def __init__(self, clock: Clock, *, run_time_s: float = 8.0, credits: float = 1000.0) -> None:  # noqa: A002 - the field's word
        self._clock = clock
        self._numbers = count(1)
        self.run_time_s = run_time_s
        self.credits_left = credits
        self.outcomes: deque[TaskSucceeded | TaskFailed] = deque()
        self.tasks: dict[TaskId, MemoryTask] = {}
        self.uploads: dict[str, bytes] = {}
        self.characters: dict[CharacterId, tuple[str, tuple[str, ...]]] = {}
        self.on_make_character = Script(clock)
        self.on_submit = Script(clock)
        self.on_look_up = Script(clock)
        self.on_upload = Script(clock)
        self.on_credits = Script(clock)
        self.on_download_link = Script(clock)

    async def submit(self, submission: Submission, /) -> TaskId:
        async with self.on_submit.around():
            task = self._accept(submission)
        return task.id

    async def look_up(self, _model: Model, task_id: TaskId, /, *, submitted_at: datetime) -> TaskReport:
        async with self.on_look_up.around():
            task = self.tasks.get(task_id)
        if task is None:
            return self._missing(submitted_at)
        return task.end if self._clock.monotonic() >= task.ends_at else TaskRunning()

    async def upload(self, file: MediaFile, /) -> str:
        async with self.on_upload.around():
            url = f"https://uploads.example/{next(self._numbers)}/{file.name}"
            self.uploads[url] = file.path.read_bytes()
        return url

    async def make_character(self, name: str, pictures: Sequence[str], /) -> CharacterId:
        async with self.on_make_character.around():
            if not set(pictures) <= self.uploads.keys():
                raise ProviderRejected(Failure(kind=FailureKind.FILE_UNREACHABLE, provider_code="451"))
            character = CharacterId(f"character{next(self._numbers)}")
            self.characters[character] = (name, tuple(pictures))
        return character

    async def credits(self) -> float:
        async with self.on_credits.around():
            pass
        return self.credits_left

    async def download_link(self, url: str, /) -> str:
        async with self.on_download_link.around():
            if not url.startswith(("https://results.example/", "https://uploads.example/")):
                raise ProviderRejected(Failure(kind=FailureKind.INPUT_REJECTED, provider_code="422"))
        return f"{url}?key=20-minutes"

    def end_now(self, task_id: TaskId) -> None:
        """The task is at its end, whatever the clock says."""
        self.tasks[task_id] = evolve(self.tasks[task_id], ends_at=self._clock.monotonic())

    def _accept(self, submission: Submission) -> MemoryTask:
        task_id = TaskId(f"task{next(self._numbers):028}")
        task = MemoryTask(
            id=task_id,
            submission=submission,
            ends_at=self._clock.monotonic() + self.run_time_s,
            end=self.outcomes.popleft() if self.outcomes else _success(task_id, submission.model),
        )
        self.tasks[task_id] = task
        return task

    def _missing(self, submitted_at: datetime) -> TaskReport:
        if self._clock.now() - submitted_at < NOT_VISIBLE_YET:
            return TaskRunning()
        return TaskFailed(
            failure=Failure(kind=FailureKind.GENERATION_FAILED, charged=Charged.UNKNOWN, provider_code="404")
        )


def _success(task_id: TaskId, model: Model) -> TaskSucceeded:
    if model.output is MediaKind.TEXT:
        return TaskSucceeded(results=(Result(kind=MediaKind.TEXT, text=f"text of {task_id}"),))
    url = f"https://results.example/{task_id}.{EXTENSIONS[model.output]}"
    return TaskSucceeded(results=(Result(kind=model.output, url=url),))
