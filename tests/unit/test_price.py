"""One quote for every input: against the provider's facts, read as their own description says."""

from typing import Any

import pytest

from application.pricing.quote_price import QuotePrice
from domain.media import Attachment, MediaKind
from domain.price import Length, PriceBasis, ceiling_of, compile_price, file_seconds
from domain.price_cover import combinations
from tests.support.kie_facts import facts
from tests.support.registry import catalog, model

CURRENT = [one for one in catalog().models() if one.is_offered]


def quoted(model_id: str, values: dict[str, Any], known: dict[str, Any] | None = None) -> Any:
    quote = compile_price(model(model_id))
    assert quote
    return quote(values, known or {})


@pytest.mark.parametrize("one", CURRENT, ids=lambda one: one.id)
def test_every_combination_of_what_a_price_depends_on_has_a_price_within_the_ceiling(one: Any) -> None:
    quote = compile_price(one)
    assert quote
    for values in combinations(one):
        given = {name: value for name, value in values.items() if value is not None and not name.startswith("$")}
        known = {name: value for name, value in values.items() if name.startswith("$")}
        found = quote(given, known)
        assert found.basis is not PriceBasis.UNKNOWN
        assert 0 <= found.low <= found.high <= found.ceiling
        if found.credits is not None:
            assert found.low <= found.credits <= found.high


@pytest.mark.parametrize("one", CURRENT, ids=lambda one: one.id)
def test_the_ceiling_is_that_of_the_facts(one: Any) -> None:
    stated = facts("prices")["models"].get(one.id)
    if stated is not None:
        assert ceiling_of(one) == pytest.approx(stated["ceiling"], abs=0.01)


@pytest.mark.parametrize(
    ("model_id", "values", "known", "credits_"),
    [
        ("bytedance/seedance-2", {"duration": 15, "resolution": "4k"}, {}, 3120),
        ("kling-3.0/video", {"mode": "pro", "sound": False, "duration": "5"}, {}, 90),
        ("wan/2-7-image", {"n": 3}, {}, 14.4),
        ("ai-music-api/generate", {}, {}, 12),
        ("elevenlabs/text-to-dialogue-v3", {"dialogue": [{"text": "a" * 600}, {"text": "b" * 400}]}, {}, 14),
        ("veo/extend", {}, {"$source_tier": "fast"}, 60),
        ("topaz/image-upscale", {}, {"$output_long_side": 3000}, 20),
        ("elevenlabs/audio-isolation", {}, {"audio_url": 60}, 12),
        ("seedream/5-pro-image-to-image", {"image_urls": ["a", "b", "c"]}, {}, 8),
        ("wan/2-2-a14b-speech-to-video-turbo", {"num_frames": 80, "frames_per_second": 16}, {}, 60),
    ],
)
def test_what_is_known_is_exact(model_id: str, values: dict[str, Any], known: dict[str, Any], credits_: float) -> None:
    found = quoted(model_id, values, known)
    assert (found.basis, found.credits, found.high) == (PriceBasis.EXACT, credits_, credits_)
    assert found.as_of
    assert found.source


@pytest.mark.parametrize(
    ("width", "height", "factor", "credits_"),
    [
        (800, 600, "2", 10),
        (600, 1024, "2", 10),
        (1025, 10, "2", 20),
        (1000, 900, "4", 20),
        (4097, 9, "1", 40),
        (1000, 1000, None, 10),
    ],
)
def test_the_sides_of_an_attached_picture_make_the_price_of_enlarging_it_exact(
    width: int, height: int, factor: str | None, credits_: float
) -> None:
    picture = Attachment(reference="x", kind=MediaKind.IMAGE, mime="image/png", name="x", width=width, height=height)
    values = {"image_url": picture} | ({"upscale_factor": factor} if factor else {})
    found = quoted("topaz/image-upscale", values)
    assert (found.basis, found.credits, found.high) == (PriceBasis.EXACT, credits_, credits_)


def test_a_picture_of_unknown_sides_is_quoted_up_to_the_most() -> None:
    picture = Attachment(reference="x", kind=MediaKind.IMAGE, mime="image/png", name="x")
    for given in (picture, "https://files.example.com/a.png"):
        found = quoted("topaz/image-upscale", {"image_url": given, "upscale_factor": "2"})
        assert (found.basis, found.credits, found.low, found.high) == (PriceBasis.RANGE, None, 10, 40)


@pytest.mark.parametrize("fact", [None, True, [1], {"a": 1}, -5, float("nan"), object()])
def test_what_no_fact_can_be_makes_no_price_exact(fact: object) -> None:
    found = quoted("topaz/image-upscale", {"upscale_factor": "2"}, {"$output_long_side": fact})
    assert (found.credits, found.low, found.high) == (None, 10, 40)


def test_a_length_left_to_the_model_is_a_range() -> None:
    found = quoted("bytedance/seedance-2", {"duration": -1, "resolution": "480p"})
    assert (found.basis, found.credits, found.low, found.high) == (PriceBasis.RANGE, None, 76, 285)


def test_what_the_input_does_not_tell_is_asked_about_up_to_the_most() -> None:
    found = quoted("elevenlabs/audio-isolation", {})
    assert (found.basis, found.credits, found.high) == (PriceBasis.CEILING, None, 262)
    assert found.asks_first(1_000_000)


def test_what_an_earlier_task_decides_lies_between_the_least_and_the_most() -> None:
    found = quoted("veo/extend", {})
    assert (found.basis, found.credits, found.low, found.high) == (PriceBasis.RANGE, None, 30, 250)


def test_pictures_that_come_on_top_are_counted() -> None:
    one, three = (quoted("qwen3/image-to-image", {"image_urls": ["x"] * count}).high for count in (1, 3))
    assert three - one == pytest.approx(1.0)


def test_the_seconds_of_attached_files_are_facts() -> None:
    clip = Attachment(reference="a", kind=MediaKind.VIDEO, mime="video/mp4", name="a.mp4", seconds=4.5)
    silent = Attachment(reference="b", kind=MediaKind.VIDEO, mime="video/mp4", name="b.mp4")
    assert file_seconds({"one": clip, "two": [clip, clip], "mixed": [clip, silent], "prompt": "x", "none": []}) == {
        "one": Length(4.5, 0.0),
        "two": Length(9.0, 0.0),
    }


def test_whole_seconds_are_quoted_up_to_what_the_files_may_last() -> None:
    film = Attachment(
        reference="a", kind=MediaKind.VIDEO, mime="video/mp4", name="a.mp4", seconds=5.0, seconds_error=1.0
    )
    found = quoted(
        "happyhorse/video-edit", {"video_url": film, "resolution": "720p"}, file_seconds({"video_url": film})
    )
    assert (found.basis, found.credits, found.low, found.high) == (PriceBasis.RANGE, 140, 112, 168)
    films = {"reference_video_urls": [film, film], "resolution": "480P", "duration": 5}
    found = quoted("wan/3-0-video", films, file_seconds(films))
    assert (found.credits, found.low, found.high) == (120, 104, 136)
    films = {"reference_video_urls": [film], "resolution": "480p", "duration": 5}
    found = quoted("bytedance/seedance-2", films, file_seconds(films))
    assert (found.credits, found.low, found.high) == (57.5, 57.5, 126.5)


@pytest.mark.parametrize("said", [-5, float("nan"), float("inf"), "many", None, True, [4]])
def test_a_length_that_makes_no_sense_is_not_known(said: object) -> None:
    found = quoted("elevenlabs/audio-isolation", {}, {"audio_url": said})
    assert (found.credits, found.high) in ((None, 262), (0.2, 0.2))  # true is 1


@pytest.mark.parametrize("odd", [10**400, 1e308, -5, "nan", "inf", [], {}, True, "x" * 50])
def test_a_quantity_that_makes_no_sense_costs_no_more_than_the_most(odd: object) -> None:
    for model_id, name in (
        ("wan/2-7-image", "n"),
        ("bytedance/seedance-2", "duration"),
        ("wan/2-7-videoedit", "duration"),
    ):
        found = quoted(model_id, {name: odd})
        assert 0 < found.high <= found.ceiling


def test_a_switch_is_no_number_of_seconds() -> None:
    found = quoted("kling-3.0/video", {"duration": True})
    assert (found.credits, found.high) == (None, 270)


def test_every_row_of_a_list_has_a_price() -> None:
    quote = QuotePrice(catalog())
    assert quote.usual(model("kling-3.0/video")).credits == 90
    spoken = quote.usual(model("elevenlabs/text-to-dialogue-v3"))
    assert (spoken.basis, spoken.high) == (PriceBasis.CEILING, 70)
    assert all(quote.usual(one).high >= 0 for one in CURRENT)
