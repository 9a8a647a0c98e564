"""Which URLs name a file of our own, and whether a parameter takes that file."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from attrs import define, field, frozen

from .account import KieAccount
from .answers import KieRefusal
from .mime import BY_EXTENSION, canonical
from .results import TaskResults
from .shelf import FileShelf
from .tasks import KieTask

UPLOADS: Final = "/files/"
RESULTS: Final = "/results/"
_NOT_SUPPORTED: Final = "File type not supported"


@frozen(kw_only=True)
class UploadedFile:
    """A file that a client brought."""

    key: str
    mime: str
    size_bytes: int


@frozen(kw_only=True)
class ResultFile:
    """A file that a finished task hands out; it is made when first fetched."""

    task: KieTask
    name: str

    @property
    def mime(self) -> str:
        """The type that the name promises."""
        return BY_EXTENSION[self.name.rpartition(".")[2]]


@define(kw_only=True)
class OwnFiles:
    """Finds uploads and results by URL.

    Attributes:
        origins: scheme and host of every client request so far: the names under which we are known.
    """

    account: KieAccount
    results: TaskResults
    uploads: FileShelf
    origins: set[str] = field(factory=set, init=False)

    def find(self, url: str) -> UploadedFile | ResultFile | None:
        """Return what the URL names, or None when it is not our own or gone."""
        try:
            parts = urlsplit(url)
        except ValueError:
            return None
        if f"{parts.scheme}://{parts.netloc}" not in self.origins:
            return None
        path = unquote(parts.path)
        if path.startswith(UPLOADS):
            return self._find_upload(path.removeprefix(UPLOADS))
        if path.startswith(RESULTS):
            task_id, _, name = path.removeprefix(RESULTS).partition("/")
            return self.find_result(task_id, name)
        return None

    def find_result(self, task_id: str, name: str) -> ResultFile | None:
        """Return a file of a task that has succeeded."""
        task = self.account.tasks.get(task_id)
        now = self.account.clock()
        if task is None or task.state(now) != "success" or task.orders.gone:
            return None
        if now > task.ends_at + self.account.options.result_life_s:
            return None
        return ResultFile(task=task, name=name) if name in self.results.file_names(task) else None

    def _find_upload(self, key: str) -> UploadedFile | None:
        stored = self.uploads.find(key)
        return UploadedFile(key=key, mime=stored.mime, size_bytes=stored.size_bytes) if stored else None


@frozen
class MediaCheck:
    """Refuses a URL that KIE could not fetch or whose file the parameter does not take."""

    _files: OwnFiles

    def __call__(self, url: str, parameter: Mapping[str, Any]) -> None:
        """Check one URL of a media parameter.

        Raises:
            KieRefusal: 422 for a file that is not our own, 500 "File type not supported" for the wrong kind.
        """
        options = self._files.account.options
        file = self._files.find(url)
        if file is None:
            if options.own_files_only and urlsplit(url).hostname not in options.allowed_media_hosts:
                raise KieRefusal(422, "The file could not be fetched from its url")
            return
        if options.check_media:
            _check_type(file.mime, parameter)
            if isinstance(file, UploadedFile):
                _check_size(file.size_bytes, parameter)


def _check_type(mime: str, parameter: Mapping[str, Any]) -> None:
    mime = canonical(mime)
    accepted = {canonical(name) for name in parameter.get("accepted", ())}
    if accepted and mime not in accepted:
        raise KieRefusal(500, _NOT_SUPPORTED)
    if not accepted and mime.partition("/")[0] != parameter.get("media"):
        raise KieRefusal(500, _NOT_SUPPORTED)


def _check_size(size_bytes: int, parameter: Mapping[str, Any]) -> None:
    limit_mb = parameter.get("max_file_mb")
    if limit_mb is not None and size_bytes > limit_mb * 1024 * 1024:
        raise KieRefusal(422, f"The file is larger than {limit_mb} MB")
