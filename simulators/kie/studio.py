"""Makes the files of results when someone first asks for them, one at a time and off the event loop."""

import asyncio
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import structlog
from attrs import define, field
from PIL import Image, ImageOps

from .films import film_scene, first_frame, write_film
from .own_files import OwnFiles, ResultFile, UploadedFile
from .pictures import Scene, Treatment, draw_picture
from .shelf import FileShelf, ShelvedFile
from .sounds import write_sound
from .tasks import KieTask

log = structlog.get_logger(__name__)

_SHAPE_NAMES: Final = ("aspect_ratio", "aspectRatio", "image_size", "ratio", "size")
_SIZE_NAMES: Final = ("resolution", "image_resolution", "quality", "size")
_TEXT_NAMES: Final = ("prompt", "text", "lyrics", "title")
_NAMED_SHAPES: Final = {"landscape": (16, 9), "portrait": (9, 16), "square": (1, 1)}
_SIDES: Final = {"4k": 2048, "2k": 1536}
_PIL_FORMATS: Final = {"png": "PNG", "jpg": "JPEG", "webp": "WEBP"}
# A source that was itself made from a source, and so on: enough to look real, and an end to it.
_MAX_DEPTH: Final = 3


@define(kw_only=True)
class Studio:
    """Renders into `rendered`, which forgets the least recently wanted."""

    registry: Mapping[str, Mapping[str, Any]]
    files: OwnFiles
    uploads: FileShelf
    rendered: FileShelf
    _one_at_a_time: asyncio.Lock = field(factory=asyncio.Lock, init=False)

    async def deliver(self, file: ResultFile) -> ShelvedFile:
        """Return the file on disk, made now if need be."""
        stored = self.rendered.find(_key(file))
        if stored is not None:
            return stored
        async with self._one_at_a_time:
            return await asyncio.to_thread(self._render, file, 0)

    def _render(self, file: ResultFile, depth: int) -> ShelvedFile:
        key = _key(file)
        stored = self.rendered.find(key)
        if stored is not None:
            return stored
        draft = self.rendered.draft(key)
        extension = file.name.rpartition(".")[2]
        if extension in _PIL_FORMATS:
            draw_picture(self._scene(file, depth)).save(draft, _PIL_FORMATS[extension])
        elif extension == "mp4":
            write_film(draft, film_scene(self._scene(file, depth)))
        else:
            write_sound(draft, extension, self._seed(file))
        _pad(draft, file.task.orders.big_mb)
        log.debug("simulator.result_rendered", task_id=file.task.id, file=file.name)
        return self.rendered.keep(key, file.mime)

    def _scene(self, file: ResultFile, depth: int) -> Scene:
        task, model = file.task, self.registry[file.task.model]
        source = self._source(task, depth)
        return Scene(
            words=_words(task, model),
            caption=f"Simulated picture · {task.model}"
            if model["output"] == "image"
            else f"Simulated film · {task.model}",
            seed=self._seed(file),
            size=_size(task, model, source, default_side=self.files.account.options.picture_side),
            treatment=_treatment(file, model),
            source=source,
            factor=int(task.input.get("upscale_factor", 2)),
        )

    def _seed(self, file: ResultFile) -> str:
        task = file.task
        return f"{_words(task, self.registry[task.model])}|{task.input.get('seed')}|{file.name}"

    def _source(self, task: KieTask, depth: int) -> Image.Image | None:
        """The first picture, or film's first frame, among the files that the input names."""
        if depth >= _MAX_DEPTH:
            return None
        for file in self._named_files(task.input):
            kind = file.mime.partition("/")[0]
            path = self._path(file, depth)
            picture = _READERS[kind](path) if path and kind in _READERS else None
            if picture is not None:
                return picture
        return None

    def _path(self, file: UploadedFile | ResultFile, depth: int) -> Path | None:
        if isinstance(file, ResultFile):
            return self._render(file, depth + 1).path
        stored = self.uploads.find(file.key)
        return stored.path if stored else None

    def _named_files(self, value: object) -> Iterator[UploadedFile | ResultFile]:
        match value:
            case str() if value.startswith("http"):
                found = self.files.find(value)
                if found is not None:
                    yield found
            case str() if value in self.files.account.tasks:
                earlier = self.files.account.tasks[value]
                for name in self.files.results.file_names(earlier)[:1]:
                    result = self.files.find_result(earlier.id, name)
                    if result is not None:
                        yield result
            case Mapping():
                for nested in value.values():
                    yield from self._named_files(nested)
            case list():
                for nested in value:
                    yield from self._named_files(nested)


def _open_picture(path: Path) -> Image.Image | None:
    try:
        return ImageOps.exif_transpose(Image.open(path))
    except (OSError, ValueError, Image.DecompressionBombError):
        return None


_READERS: Final = {"image": _open_picture, "video": first_frame}


def _key(file: ResultFile) -> str:
    return f"{file.task.id}/{file.name}"


def _words(task: KieTask, model: Mapping[str, Any]) -> str:
    texts = (task.input.get(name) for name in _TEXT_NAMES)
    return next((text for text in texts if isinstance(text, str) and text.strip()), model["title"])


def _treatment(file: ResultFile, model: Mapping[str, Any]) -> Treatment:
    if file.name.startswith("layer"):
        return "layer"
    if model["model_type"] == "upscale":
        return "enlarge"
    # The remover of backgrounds takes a picture and nothing else; the id is the only sign of it.
    if "background" in file.task.model and "prompt" not in model["input"]:
        return "cut_out"
    return "tint" if model["output"] == "image" else "paint"


def _size(task: KieTask, model: Mapping[str, Any], source: Image.Image | None, *, default_side: int) -> tuple[int, int]:
    width, height = _shape(task.input) or (source.size if source else (16, 9) if model["output"] == "video" else (1, 1))
    sides = (_SIDES.get(str(task.input.get(name)).lower()) for name in _SIZE_NAMES)
    longest = next((side for side in sides if side), default_side)
    scale = longest / max(width, height)
    return max(16, round(width * scale)), max(16, round(height * scale))


def _shape(given: Mapping[str, Any]) -> tuple[int, int] | None:
    for name in _SHAPE_NAMES:
        text = str(given.get(name, ""))
        word = text.partition("_")[0]
        numbers = re.search(r"(\d+)[:_](\d+)", text)
        if numbers:
            width, height = int(numbers[1]), int(numbers[2])
            return (height, width) if word == "portrait" and width > height else (width, height)
        if word in _NAMED_SHAPES:
            return _NAMED_SHAPES[word]
    return None


def _pad(path: Path, big_mb: int) -> None:
    """Make the file as long as ordered with zeros that take no room; players do not mind the end."""
    if big_mb:
        with path.open("r+b") as file:
            file.truncate(max(big_mb * 1024 * 1024, path.stat().st_size))
