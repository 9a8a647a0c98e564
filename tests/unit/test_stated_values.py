"""Stated values in a model's own parameters."""

import pytest

from domain.stated_values import fill_stated
from tests.support.registry import model


@pytest.mark.parametrize(
    ("name", "stated", "values"),
    [
        ("kling-2.6/text-to-video", {"duration": 10, "sound": True}, {"duration": "10", "sound": True}),
        ("veo-3-1", {"duration": 8, "aspect_ratio": "9:16"}, {"duration": 8, "aspect_ratio": "9:16"}),
        ("bytedance/seedance-2-5", {"sound": False}, {"generate_audio": False}),
        ("grok-imagine/image-to-video", {"duration": 12}, {"duration": "12"}),
        ("nano-banana-2", {"resolution": "4K"}, {"resolution": "4K"}),
        ("bytedance/seedance-2", {"resolution": "4K"}, {"resolution": "4k"}),
        ("pixverse-v6/text-to-video", {"resolution": "1080p"}, {"quality": "1080p"}),
        ("qwen/text-to-image", {"aspect_ratio": "9:16"}, {"image_size": "portrait_16_9"}),
        ("ideogram/character", {"count": 4}, {"num_images": "4"}),
        ("wan/2-7-image", {"count": 3}, {"n": 3}),
        ("topaz/video-upscale", {"resolution": "4K"}, {"upscale_factor": "4"}),
        ("topaz/image-upscale", {"scale": 2}, {"upscale_factor": "2"}),
        ("ai-music-api/generate", {"duration": 30, "instrumental": True}, {"duration": 30, "instrumental": True}),
    ],
)
def test_a_stated_value_goes_into_the_parameter_that_means_it(
    name: str, stated: dict[str, object], values: dict[str, object]
) -> None:
    filled = fill_stated(model(name), stated)
    assert filled.values == values
    assert not filled.unsaid


def test_what_the_model_cannot_say_is_named() -> None:
    filled = fill_stated(model("recraft/crisp-upscale"), {"duration": 10, "sound": True})
    assert not filled.values
    assert filled.unsaid == {"duration", "sound"}


def test_a_length_that_the_model_cannot_make_is_left_to_the_person() -> None:
    filled = fill_stated(model("kling-2.6/text-to-video"), {"duration": 8})
    assert not filled.values
    assert filled.unsaid == {"duration"}
