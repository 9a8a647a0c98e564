"""What a model can do beside its own type, derived from its parameters."""

import pytest

from domain.media import MediaKind
from domain.model import ModelType
from domain.use import file_room, needed_files, needs_mask, takes_files, task_types
from tests.support.registry import catalog, model

IMAGE, VIDEO, AUDIO = MediaKind.IMAGE, MediaKind.VIDEO, MediaKind.AUDIO


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("nano-banana-2", ModelType.IMAGE_EDIT),
        ("nano-banana-pro", ModelType.IMAGE_TO_IMAGE),
        ("flux1-kontext", ModelType.IMAGE_EDIT),
        ("seedream/4.5-edit", ModelType.IMAGE_TO_IMAGE),
        ("veo3", ModelType.IMAGE_TO_VIDEO),
        ("kling-3.0/video", ModelType.IMAGE_TO_VIDEO),
        ("bytedance/seedance-2-5", ModelType.IMAGE_TO_VIDEO),
        ("wan/3-0-video", ModelType.VIDEO_EDITING),
        ("google/gemini-omni-flash-1-1", ModelType.VIDEO_EDITING),
        ("kling-3.0-omni/transformation", ModelType.VIDEO_EDITING),
        ("wan/2-2-a14b-speech-to-video-turbo", ModelType.LIP_SYNC),
        ("kling/ai-avatar-pro", ModelType.SPEECH_TO_VIDEO),
    ],
)
def test_a_model_does_what_its_parameters_allow_beside_its_type(name: str, type_: ModelType) -> None:
    assert {model(name).type, type_} <= task_types(model(name))


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("z-image", ModelType.IMAGE_EDIT),
        ("gpt-image-2-image-to-image", ModelType.TEXT_TO_IMAGE),
        ("kling-2.6/text-to-video", ModelType.IMAGE_TO_VIDEO),
        ("kling-2.6/motion-control", ModelType.VIDEO_EDITING),
        ("recraft/remove-background", ModelType.IMAGE_TO_IMAGE),
        ("recraft/crisp-upscale", ModelType.IMAGE_EDIT),
        ("kling-3.0-omni/text-to-video", ModelType.IMAGE_TO_VIDEO),
    ],
)
def test_a_model_does_not_do_what_its_parameters_do_not_allow(name: str, type_: ModelType) -> None:
    assert type_ not in task_types(model(name))


def test_every_model_does_its_own_type() -> None:
    assert all(one.type in task_types(one) for one in catalog().models())


def test_a_mask_is_no_room_for_a_photo() -> None:
    edit = model("ideogram/v3-edit")
    assert needs_mask(edit)
    assert file_room(edit) == {IMAGE: 1}


def test_room_counts_the_files_of_each_kind() -> None:
    assert takes_files(model("nano-banana-2"), [IMAGE] * 14)
    assert not takes_files(model("nano-banana-2"), [IMAGE] * 15)
    assert not takes_files(model("nano-banana-2"), [IMAGE, AUDIO])
    assert takes_files(model("kling-3.0/motion-control"), [VIDEO, IMAGE])


def test_needed_files_are_those_without_which_the_model_does_not_run() -> None:
    assert needed_files(model("infinitalk/from-audio")) == {IMAGE, AUDIO}
    assert needed_files(model("nano-banana-2")) == frozenset()
