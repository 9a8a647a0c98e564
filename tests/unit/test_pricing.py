"""Prices: told where an observation fits the input for certain, and not otherwise."""

from collections.abc import Mapping

import pytest

from domain.pricing import Estimate, estimate
from tests.support.registry import model

Input = Mapping[str, object]
CLIP = "https://a.example/clip.mp4"


@pytest.mark.parametrize(
    ("name", "values", "credits_", "as_of"),
    [
        # One price for everything.
        ("z-image", {"prompt": "x"}, 0.8, "2026-10-03"),
        ("google/imagen4", {}, 8, "2026-10-03"),
        ("grok-imagine/text-to-image", {}, 4, "2026-10-03"),
        ("ai-music-api/generate", {}, 12, "2026-10-07"),
        # A tier by the value of a parameter, or by its default.
        ("nano-banana-pro", {"resolution": "4K"}, 24, "2026-10-07"),
        ("nano-banana-pro", {}, 18, "2026-10-07"),
        ("gpt-image/1.5-text-to-image", {"quality": "high"}, 22, "2026-10-03"),
        ("qwen/text-to-image", {"image_size": "square_hd"}, 4, "2026-10-03"),
        ("flux-2/flex-image-to-image", {"resolution": "2K"}, 24, "2025-12-21"),
        # By the second, whatever form the seconds have.
        ("wan/2-6-text-to-video", {"duration": "10", "resolution": "720p"}, 140, "2026-10-03"),
        ("bytedance/seedance-2", {"duration": 4, "resolution": "480p"}, 76, "2026-10-03"),
        ("kling/v3-turbo-text-to-video", {"duration": "5", "resolution": "1080p"}, 112.5, "2026-10-03"),
        ("kling-2.6/text-to-video", {"duration": "10", "sound": False}, 112, "2026-10-03"),
        # By the video, the tier naming its length, its resolution and its sound.
        ("kling-2.6/image-to-video", {"duration": "10", "sound": True}, 220, "2025-12-21"),
        ("wan/2-5-image-to-video", {"duration": "10", "resolution": "1080p"}, 200, "2025-12-21"),
        ("hailuo/02-text-to-video-standard", {"duration": "10"}, 50, "2025-12-21"),
        ("hailuo/02-image-to-video-pro", {}, 57, "2025-12-21"),
        ("kling/v2-5-turbo-image-to-video-pro", {"duration": "10"}, 84, "2025-12-21"),
        ("hailuo/2-3-image-to-video-standard", {"duration": "6", "resolution": "768P"}, 30, "2026-09-27"),
        # By the image, times their number.
        ("ideogram/character-edit", {"num_images": "3", "rendering_speed": "QUALITY"}, 72, "2025-12-21"),
        ("wan/2-7-image", {"n": 4}, 19.2, "2026-10-03"),
        # An older observation that the newer one bears out.
        ("ideogram/v3-text-to-image", {"rendering_speed": "QUALITY"}, 10, "2025-12-21"),
        ("google/nano-banana", {}, 4, "2025-12-21"),
        ("ideogram/character", {"num_images": "2", "rendering_speed": "TURBO"}, 24, "2025-12-21"),
        ("seedream/4.5-edit", {"quality": "high"}, 6.5, "2025-12-21"),
        # By the character.
        ("elevenlabs/text-to-speech-turbo-2-5", {"text": "x" * 500}, 3, "2026-10-07"),
        ("elevenlabs/text-to-dialogue-v3", {"dialogue": [{"text": "x" * 100}, {"text": "y" * 400}]}, 7, "2026-10-07"),
    ],
)
def test_a_price_is_told_with_the_day_it_was_seen(name: str, values: Input, credits_: float, as_of: str) -> None:
    assert estimate(model(name), values) == Estimate(credits=credits_, as_of=as_of)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("qwen2/image-edit", {}),  # nothing was ever observed
        ("bytedance/seedance-2", {"resolution": "4k", "duration": 5}),  # no tier for it
        ("bytedance/seedance-2", {"reference_video_urls": [CLIP]}),  # its seconds may be billed, too
        ("qwen3/pro-text-to-image", {}),  # the resolution has no default
        ("ideogram/v3-remix", {}),  # nor has the number of images
        ("wan/2-7-image", {}),
        ("bytedance/seedream-v4-text-to-image", {"max_images": 3}),  # the most there may be, not how many
        ("bytedance/seedream", {}),  # modes nobody explained
        ("qwen/image-edit", {}),  # the newer price is by the megapixel
        ("kling/v2-1-pro", {"duration": "5"}),  # the newer price contradicts the older
        ("kling-2.6/text-to-video", {"duration": "5", "sound": True}),
        ("kling-3.0/video", {"mode": "pro", "duration": "5", "sound": False}),
        ("infinitalk/from-audio", {"resolution": "720p"}),
        ("kling/ai-avatar-pro", {}),  # as long as the sound that goes in
        ("wan/2-2-animate-move", {"resolution": "720p"}),
        ("wan/2-2-a14b-speech-to-video-turbo", {"resolution": "480p"}),
        ("veo-3-1", {"resolution": "1080p"}),  # tiers the input cannot choose
        ("topaz/image-upscale", {"upscale_factor": "2"}),
        ("elevenlabs/audio-isolation", {}),  # a sound is not priced by the image
    ],
)
def test_no_price_is_told_where_it_would_be_a_guess(name: str, values: Input) -> None:
    assert estimate(model(name), values) is None
