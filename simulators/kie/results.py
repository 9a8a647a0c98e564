"""What a finished task hands out: which files it has, and the JSON that names them."""

from collections.abc import Mapping
from typing import Any, Final

from attrs import frozen

from .conditions import Given
from .result_shapes import LAST_FRAME, Url, layers, shape_of, songs, stems, urls
from .tasks import KieTask

_COUNT_NAMES: Final = ("num_images", "n", "max_images")
_MOST_FILES: Final = 6
_IMAGE_EXTENSIONS: Final = {"jpeg": "jpg", "jpg": "jpg", "png": "png", "webp": "webp"}
_EXTENSIONS: Final = {"image": "png", "video": "mp4", "audio": "mp3"}
_LAYERS: Final = ("base.png", "layer1.png", "layer2.png")
_SONGS: Final = ("0.mp3", "cover0.png", "1.mp3", "cover1.png")
_STEMS: Final = ("vocals.mp3", "instrumental.mp3")
# Midjourney answers a text with a grid of four.
_FILES_PER_CREATE_PATH: Final = {"/api/v1/mj/generate": 4}


@frozen(kw_only=True)
class TaskResults:
    """The results of finished tasks, computed and not stored."""

    registry: Mapping[str, Mapping[str, Any]]

    def count(self, model_id: str, given: Given) -> int:
        """Return how many files an input makes."""
        return len(_file_names(model_id, self.registry[model_id], given))

    def file_names(self, task: KieTask) -> tuple[str, ...]:
        """Names of the files under `/results/<task id>/`."""
        if task.orders.empty:
            return ()
        return _file_names(task.model, self.registry[task.model], task.input)

    def urls(self, task: KieTask) -> list[str]:
        """Addresses of all files of the task."""
        url = _url(task)
        return [url(name) for name in self.file_names(task)]

    def content(self, task: KieTask) -> dict[str, Any]:
        """Return the object that `resultJson` holds as text."""
        if task.orders.empty:
            return {}
        shape = shape_of(task.model, self.registry[task.model])
        return shape(task, _url(task), self.file_names(task))


def _url(task: KieTask) -> Url:
    return lambda name: f"{task.origin}/results/{task.id}/{name}"


def _file_names(model_id: str, model: Mapping[str, Any], given: Given) -> tuple[str, ...]:
    shape = shape_of(model_id, model)
    fixed = {layers: _LAYERS, songs: _SONGS, stems: _STEMS}
    if shape in fixed:
        return fixed[shape]
    if shape is not urls:
        return ()
    extension = _extension(given, model)
    names = tuple(f"{index}.{extension}" for index in range(_count(given, model)))
    return (*names, LAST_FRAME) if given.get("return_last_frame") is True else names


def _count(given: Given, model: Mapping[str, Any]) -> int:
    asked = [int(given[name]) for name in _COUNT_NAMES if name in given]
    default = _FILES_PER_CREATE_PATH.get(model.get("endpoint", {}).get("create", ""), 1)
    return max(1, min(asked[0] if asked else default, _MOST_FILES))


def _extension(given: Given, model: Mapping[str, Any]) -> str:
    kind = "video" if "video" in str(given.get("taskType", "")) else model["output"]
    wanted = given.get("output_format", model["input"].get("output_format", {}).get("default"))
    if kind == "image":
        return _IMAGE_EXTENSIONS.get(str(wanted), "png")
    if kind == "audio" and str(wanted).startswith(("pcm", "ulaw", "alaw", "wav")):
        return "wav"
    return _EXTENSIONS[kind]
