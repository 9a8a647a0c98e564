"""What people use models for, finer than a task type: a song is no sound effect, a cut-out no repainting. And what a model can do with which files."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Final

from attrs import frozen

from domain.media import MediaKind
from domain.model import WORKS_ON, Model, ModelType, Parameter, ParameterType

_T = ModelType
_IMAGE, _VIDEO, _AUDIO = MediaKind.IMAGE, MediaKind.VIDEO, MediaKind.AUDIO
UNBOUNDED: Final = 16
"""How many files a list without a known limit is taken to hold."""
MASK_WORDS: Final = ("mask",)
"""Names of parameters whose picture marks a part of another one; a person who sends a photo does not mean it."""
_PICTURE_MAKERS: Final = frozenset({ModelType.TEXT_TO_IMAGE, ModelType.IMAGE_TO_IMAGE, ModelType.IMAGE_EDIT})
_FILM_MAKERS: Final = frozenset({ModelType.TEXT_TO_VIDEO, ModelType.IMAGE_TO_VIDEO})
_TALKERS: Final = frozenset({ModelType.LIP_SYNC, ModelType.SPEECH_TO_VIDEO})


class Use(StrEnum):
    """What a wish is for."""

    PICTURE = "text_to_image"
    IMAGE_EDIT = "image_edit"
    REMOVE_BACKGROUND = "remove_background"
    LAYERS = "layers"
    IMAGE_UPSCALE = "image_upscale"
    OUTPAINT = "outpaint"
    DESCRIBE_PICTURE = "describe_picture"
    SEGMENT_PICTURE = "segment_picture"
    FILM = "text_to_video"
    ANIMATE = "image_to_video"
    SPOKEN_PICTURE = "spoken_picture"
    VIDEO_EDIT = "video_edit"
    MOTION_TRANSFER = "motion_transfer"
    VIDEO_EXTEND = "video_extend"
    VIDEO_UPSCALE = "video_upscale"
    CHARACTER = "character"
    LIP_SYNC = "lip_sync"
    TALKING_HEAD = "talking_head"
    SPEECH = "speech"
    DIALOGUE = "dialogue"
    MUSIC = "music"
    LYRICS = "lyrics"
    SOUND_EFFECT = "sound_effect"
    AUDIO_CLEAN = "audio_clean"
    STEMS = "stems"
    AUDIO_REMIX = "audio_remix"
    TRANSCRIBE = "transcribe"


@frozen(kw_only=True)
class UseFacts:
    """``tasks`` do it, the best first; one of ``works_on`` has to be there, and files of no other kind than ``allows``.

    ``needs`` are the files without which the use makes no sense, whatever a model demands.
    """

    tasks: tuple[ModelType, ...]
    works_on: frozenset[MediaKind] = frozenset()
    allows: frozenset[MediaKind] = frozenset()
    needs: tuple[MediaKind, ...] = ()


def _facts(
    *tasks: ModelType,
    on: Collection[MediaKind] = (),
    also: Collection[MediaKind] = (),
    needs: tuple[MediaKind, ...] = (),
) -> UseFacts:
    return UseFacts(
        tasks=tasks, works_on=frozenset(on), allows=frozenset({*on, *also}), needs=needs or tuple(sorted(on))
    )


FACTS: Final[Mapping[Use, UseFacts]] = {
    Use.PICTURE: _facts(_T.TEXT_TO_IMAGE),
    Use.IMAGE_EDIT: _facts(_T.IMAGE_EDIT, _T.IMAGE_TO_IMAGE, on={_IMAGE}),
    Use.REMOVE_BACKGROUND: _facts(_T.IMAGE_EDIT, _T.IMAGE_TO_IMAGE, on={_IMAGE}),
    Use.LAYERS: _facts(_T.IMAGE_EDIT, on={_IMAGE}),
    Use.IMAGE_UPSCALE: _facts(_T.UPSCALE, _T.IMAGE_EDIT, on={_IMAGE}),
    Use.OUTPAINT: _facts(_T.OUTPAINT, _T.IMAGE_EDIT, _T.IMAGE_TO_IMAGE, on={_IMAGE}),
    Use.DESCRIBE_PICTURE: _facts(_T.IMAGE_ANALYSIS, on={_IMAGE}, also={_VIDEO}),
    Use.SEGMENT_PICTURE: _facts(_T.IMAGE_ANALYSIS, on={_IMAGE}),
    Use.FILM: _facts(_T.TEXT_TO_VIDEO),
    Use.ANIMATE: _facts(_T.IMAGE_TO_VIDEO, on={_IMAGE}),
    Use.SPOKEN_PICTURE: _facts(_T.IMAGE_TO_VIDEO, _T.LIP_SYNC, on={_IMAGE}),
    Use.VIDEO_EDIT: _facts(_T.VIDEO_EDITING, _T.VIDEO_TO_VIDEO, on={_VIDEO}, also={_IMAGE, _AUDIO}),
    Use.MOTION_TRANSFER: _facts(_T.VIDEO_TO_VIDEO, on={_VIDEO}, also={_IMAGE}),
    Use.VIDEO_EXTEND: _facts(_T.VIDEO_EXTEND, on={_VIDEO}),
    Use.VIDEO_UPSCALE: _facts(_T.VIDEO_UPSCALE, on={_VIDEO}),
    Use.CHARACTER: _facts(_T.CHARACTER_CREATION, on={_VIDEO}),
    Use.LIP_SYNC: _facts(_T.LIP_SYNC, on={_VIDEO}, also={_AUDIO}, needs=(_VIDEO, _AUDIO)),
    Use.TALKING_HEAD: _facts(_T.LIP_SYNC, _T.SPEECH_TO_VIDEO, on={_AUDIO}, also={_IMAGE}, needs=(_IMAGE, _AUDIO)),
    Use.SPEECH: _facts(_T.TEXT_TO_SPEECH),
    Use.DIALOGUE: _facts(_T.TEXT_TO_SPEECH),
    Use.MUSIC: _facts(_T.TEXT_TO_AUDIO, also={_IMAGE, _VIDEO}),
    Use.LYRICS: _facts(_T.TEXT_TO_TEXT),
    Use.SOUND_EFFECT: _facts(_T.TEXT_TO_AUDIO),
    Use.AUDIO_CLEAN: _facts(_T.AUDIO_TO_AUDIO, on={_AUDIO}),
    Use.STEMS: _facts(_T.AUDIO_TO_AUDIO, on={_AUDIO}),
    Use.AUDIO_REMIX: _facts(_T.AUDIO_TO_AUDIO, on={_AUDIO}),
    Use.TRANSCRIBE: _facts(_T.SPEECH_TO_TEXT, on={_AUDIO, _VIDEO}),
}
"""The tasks of each use, and the files that go with it."""


def fits_files(use: Use, kinds: Collection[MediaKind]) -> bool:
    """Whether these files leave the use possible. Without files every use is: the bot can ask for one."""
    facts = FACTS[use]
    if not kinds:
        return True
    present = set(kinds)
    return present <= facts.allows and (not facts.works_on or bool(present & facts.works_on))


def task_types(model: Model) -> frozenset[ModelType]:
    """Every task the model does, derived from its type, its output and the files it takes.

    A picture model that takes pictures also edits; a film model that takes a first frame or references also animates,
    and one that takes films also remakes them. A model without a prompt has one purpose and keeps to its own type.
    """
    return frozenset({model.type, *_pictures(model), *_films(model), *_talks(model)})


def file_room(model: Model) -> Mapping[MediaKind, int]:
    """How many files of each kind the model takes, masks aside.

    Pictures and voices inside of objects (elements of a scene) count only where the model's own type works on them.
    """
    room: dict[MediaKind, int] = {}
    for parameter, limit, is_nested in _places(model.parameters.values()):
        kind = parameter.media
        if kind is None or _is_mask(parameter) or (is_nested and kind not in {MediaKind.VIDEO, *WORKS_ON[model.type]}):
            continue
        room[kind] = room.get(kind, 0) + limit
    return room


def needed_files(model: Model) -> frozenset[MediaKind]:
    """The kinds of files without which the model does not run, masks included."""
    return frozenset(one.media for one in model.parameters.values() if one.required and one.media is not None)


def missing_files(model: Model, kinds: Iterable[MediaKind]) -> tuple[MediaKind, ...]:
    """The kinds of files that the model needs beside these, in the order of its parameters."""
    here = Counter(kinds)
    missing = []
    for one in model.parameters.values():
        if not one.required or one.media is None:
            continue
        if here[one.media] == 0:
            missing.append(one.media)
        else:
            here[one.media] -= 1
    return tuple(missing)


def needs_mask(model: Model) -> bool:
    """Whether the model does not run without a mask, which a person in a chat seldom has."""
    return any(one.required and one.media is not None and _is_mask(one) for one in model.parameters.values())


def takes_files(model: Model, kinds: Iterable[MediaKind]) -> bool:
    """Whether the model has room for all of these files at once."""
    room = dict(file_room(model))
    for kind in kinds:
        if room.get(kind, 0) == 0:
            return False
        room[kind] -= 1
    return True


def _pictures(model: Model) -> Iterator[ModelType]:
    if model.type in _PICTURE_MAKERS and _has_prompt(model) and MediaKind.IMAGE in file_room(model):
        yield from (ModelType.IMAGE_EDIT, ModelType.IMAGE_TO_IMAGE)


def _films(model: Model) -> Iterator[ModelType]:
    room = file_room(model)
    is_open = model.type in _FILM_MAKERS and model.output is MediaKind.VIDEO
    if is_open and MediaKind.IMAGE in room:
        yield ModelType.IMAGE_TO_VIDEO
    if is_open and not needed_files(model) and not model.type.startswith("image"):
        yield ModelType.TEXT_TO_VIDEO
    remakes = model.type in {ModelType.VIDEO_EDITING, ModelType.VIDEO_TO_VIDEO} and _has_prompt(model)
    if (is_open or remakes) and MediaKind.VIDEO in room:
        yield ModelType.VIDEO_TO_VIDEO
        if needed_files(model) <= {MediaKind.VIDEO}:
            yield ModelType.VIDEO_EDITING


def _talks(model: Model) -> Iterator[ModelType]:
    """A picture that speaks a recording: by a model made for it, or one that a recording drives."""
    is_made_for_it = model.type in _TALKERS and takes_files(model, (MediaKind.IMAGE, MediaKind.AUDIO))
    sounds = [one for one in model.parameters.values() if one.media is MediaKind.AUDIO]
    is_driven = model.type in _FILM_MAKERS and any("driving" in one.name for one in sounds)
    if is_made_for_it or is_driven:
        yield from sorted(_TALKERS)


def _has_prompt(model: Model) -> bool:
    return "prompt" in model.parameters


def _is_mask(parameter: Parameter) -> bool:
    return any(word in parameter.name.lower() for word in MASK_WORDS)


def _places(parameters: Iterable[Parameter], *, is_nested: bool = False) -> Iterator[tuple[Parameter, int, bool]]:
    """Where files go, at any depth: the parameter, how many files it holds, and whether it is inside of an object."""
    for parameter in parameters:
        if parameter.media is not None:
            limit = int(parameter.maximum or UNBOUNDED) if parameter.type is ParameterType.ARRAY else 1
            yield parameter, limit, is_nested
            continue
        yield from _places(parameter.fields, is_nested=True)
        if parameter.items is not None:
            yield from _places([parameter.items], is_nested=True)
