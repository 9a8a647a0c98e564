"""What people use models for: finer than a task type, since a song is no sound effect and a cut-out no repainting."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Final

from attrs import frozen

from domain.media import MediaKind
from domain.model import ModelType

_T = ModelType
_IMAGE, _VIDEO, _AUDIO = MediaKind.IMAGE, MediaKind.VIDEO, MediaKind.AUDIO


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
