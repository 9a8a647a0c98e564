"""Values of one parameter: what is taken, what it becomes, and what is wrong with the rest."""

import math
from collections import OrderedDict, UserString
from decimal import Decimal
from enum import IntEnum, StrEnum
from types import MappingProxyType

import pytest

from domain.media import MediaKind
from domain.model import Parameter
from tests.support.validation import attachment, faults_of, model_of, one_value, outcome, parameter, values_of

TEXT = parameter("string", required=True, minimum=2, maximum=5)
NOTE = parameter("string")
COUNT = parameter("integer", minimum=1, maximum=10)
SEED = parameter("integer")
GUIDE = parameter("number", minimum=0.5, maximum=2, step=0.1)
LENGTH = parameter("numeric_text", minimum=6, maximum=30, step=1)
SECONDS = parameter("enum", values=("5", "10"))
FRAMES = parameter("enum", values=(4, 6, 8))
BALANCE = parameter("enum", values=(0, 0.5, 1))
SOUND = parameter("boolean")
COLOUR = parameter("string", pattern="^#[0-9a-f]{6}$")


class Size(StrEnum):
    FIVE = "5"


class Number(IntEnum):
    SIX = 6


@pytest.mark.parametrize(
    ("given", "value", "becomes"),
    [
        # Text is sent as it is: neither trimmed nor converted.
        (TEXT, "ab", "ab"),
        (TEXT, " a ", " a "),
        (TEXT, "🦊🦊🦊🦊🦊", "🦊🦊🦊🦊🦊"),  # five code points, twenty bytes
        (TEXT, "a", ["it too_short"]),
        (TEXT, "abcdef", ["it too_long"]),
        (TEXT, "", ["it empty"]),
        (TEXT, " \n\t\u2003", ["it empty"]),
        (TEXT, 55, ["it wrong_type"]),
        (TEXT, True, ["it wrong_type"]),
        (TEXT, ["ab"], ["it wrong_type"]),
        (TEXT, "a\ud800", ["it not_text"]),
        (TEXT, "a\0b", ["it not_text"]),
        (TEXT, None, ["it required"]),
        (NOTE, "", ...),
        (NOTE, None, ...),
        (NOTE, " ", ...),
        (COLOUR, "#00ff00", "#00ff00"),
        (COLOUR, "#00ff00\n", ["it pattern"]),
        (COLOUR, "#00ff0٣", ["it pattern"]),
        # Integers.
        (COUNT, 5, 5),
        (COUNT, 5.0, 5),
        (COUNT, "5", 5),
        (COUNT, " 5 ", 5),
        (COUNT, "5.0", 5),
        (COUNT, "", ...),
        (COUNT, 5.5, ["it not_an_integer"]),
        (COUNT, "5.5", ["it not_an_integer"]),
        (COUNT, True, ["it wrong_type"]),
        (COUNT, "five", ["it wrong_type"]),
        (COUNT, "٥", ["it wrong_type"]),
        (COUNT, "5 000", ["it wrong_type"]),
        (COUNT, [5], ["it wrong_type"]),
        (COUNT, 0, ["it too_small"]),
        pytest.param(COUNT, -(10**5000), ["it too_small"], id="an integer too long to print"),
        (COUNT, 11, ["it too_large"]),
        (COUNT, math.nan, ["it not_finite"]),
        (COUNT, math.inf, ["it not_finite"]),
        (COUNT, "1e400", ["it not_finite"]),
        (SEED, 2**63 - 1, 2**63 - 1),
        (SEED, 2**63, ["it too_large"]),
        (SEED, 1e300, ["it too_large"]),
        # Numbers.
        (GUIDE, 1, 1),
        (GUIDE, 0.7, 0.7),
        (GUIDE, "1.5", 1.5),
        (GUIDE, "1e0", 1.0),
        (GUIDE, "1,5", ["it wrong_type"]),
        (GUIDE, 1.55, ["it not_a_step"]),
        (GUIDE, 0.7000000000000001, ["it not_a_step"]),
        (GUIDE, 0.4, ["it too_small"]),
        (GUIDE, 2.1, ["it too_large"]),
        (GUIDE, False, ["it wrong_type"]),
        (GUIDE, "nan", ["it wrong_type"]),
        (GUIDE, math.nan, ["it not_finite"]),
        (GUIDE, Decimal(1), ["it wrong_type"]),
        # Numbers that are sent as text.
        (LENGTH, "6", "6"),
        (LENGTH, 6, "6"),
        (LENGTH, 6.0, "6"),
        (LENGTH, "5", ["it too_small"]),
        (LENGTH, 6.5, ["it not_a_step"]),
        (LENGTH, "six", ["it wrong_type"]),
        # Enums: exactly, but 10 is "10" to anyone who types it.
        (SECONDS, "5", "5"),
        (SECONDS, 5, "5"),
        (SECONDS, 10.0, "10"),
        (SECONDS, "05", ["it not_in_enum"]),
        (SECONDS, "", ...),
        (SECONDS, True, ["it wrong_type"]),
        (SECONDS, math.nan, ["it not_in_enum"]),
        (SECONDS, ["5"], ["it wrong_type"]),
        (SECONDS, {}, ["it wrong_type"]),
        (FRAMES, 4, 4),
        (FRAMES, "6", 6),
        (FRAMES, 8.0, 8),
        (FRAMES, 5, ["it not_in_enum"]),
        (FRAMES, "x", ["it not_in_enum"]),
        pytest.param(FRAMES, 10**5000, ["it not_in_enum"], id="a choice too long to print"),
        (BALANCE, 0.5, 0.5),
        (BALANCE, True, ["it wrong_type"]),
        (BALANCE, False, ["it wrong_type"]),
        (BALANCE, "1", 1),
        # Booleans.
        (SOUND, True, True),
        (SOUND, "true", True),
        (SOUND, "Off", False),
        (SOUND, "да", True),
        (SOUND, "", ...),
        (SOUND, 1, ["it wrong_type"]),
        (SOUND, 0, ["it wrong_type"]),
        (SOUND, "1", ["it wrong_type"]),
        (SOUND, "perhaps", ["it wrong_type"]),
        # Subclasses of JSON's types are what they stand for; strangers are not.
        (SECONDS, Size.FIVE, "5"),
        (FRAMES, Number.SIX, 6),
        (TEXT, UserString("abc"), ["it wrong_type"]),
        (TEXT, b"abc", ["it wrong_type"]),
        (TEXT, object(), ["it wrong_type"]),
    ],
)
def test_a_value_becomes(given: Parameter, value: object, becomes: object) -> None:
    found = one_value(given, value)
    assert found == becomes
    assert type(found) is type(becomes)


def test_a_step_counts_from_the_minimum() -> None:
    slider = parameter("number", minimum=0.7, maximum=5, step=0.5)
    assert one_value(slider, 1.2) == 1.2
    assert one_value(slider, 1.0) == ["it not_a_step"]


@pytest.mark.parametrize("hundredths", range(70, 121))
def test_each_hundredth_of_a_slider_is_a_step(hundredths: int) -> None:
    value = float(f"{hundredths / 100:.2f}")
    assert one_value(parameter("number", minimum=0.7, maximum=1.2, step=0.01), value) == value


def test_a_required_parameter_with_a_default_is_filled_and_another_default_is_not_sent() -> None:
    filled = parameter("enum", name="ratio", required=True, values=("1:1", "16:9"), default="1:1")
    unsent = parameter("boolean", name="sound", default=True)
    for raw in ({}, {"ratio": None}, {"ratio": ""}):
        assert dict(outcome(model_of(filled, unsent), raw).input) == {"ratio": "1:1"}


def test_violations_carry_what_their_text_needs() -> None:
    result = outcome(model_of(TEXT, parameter("enum", name="size", values=("720p", "1080p"))), {
        "it": "x" * 100_000, "size": "1080P", "sise": 1,
    })  # fmt: skip
    assert dict(values_of(result, "too_long")) == {"limit": 5, "actual": 100_000}
    assert dict(values_of(result, "not_in_enum")) == {
        "allowed": ["720p", "1080p"], "actual": "1080P", "closest": ["1080p"],
    }  # fmt: skip
    assert dict(values_of(result, "unknown_parameter")) == {"name": "sise", "closest": ["size"]}


def test_a_number_no_json_can_carry_is_recognised_by_its_size() -> None:
    assert values_of(outcome(model_of(COUNT), {"it": 10**5000}), "too_large")["actual"] == "10^5000"


URLS = parameter("array", minimum=1, maximum=3, items=parameter("string", is_url=True, media=MediaKind.IMAGE))
TAGS = parameter("array", items=parameter("string", minimum=1))
PLACES = parameter("array", items=parameter("integer"))
BOXES = parameter("array", items=parameter("array", minimum=2, maximum=2, items=parameter("integer")))
LINES = parameter(
    "array",
    required=True,
    items=parameter(
        "object",
        fields=(
            parameter("string", name="text", required=True),
            parameter("enum", name="voice", required=True, values=("Kore", "Puck"), default="Kore"),
        ),
    ),
)
FOX, HARE = "https://a.example/fox.png", "https://a.example/hare.png"


@pytest.mark.parametrize(
    ("given", "value", "becomes"),
    [
        (URLS, [FOX], [FOX]),
        (URLS, (FOX, HARE), [FOX, HARE]),
        (URLS, FOX, [FOX]),
        (URLS, f"{FOX}\n\n {HARE} \r\n", [FOX, HARE]),
        (URLS, f'["{FOX}"]', [FOX]),
        (URLS, [], ["it too_few_items"]),
        (URLS, [FOX] * 4, ["it too_many_items"]),
        (URLS, "", ...),
        (URLS, None, ...),
        (URLS, {}, ["it wrong_type"]),
        (URLS, 5, ["it wrong_type"]),
        (URLS, [FOX, None, 5], ["it[1] empty", "it[2] wrong_type"]),
        (URLS, {FOX}, ["it wrong_type"]),
        (TAGS, "[happy] tune", ["[happy] tune"]),
        (TAGS, "a\nb", ["a", "b"]),
        (PLACES, "7", [7]),
        (PLACES, "7\n9", [7, 9]),
        (PLACES, "seven", ["it[0] wrong_type"]),
        (TAGS, [], []),
        (BOXES, [[1, 2]], [[1, 2]]),
        (BOXES, "[[1, 2], [3, 4]]", [[1, 2], [3, 4]]),
        (BOXES, [[1, 2, 3]], ["it[0] too_many_items"]),
        (BOXES, [[1, "x"]], ["it[0][1] wrong_type"]),
        (BOXES, "[" * 100_000, ["it wrong_type"]),
        (LINES, [{"text": "hi"}], [{"text": "hi", "voice": "Kore"}]),
        (LINES, '[{"text": "hi", "voice": "Puck"}]', [{"text": "hi", "voice": "Puck"}]),
        (LINES, [OrderedDict(text="hi")], [{"text": "hi", "voice": "Kore"}]),
        (LINES, [MappingProxyType({"text": "hi"})], [{"text": "hi", "voice": "Kore"}]),
        (LINES, [], ["it too_few_items"]),
        (LINES, [{"text": " "}, "hi", {"text": "a", "txet": "b"}], ["it[0].text empty", "it[1] wrong_type", "it[2].txet unknown_parameter"]),
        (LINES, None, ["it required"]),
    ],
)  # fmt: skip
def test_a_list_becomes(given: Parameter, value: object, becomes: object) -> None:
    assert one_value(given, value) == becomes


IMAGE = parameter("string", is_url=True, media=MediaKind.IMAGE, accepted=("image/jpeg", "image/png"), max_file_mb=10)
SPEECH = parameter("string", is_url=True, media=MediaKind.AUDIO, accepted=("audio/wav", "audio/m4a"))
PAGE = parameter("string", is_url=True)


@pytest.mark.parametrize(
    ("given", "mime", "kind", "size", "faults"),
    [
        (IMAGE, "image/png", None, None, []),
        (IMAGE, "image/jpg", None, 10 * 2**20, []),
        (IMAGE, "image/png; charset=binary", MediaKind.FILE, None, []),
        (IMAGE, "application/octet-stream", MediaKind.IMAGE, None, []),
        (IMAGE, "image/webp", None, None, ["it wrong_media"]),
        (IMAGE, "video/mp4", None, None, ["it wrong_media"]),
        (IMAGE, "application/pdf", None, None, ["it wrong_media"]),
        (IMAGE, "image/png", None, 10 * 2**20 + 1, ["it file_too_large"]),
        (IMAGE, "video/mp4", None, 2**30, ["it wrong_media", "it file_too_large"]),
        (SPEECH, "audio/x-wav", None, None, []),
        (SPEECH, "audio/mp4", None, None, []),
        (SPEECH, "audio/ogg", None, None, ["it wrong_media"]),
        (PAGE, "application/pdf", None, None, []),
        (NOTE, "image/png", None, None, ["it wrong_type"]),
        (COUNT, "image/png", None, None, ["it wrong_type"]),
    ],
)
def test_an_attachment_stands_where_its_url_will_go(
    given: Parameter, mime: str, kind: MediaKind | None, size: int | None, faults: list[str]
) -> None:
    file = attachment(mime, kind=kind, size_bytes=size)
    assert one_value(given, file) == (faults or file)


def test_one_attachment_is_a_list_of_one() -> None:
    file = attachment("image/png")
    assert one_value(URLS, file) == [file]
    assert one_value(TAGS, file) == ["it[0] wrong_type"]


def test_a_lists_file_limit_holds_for_files_in_its_items() -> None:
    clip = parameter("object", fields=(parameter("string", name="url", is_url=True, media=MediaKind.VIDEO),))
    clips = parameter("array", items=clip, max_file_mb=100)
    assert one_value(clips, [{"url": attachment("video/mp4", size_bytes=2**30)}]) == ["it[0].url file_too_large"]


def test_text_that_looks_like_an_attachment_is_no_attachment() -> None:
    assert faults_of(outcome(model_of(IMAGE), {"it": {"reference": "r", "kind": "image"}})) == ["it wrong_type"]


@pytest.mark.parametrize(
    ("given", "near"), [("16:10", "3:2"), ("99:1", "21:9"), ("9:15", "9:16"), ("1.91:1", "16:9"), ("16x9", "16:9")]
)
def test_a_ratio_that_is_not_offered_suggests_the_nearest_shape(given: str, near: str) -> None:
    ratios = parameter("enum", values=("1:1", "16:9", "9:16", "3:2", "21:9"))
    assert values_of(outcome(model_of(ratios), {"it": given}), "not_in_enum")["closest"] == [near]


def test_text_where_a_list_of_objects_is_meant_is_reported_as_text() -> None:
    shots = parameter("array", items=parameter("object", fields=(parameter("string", name="prompt"),)))
    [violation] = outcome(model_of(shots), {"it": "a fox"}).violations
    assert violation.values["actual"] == "string"
