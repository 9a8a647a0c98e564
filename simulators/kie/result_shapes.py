"""The JSON of a finished task, shape by shape: those of recordings, and of the newest documents."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from .tasks import KieTask

SONG_ID_HEAD: Final = 8
"""A song's id begins with so many letters of the id of the task that made it."""

Url = Callable[[str], str]
Shape = Callable[[KieTask, Url, tuple[str, ...]], dict[str, Any]]

_WORDS: Final = "This is what the simulator heard."


def shape_of(model_id: str, model: Mapping[str, Any]) -> Shape:
    """Return how results of this model are named; the first match decides."""
    if "result" in model:
        return _BY_NAME[model["result"]]
    facts = {"id": model_id, **model}
    return next(shape for fact, part, shape in _SHAPES if part in facts[fact])


def urls(_task: KieTask, url: Url, names: tuple[str, ...]) -> dict[str, Any]:
    """`resultUrls`, with the last frame beside it where the input asks for it."""
    content: dict[str, Any] = {"resultUrls": [url(name) for name in names if name != LAST_FRAME]}
    return content | ({"lastFrameUrl": url(LAST_FRAME)} if LAST_FRAME in names else {})


LAST_FRAME: Final = "last_frame.png"


def layers(_task: KieTask, url: Url, names: tuple[str, ...]) -> dict[str, Any]:
    """The base picture and what was taken out of it."""
    base, *others = (url(name) for name in names)
    return {"baseImage": base, "layers": [{"index": i, "imageUrl": layer} for i, layer in enumerate(others, 1)]}


def songs(task: KieTask, url: Url, names: tuple[str, ...]) -> dict[str, Any]:
    """Songs with ids, titles and covers."""
    title = str(task.input.get("title") or "Simulated song")
    return {
        "data": [
            {
                "id": f"{task.id[:SONG_ID_HEAD]}-{i}",
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


def stems(task: KieTask, url: Url, names: tuple[str, ...]) -> dict[str, Any]:
    """Separated tracks, each with an id that a later job may name."""
    ids = [{"id": f"{task.id[:SONG_ID_HEAD]}-{i}", "audio_url": url(name)} for i, name in enumerate(names)]
    return {"resultUrls": [url(name) for name in names], "originData": ids}


def _lyrics(task: KieTask, _url: Url, _names: tuple[str, ...]) -> dict[str, Any]:
    about = str(task.input.get("prompt") or "nothing")
    verses = [
        {"title": f"Simulated song {i}", "text": f"[Verse]\nSimulated words about {about}", "status": "complete"}
        for i in (1, 2)
    ]
    return {"resultObject": {"lyricsData": verses}}


def _transcript(_task: KieTask, _url: Url, _names: tuple[str, ...]) -> dict[str, Any]:
    words = [
        {"text": word, "start": i * 0.4, "end": i * 0.4 + 0.35, "type": "word", "speaker_id": "speaker_0"}
        for i, word in enumerate(_WORDS.split())
    ]
    return {"resultObject": {"language_code": "eng", "language_probability": 0.98, "text": _WORDS, "words": words}}


def _timed_lyrics(_task: KieTask, _url: Url, _names: tuple[str, ...]) -> dict[str, Any]:
    words = [{"word": word, "startS": i * 0.4, "endS": i * 0.4 + 0.35} for i, word in enumerate(_WORDS.split())]
    return {"resultObject": {"alignedWords": words}}


def _text(task: KieTask, _url: Url, _names: tuple[str, ...]) -> dict[str, Any]:
    return {"resultObject": {"text": f"Simulated, and more so: {task.input.get('content') or 'a style'}"}}


def _notes(_task: KieTask, _url: Url, _names: tuple[str, ...]) -> dict[str, Any]:
    notes = [{"pitch": pitch, "start": i * 0.5, "end": i * 0.5 + 0.4} for i, pitch in enumerate((57, 60, 62, 64))]
    return {"resultObject": {"instruments": [{"name": "Simulated piano", "notes": notes}]}}


def _persona(task: KieTask, _url: Url, _names: tuple[str, ...]) -> dict[str, Any]:
    return {"resultObject": {"personaId": f"persona_{task.id[:12]}", "name": "Simulated persona"}}


def _phrase(_task: KieTask, _url: Url, _names: tuple[str, ...]) -> dict[str, Any]:
    return {"resultObject": {"validateInfo": "Read these simulated words aloud."}}


def _voice(task: KieTask, _url: Url, _names: tuple[str, ...]) -> dict[str, Any]:
    return {"resultObject": {"voiceId": f"voice_{task.id[:12]}", "isAvailable": True}}


def _segments(_task: KieTask, _url: Url, _names: tuple[str, ...]) -> dict[str, Any]:
    labels = ("background", "subject", "foreground")
    return {
        "resultObject": {
            "segments": [{"index": i, "label": label, "box": [i * 10, 0, 90, 100]} for i, label in enumerate(labels)]
        }
    }


def _detection(_task: KieTask, _url: Url, _names: tuple[str, ...]) -> dict[str, Any]:
    return {"resultObject": {"status": 1, "detected": True, "boxes": [[12, 8, 88, 96]]}}


def _character(task: KieTask, _url: Url, _names: tuple[str, ...]) -> dict[str, Any]:
    return {"resultObject": {"character_id": f"character_{task.id[:12]}"}}


_BY_NAME: Final[Mapping[str, Shape]] = {
    "resultUrls": urls,
    "songs": songs,
    "stems": stems,
    "lyrics": _lyrics,
    "timed_lyrics": _timed_lyrics,
    "text": _text,
    "resultObject": _notes,
    "persona": _persona,
    "phrase": _phrase,
    "voice": _voice,
}
# (fact or "id", text that its value contains, shape): the first match decides.
_SHAPES: Final[tuple[tuple[str, str, Shape], ...]] = (
    ("id", "layer-decomposition", layers),
    ("id", "segment-map", _segments),
    ("model_type", "image_analysis", _detection),
    ("model_type", "speech_to_text", _transcript),
    ("model_type", "character_creation", _character),
    ("vendor", "Suno", songs),
    ("id", "", urls),
)
