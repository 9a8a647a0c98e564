"""What a finished task hands out: which files it has, and the JSON that names them.

The shapes are those of the recordings and of the newest documents; a family is told by registry facts.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from attrs import frozen

from .tasks import Task

_COUNT_NAMES: Final = ("num_images", "n", "max_images")
_MOST_FILES: Final = 6
_IMAGE_EXTENSIONS: Final = {"jpeg": "jpg", "jpg": "jpg", "png": "png", "webp": "webp"}
_EXTENSIONS: Final = {"image": "png", "video": "mp4", "audio": "mp3"}
_LAYERS: Final = ("base.png", "layer1.png", "layer2.png")
# Midjourney answers a text with a grid of four.
_FILES_PER_STATUS_PATH: Final = {"/api/v1/mj/record-info": 4}

Url = Callable[[str], str]
Shape = Callable[[Task, Url, tuple[str, ...]], dict[str, Any]]


@frozen(kw_only=True)
class Results:
    """The results of finished tasks, computed and not stored."""

    registry: Mapping[str, Mapping[str, Any]]

    def file_names(self, task: Task) -> tuple[str, ...]:
        """Names of the files under `/results/<task id>/`."""
        if task.orders.empty:
            return ()
        return _file_names(task, self.registry[task.model])

    def urls(self, task: Task) -> list[str]:
        """Addresses of all files of the task."""
        url = _url(task)
        return [url(name) for name in self.file_names(task)]

    def content(self, task: Task) -> dict[str, Any]:
        """Return the object that `resultJson` holds as text."""
        if task.orders.empty:
            return {}
        shape = _shape(task.model, self.registry[task.model])
        return shape(task, _url(task), self.file_names(task))


def _url(task: Task) -> Url:
    return lambda name: f"{task.origin}/results/{task.id}/{name}"


def _urls(_task: Task, url: Url, names: tuple[str, ...]) -> dict[str, Any]:
    return {"resultUrls": [url(name) for name in names]}


def _layers(_task: Task, url: Url, names: tuple[str, ...]) -> dict[str, Any]:
    base, *layers = (url(name) for name in names)
    return {"baseImage": base, "layers": [{"index": i, "imageUrl": layer} for i, layer in enumerate(layers, 1)]}


def _tracks(task: Task, url: Url, names: tuple[str, ...]) -> dict[str, Any]:
    title = str(task.input.get("title") or "Song")
    return {
        "data": [
            {
                "id": f"{task.id[:8]}-{i}",
                "audio_url": url(f"{i}.mp3"),
                "stream_audio_url": url(f"{i}.mp3"),
                "image_url": url(f"cover{i}.png"),
                "title": title,
                "tags": str(task.input.get("style") or "simulated"),
                "duration": 4.0,
            }
            for i in range(len(names) // 2)
        ]
    }


def _transcript(_task: Task, _url: Url, _names: tuple[str, ...]) -> dict[str, Any]:
    text = "This is what the simulator heard."
    words = [
        {"text": word, "start": i * 0.4, "end": i * 0.4 + 0.35, "type": "word", "speaker_id": "speaker_0"}
        for i, word in enumerate(text.split())
    ]
    return {"resultObject": {"language_code": "eng", "language_probability": 0.98, "text": text, "words": words}}


def _segments(_task: Task, _url: Url, _names: tuple[str, ...]) -> dict[str, Any]:
    labels = ("background", "subject", "foreground")
    segments = [{"index": i, "label": label, "box": [i * 10, 0, 90, 100]} for i, label in enumerate(labels)]
    return {"resultObject": {"segments": segments}}


def _detection(_task: Task, _url: Url, _names: tuple[str, ...]) -> dict[str, Any]:
    return {"resultObject": {"status": 1, "detected": True, "boxes": [[12, 8, 88, 96]]}}


def _character(task: Task, _url: Url, _names: tuple[str, ...]) -> dict[str, Any]:
    return {"resultObject": {"character_id": f"character_{task.id[:12]}"}}


# First match decides: (registry field or "id", text that its value contains, shape).
_SHAPES: Final[tuple[tuple[str, str, Shape], ...]] = (
    ("id", "layer-decomposition", _layers),
    ("id", "segment-map", _segments),
    ("model_type", "image_analysis", _detection),
    ("model_type", "speech_to_text", _transcript),
    ("model_type", "character_creation", _character),
    ("vendor", "Suno", _tracks),
    ("id", "", _urls),
)


def _shape(model_id: str, model: Mapping[str, Any]) -> Shape:
    facts = {"id": model_id, **model}
    return next(shape for fact, part, shape in _SHAPES if part in facts[fact])


def _file_names(task: Task, model: Mapping[str, Any]) -> tuple[str, ...]:
    shape = _shape(task.model, model)
    if shape is _layers:
        return _LAYERS
    if shape is _tracks:
        return ("0.mp3", "cover0.png", "1.mp3", "cover1.png")
    if shape is not _urls:
        return ()
    extension = _extension(task, model)
    return tuple(f"{index}.{extension}" for index in range(_count(task)))


def _count(task: Task) -> int:
    asked = [int(task.input[name]) for name in _COUNT_NAMES if name in task.input]
    default = _FILES_PER_STATUS_PATH.get(task.status_path, 1)
    return max(1, min(asked[0] if asked else default, _MOST_FILES))


def _extension(task: Task, model: Mapping[str, Any]) -> str:
    kind = "video" if "video" in str(task.input.get("taskType", "")) else model["output"]
    wanted = task.input.get("output_format", model["input"].get("output_format", {}).get("default"))
    if kind == "image":
        return _IMAGE_EXTENSIONS.get(str(wanted), "png")
    if kind == "audio" and str(wanted).startswith(("pcm", "ulaw", "alaw")):
        return "wav"
    return _EXTENSIONS[kind]
