"""The simulator's bills: the price facts applied to inputs, files and earlier tasks."""

import itertools
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from attrs import field, frozen

from simulators.kie.billing import Bill, TaskBilling
from simulators.kie.conditions import LEFT_OUT, as_text, effective, holds
from simulators.kie.known_facts import Model, Priced, known_facts

FACTS = known_facts()


@frozen
class KnownFiles:
    """What a test says of the files and of the earlier task."""

    seconds: Mapping[str, float] = field(factory=dict)
    files: int = 1
    facts: Mapping[str, object] = field(factory=dict)

    def seconds_of(self, paths: tuple[str, ...]) -> float | None:
        found = [self.seconds[path] for path in paths if path in self.seconds]
        return sum(found) if found else None

    def results(self) -> int:
        return self.files

    def fact(self, name: str) -> object:
        return self.facts.get(name)


def bill(model_id: str, given: dict[str, Any], said: KnownFiles | None = None, share: float = 0.0) -> Bill:
    return TaskBilling(facts=FACTS, share=share)(model_id, FACTS.models[model_id], given, said or KnownFiles())


PICTURES = [f"https://a.example/{i}.png" for i in range(3)]


@pytest.mark.parametrize(
    ("model_id", "given", "said", "credits_"),
    [
        ("bytedance/seedance-2", {"prompt": "a fox", "duration": 15, "resolution": "4k"}, KnownFiles(), 3120.0),
        ("kling-3.0/video", {"mode": "4K", "duration": "15", "sound": False}, KnownFiles(), 1005.0),
        ("kling-3.0/video", {"mode": "pro", "duration": "5", "sound": True}, KnownFiles(), 135.0),
        ("qwen3/image-to-image", {"prompt": "x", "image_urls": PICTURES}, KnownFiles(), 6.3),
        ("seedream/5-pro-image-to-image", {"prompt": "x", "image_urls": PICTURES, "resolution": "2K"}, KnownFiles(), None),
        ("wan/2-7-image", {"prompt": "x", "n": 4}, KnownFiles(), 19.2),
        ("wan/2-2-a14b-speech-to-video-turbo", {"resolution": "480p", "num_frames": 80, "frames_per_second": 16}, KnownFiles(), 60.0),
        ("grok-imagine/extend", {"extend_times": "10"}, KnownFiles(facts={"$source_resolution": "720p"}), 45.0),
        ("topaz/image-upscale", {"upscale_factor": "4"}, KnownFiles(facts={"$output_long_side": 4096.0}), 20.0),
        ("veo/extend", {"prompt": "x"}, KnownFiles(facts={"$source_tier": "fast"}), 60.0),
        ("elevenlabs/text-to-dialogue-v3", {"dialogue": [{"text": "a" * 600}, {"text": "b" * 400}]}, KnownFiles(), 14.0),
        ("elevenlabs/audio-isolation", {"audio_url": "https://a.example/a.mp3"}, KnownFiles(seconds={"audio_url": 30}), 6.0),
        ("wan/3-0-video", {"resolution": "480P", "duration": 5, "reference_video_urls": ["https://a.example/a.mp4"]}, KnownFiles(seconds={"reference_video_urls": 4}), 72.0),
        ("kling-3.0-omni/transformation", {"duration": "-1", "resolution": "1080p", "video_urls": ["https://a.example/a.mp4"]}, KnownFiles(seconds={"video_urls": 4}), 108.0),
        ("seedream/5-flash-layer-decomposition", {"image_url": PICTURES[0]}, KnownFiles(files=3), 9.72),
    ],
)  # fmt: skip
def test_an_input_costs_what_the_price_list_says(
    model_id: str, given: dict[str, Any], said: KnownFiles, credits_: float | None
) -> None:
    made = bill(model_id, given, said)
    assert made.is_certain, made
    if credits_ is not None:
        assert made.credits == pytest.approx(credits_)


@pytest.mark.parametrize(
    ("model_id", "given", "least", "most"),
    [
        ("bytedance/seedance-2", {"duration": -1, "resolution": "480p"}, 142.5, 285.0),
        ("nano-banana-2", {"resolution": "1K"}, 5.0, 8.0),
        ("grok-imagine/upscale", {"task_id": "of another account", "resolution": "1080p"}, 20.0, 30.0),
        (
            "minimax-h3/image-to-video",
            {"resolution": "768P", "duration": 6, "first_frame_url": PICTURES[0]},
            48.0,
            52.0,
        ),
    ],
)
def test_what_is_not_known_is_billed_inside_its_range_and_said(
    model_id: str, given: dict[str, Any], least: float, most: float
) -> None:
    cheap, middle, dear = (bill(model_id, given, share=share) for share in (0.0, 0.5, 1.0))
    assert (cheap.least, cheap.most, cheap.credits, dear.credits) == (least, most, least, most)
    assert least < middle.credits < most
    assert cheap.note
    assert not cheap.is_certain


def test_a_model_that_is_not_sold_costs_a_token() -> None:
    assert bill("midjourney/api", {"prompt": "x"}).credits == 1.0


def test_every_combination_of_what_a_price_depends_on_has_one_price_below_the_ceiling() -> None:
    count, faults = 0, []
    for model_id, priced in FACTS.prices.items():
        for given, facts in combinations(FACTS.models[model_id], priced):
            made = bill(model_id, given, KnownFiles(facts=facts), share=1.0)
            count += 1
            if not 0 <= made.credits <= priced["ceiling"] + 0.01 or ("not known" in made.note and facts):
                faults.append((model_id, given, facts, made))
    assert faults == []
    assert count > 600


def combinations(model: Model, priced: Priced) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Inputs, as far as a price depends on them, and facts about sources."""
    names = sorted({name for rule in priced["rules"] for name in rule.get("when", {})})
    for values in itertools.product(*(choices(model, priced, name) for name in names)):
        chosen = {name: value for name, value in zip(names, values, strict=True) if value is not LEFT_OUT}
        given = {name: value for name, value in chosen.items() if not name.startswith("$")}
        full = {name: effective(model, given, name, priced.get("left_out")) for name in names}
        if not any(all(as_text(full[n]) == as_text(v) for n, v in ban.items()) for ban in priced.get("never", ())):
            yield given, {name: value for name, value in chosen.items() if name.startswith("$")}


def choices(model: Model, priced: Priced, name: str) -> list[Any]:
    conditions = [rule["when"][name] for rule in priced["rules"] if name in rule.get("when", {})]
    parameter = model["input"].get(name, {})
    if any(isinstance(condition, dict) and "given" in condition for condition in conditions):
        return [PICTURES] if parameter.get("required") else [PICTURES, LEFT_OUT]
    if any(isinstance(condition, dict) for condition in conditions):
        return sorted({edge for condition in conditions for edge in condition.values()})
    values = parameter.get("values") or ([True, False] if parameter.get("type") == "boolean" else [])
    values = list(values) or [v for c in conditions for v in (c if isinstance(c, list) else [c]) if v is not None]
    values = [value for value in values if any(holds(condition, value) for condition in conditions)]
    must = name.startswith("$") or (parameter.get("required") and "default" not in parameter)
    return values if must else [*values, LEFT_OUT]
