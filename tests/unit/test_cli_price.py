"""Prices on the command line, for programs: a line each, whatever the lines hold."""

import json
import random
from typing import Any, Final

import pytest

from adapters.cli import PriceOptions, TellPrice
from adapters.cli.sample_files import SAMPLES
from adapters.media_files import measured
from application.catalog.validate_input import ValidateInput
from application.pricing.quote_price import QuotePrice
from tests.support.cli import json_lines, terminal, written
from tests.support.registry import catalog

ODD: Final[list[Any]] = [
    None, True, 0, -5, 1e308, 10**400, "", "nan", "1e999", [], [[]], {}, {"a": 1}, ["a", None], "x" * 50, [{"text": 5}],
]  # fmt: skip
VALIDATE: Final = ValidateInput(catalog())
QUOTE: Final = QuotePrice(catalog())


def answers(lines: list[str]) -> list[dict[str, Any]]:
    here = terminal("\n".join(lines))
    tell = TellPrice(catalog=catalog(), validate=VALIDATE, quote=QUOTE, terminal=here)
    assert tell(PriceOptions(batch=True)) == 0
    return json_lines(here.out)


@pytest.mark.parametrize("seed", range(3))
def test_inputs_that_make_no_sense_are_priced_as_far_as_they_can_be(seed: int) -> None:
    chance = random.Random(seed)
    lines = []
    for model in catalog().models():
        names = [chance.sample(sorted(model.parameters), min(3, len(model.parameters))) for _ in range(2)]
        given, facts = ({name: chance.choice(ODD) for name in some} for some in names)
        lines.append(json.dumps({"model": model.id, "input": given, "facts": facts}))
    found = answers(lines)
    assert len(found) == len(lines)
    for one in found:
        assert one["high"] is None or 0 <= one["low"] <= one["high"], one


def test_a_line_that_is_no_order_is_answered_like_any_other() -> None:
    found = answers(["null", "[]", "not JSON", '{"model": 5}', '{"model": "z-image", "input": []}'])
    assert [one["credits"] for one in found] == [None] * 5
    assert all(one["violations"] for one in found)


@pytest.mark.parametrize(
    ("name", "given", "status", "price", "fault"),
    [
        ("z-image", [], 0, "0.8 credits ($0.004)", "prompt: is required"),
        (
            "bytedance/seedance-2",
            ["duration=15", "resolution=4k"],
            0,
            "3,120 credits ($15.60)",
            "at least one of these",
        ),
        ("nano-banana-2", ["resolution=9K"], 1, "", "“9K” is not one of"),
    ],
)
def test_what_only_lacks_something_has_its_price(
    name: str, given: list[str], status: int, price: str, fault: str
) -> None:
    here = terminal()
    tell = TellPrice(catalog=catalog(), validate=VALIDATE, quote=QUOTE, terminal=here)
    assert tell(PriceOptions(model=name, assignments=given)) == status
    assert written(here.out).startswith(price)
    assert bool(written(here.out)) is bool(price)
    assert fault in written(here.err)


def test_seconds_of_files_come_beside_the_input() -> None:
    order = {"model": "elevenlabs/audio-isolation", "input": {"audio_url": "https://files.example.com/a.mp3"}}
    unknown, known = answers([json.dumps(order), json.dumps(order | {"facts": {"audio_url": 60}})])
    assert (unknown["basis"], unknown["credits"], unknown["high"]) == ("ceiling", None, 262)
    assert (known["basis"], known["credits"], known["high"]) == ("exact", 12, 12)


def test_a_file_of_the_persons_own_is_measured_for_its_price() -> None:
    film = f"video_url=@{SAMPLES / 'speaking.mp4'}"
    options = PriceOptions(model="topaz/video-upscale", assignments=[film])
    said = []
    for measure in (None, measured):
        here = terminal()
        tell = TellPrice(catalog=catalog(), validate=VALIDATE, quote=QUOTE, terminal=here, measure=measure)
        assert tell(options) == 0
        said.append(written(here.out))
    assert said[0].startswith("up to ")
    assert said[1].startswith("40 credits")
