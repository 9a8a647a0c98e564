"""Samples: every model's least and fullest input is valid, whatever stands for its media."""

from collections.abc import Callable

import pytest

from domain.media import Attachment, MediaKind
from domain.model import Model
from domain.sample import full_input, minimal_input
from domain.validation import compile_model
from tests.support.registry import catalog, model, url_of
from tests.support.validation import attachment

Sample = Callable[..., dict[str, object]]
MIMES = {
    MediaKind.IMAGE: "image/png",
    MediaKind.VIDEO: "video/mp4",
    MediaKind.AUDIO: "audio/wav",
    MediaKind.FILE: "application/pdf",
}


def file_of(kind: MediaKind) -> Attachment:
    return attachment(MIMES[kind], size_bytes=1000)


@pytest.mark.parametrize("sample", [minimal_input, full_input])
@pytest.mark.parametrize("one", catalog().models(), ids=lambda one: one.id)
def test_a_models_sample_is_valid_with_urls_and_with_files(one: Model, sample: Sample) -> None:
    validate = compile_model(one, allow_private_hosts=False)
    for media in (url_of, file_of):
        raw = sample(one, media)
        result = validate(raw)
        assert result.violations == ()
        assert dict(result.input) == raw


def test_the_least_input_has_only_what_is_required() -> None:
    assert minimal_input(model("google/nano-banana-edit"), url_of) == {
        "prompt": "A red fox in snow",
        "image_urls": [url_of(MediaKind.IMAGE)],
    }


def test_the_least_input_takes_the_form_that_needs_no_earlier_task() -> None:
    raw = minimal_input(model("pixverse-v6/extend"), url_of)
    assert raw["video_url"] == url_of(MediaKind.VIDEO)
    assert "taskId" not in raw


def test_an_earlier_task_is_named_where_nothing_else_will_do() -> None:
    assert minimal_input(model("veo/extend"), url_of, task_id="t1")["task_id"] == "t1"


def test_the_fullest_input_has_everything_at_its_upper_end() -> None:
    one = model("bytedance/seedream")
    raw = full_input(one, url_of)
    assert raw.keys() == one.parameters.keys()
    assert len(str(raw["prompt"])) == one.parameters["prompt"].maximum
    assert raw["guidance_scale"] == one.parameters["guidance_scale"].maximum
